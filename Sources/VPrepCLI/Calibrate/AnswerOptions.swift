import ArgumentParser
import Calibration
import Foundation
import SwiftCSV
import VPrep

/// A log of what a service has answered.
struct AnswerOptions: ParsableArguments {
  @Argument(
    help: "The log, NDJSON; with --join the answers, NDJSON or CSV. - reads standard input.",
    completion: .file())
  var log: String

  @Option(help: "The service that has answered: \(Provider.allNames).")
  var provider: Provider

  @Option(
    help: "The liveness type of \(Provider.withModes): lip, action or silent (default silent).")
  var mode: ProviderMode?

  @Option(
    help: ArgumentHelp(
      """
      Reports, such as the report.ndjson of a batch. The log then has only the answers: what --by says, \
      code and time.
      """, valueName: "reports.ndjson"), completion: .file())
  var join: String?

  @Option(
    help: "How an answer names its clip: md5 (of the clip or of what was sent), output or path.")
  var by = AnswerList.Key.md5

  @OptionGroup var rules: RulesOption

  mutating func validate() throws {
    let complaint = Service.complaint(about: mode, of: provider, option: "--mode", none: "no modes")
    if let complaint { throw ValidationError(complaint + ".") }
    if join == "-", log == "-" { throw ValidationError("Only one file can be standard input.") }
  }

  var service: Service { Service(provider, mode: mode) ?? Service(provider) }

  /// Everything that the service has answered.
  func read() throws -> AnswerLog {
    var answers = try rules.read { text throws(RuleOverridesError) in
      try AnswerLog(service, rules: text, now: Date().timeIntervalSince1970)
    }
    guard let join else {
      try LogFile(log).forEachLine { answers.add(line: $0) }
      answers.close()
      return answers
    }
    var list = try self.list()
    try LogFile(join).forEachLine { answers.add(line: $0, answeredBy: &list) }
    answers.close(list)
    return answers
  }

  /// The answers that stand in a list of their own; one whose first character is a brace is NDJSON.
  private func list() throws -> AnswerList {
    var list = AnswerList(by: by)
    var table = Data()
    try LogFile(log).forEachLine { line in
      if table.isEmpty, line.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
        list.add(AnswerRow.json(line))
      } else {
        table += line + Data("\n".utf8)
      }
    }
    guard !table.isEmpty else { return list }
    let text = String(decoding: table, as: UTF8.self)
    do {
      for row in try NamedCSV(string: text, delimiter: .comma, loadColumns: false).rows {
        list.add(row)
      }
    } catch {
      throw VPrepError(
        kind: .badRequest, stage: "arguments", file: log, message: "the answers are no CSV")
    }
    return list
  }
}

/// One answer of a list as the columns of a table.
private enum AnswerRow {
  /// The texts and numbers of a JSON object; empty for what is none.
  static func json(_ line: Data) -> [String: String] {
    guard let values = try? JSONDecoder().decode([String: Field].self, from: line) else {
      return [:]
    }
    return values.compactMapValues(\.text)
  }

  private struct Field: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      text = (try? value.decode(String.self)) ?? (try? value.decode(Double.self)).map { "\($0)" }
    }
  }
}
