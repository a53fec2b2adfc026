import ArgumentParser
import Foundation
import VPrep

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a code: what it means, its rules with their sources, and what helps.",
    discussion: """
      CODE is a code of any service, in upper or lower case, with or without what all codes of the \
      service begin with: ActionLightDark, failedoperation.actionlightdark, VIDEO_FACE_NOT_FOUND, \
      BAD_ARGUMENTS:video. Docs/code-clips.md names test clips that show each code.
      """)

  @Argument(
    help: ArgumentHelp("The code.", valueName: "code"), completion: .list(CodeCatalog.names()))
  var code: String

  @Option(help: "Only this provider's codes.")
  var provider: Provider?

  @OptionGroup var language: LanguageOption

  @Flag(help: "Print JSON, as vprep codes --json does.")
  var json = false

  func run() throws {
    let catalogue = language.catalogue ?? .english
    let found = CodeCatalog.find(code, of: provider).map { $0.translated(by: catalogue) }
    guard !found.isEmpty else { throw unknown }
    if json { return try Console.write(CodeCatalog.json(found) + Data("\n".utf8)) }
    try Console.write(CodeText(found, page: TextPage(Console.output)).text)
  }

  private var unknown: ValidationError {
    let near = CodeCatalog.suggestions(for: code, of: provider)
    let whose = provider.map { " of \($0.rawValue)" } ?? ""
    let help =
      near.isEmpty
      ? "vprep codes lists all." : "Did you mean \(near.joined(separator: " or "))?"
    return ValidationError("There is no code \"\(code.printable)\"\(whose). \(help)")
  }
}
