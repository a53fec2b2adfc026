import ArgumentParser
import VPrep

/// What a misspelt word of the command line may have meant.
///
/// ArgumentParser names a near option where nothing else is wrong; a missing option hides that its name
/// was misspelt, and commands it does not compare at all.
struct Suggestion {
  /// The message in place of the parser's; `nil` where its own is right.
  let message: String?
  /// A sentence behind the message.
  let question: String?

  /// - Parameter arguments: the command line without the program's name.
  init(for arguments: [String]) {
    let words = arguments.prefix { $0 != "--" }
    let commands = VPrepCommand.configuration.subcommands
    let names = commands.map { $0.configuration.commandName ?? "" }
    let name = words.first { !$0.hasPrefix("-") && $0 != "help" } ?? ""
    guard let index = names.firstIndex(of: name) else {
      message = name.isEmpty ? nil : "There is no command '\(name.printable)'."
      question = NearMatch.find(name, among: names).first.map { "Did you mean '\($0)'?" }
      return
    }
    message = nil
    let known = Self.options(of: commands[index])
    let unknown = words.map { String($0.prefix { $0 != "=" }) }.first {
      $0.hasPrefix("--") && !known.contains($0)
    }
    question = unknown.flatMap { name in
      let near = NearMatch.find(
        String(name.dropFirst(2)), among: known.map { String($0.dropFirst(2)) })
      return near.first.map { "Did you mean '--\($0)' instead of '\(name.printable)'?" }
    }
  }

  /// The long options that the help of a command names.
  private static func options(of command: any ParsableCommand.Type) -> [String] {
    let help = VPrepCommand.helpMessage(for: command, includeHidden: true, columns: 1000)
    return help.matches(of: /--[a-z][a-z0-9-]*/).map { String($0.output) }
  }
}

extension Suggestion {
  /// The parser's text with the suggestion, each word of the command line escaped.
  ///
  /// - Parameter text: a message alone, or a message, the help and the usage, each from a new line on.
  func added(to text: String, arguments: [String]) -> String {
    var text = text
    for argument in arguments where argument.printable != argument {
      text = text.replacing(argument, with: argument.printable)
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard var first = lines.first, !text.contains("Did you mean") else { return text }
    let head = first.hasPrefix("Error: ") ? "Error: " : ""
    if let message { first = head + message }
    if let question {
      first += (first.last.map { ".!?".contains($0) } == true ? " " : ". ") + question
    }
    lines[0] = first
    return lines.joined(separator: "\n")
  }
}
