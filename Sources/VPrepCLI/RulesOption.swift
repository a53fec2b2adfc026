import ArgumentParser
import Foundation
import VPrep

/// The caller's own limits.
struct RulesOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("A JSON file with your own limits.", valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var rules: String?

  /// The limits of the file; none without one.
  func overrides(_ limits: InputLimits) throws -> RuleOverrides {
    try read(limits) { text throws(RuleOverridesError) in
      try RuleOverrides(json: text, limits: limits)
    }
  }

  /// What is made of the file's text; of that of no limits without a file.
  func read<Value>(
    _ limits: InputLimits = InputLimits(), _ make: (String) throws(RuleOverridesError) -> Value
  ) throws -> Value {
    let data = try rules.map { try JSONText.read($0, limits: limits, option: "--rules") }
    do throws(RuleOverridesError) {
      return try make(data.map { String(decoding: $0, as: UTF8.self) } ?? "{}")
    } catch {
      throw VPrepError(
        kind: .badRequest, stage: "arguments", file: rules ?? "", message: "--rules: \(error)")
    }
  }
}
