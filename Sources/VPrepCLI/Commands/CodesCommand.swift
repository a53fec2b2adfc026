import ArgumentParser
import Foundation
import VPrep

struct CodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: "List every code of the providers: how it is predicted, its limits and their source.")

  @Option(help: "Only this provider's codes.")
  var provider: Provider?

  @OptionGroup var rules: RulesOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let listing = CodeCatalog.listing(provider, overrides: try rules.overrides(InputLimits()))
    if json { return try Console.write(CodeCatalog.json(listing) + Data("\n".utf8)) }
    for entry in listing {
      try Console.write("\(entry.code.code)  [\(entry.code.kind.rawValue)]  \(entry.code.meaning)")
      for rule in entry.rules {
        let limits = [rule.warn.map { "warn \($0.text)" }, rule.fail.map { "fail \($0.text)" }]
          .compactMap { $0 }.joined(separator: ", ")
        let provenance = (rule.fail ?? rule.warn)?.provenance.rawValue ?? ""
        try Console.write("    \(rule.measure): \(limits)  (\(provenance))")
      }
    }
  }
}
