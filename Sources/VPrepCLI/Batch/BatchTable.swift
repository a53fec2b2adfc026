import ReportPage
import VPrep

/// The results of a batch as comma-separated values (RFC 4180), for a spreadsheet.
enum BatchTable {
  private static let columns = [
    "path", "outcome", "status", "code", "codes", "nextStep", "output", "action", "bytes",
    "outputBytes", "durationSeconds", "seconds", "resumed", "error",
  ]

  static func csv(_ rows: [BatchRow]) -> String {
    ([columns] + rows.map(values)).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func values(_ row: BatchRow) -> [String] {
    [
      row.path, row.outcome, "\(row.status)", row.codes.first ?? "",
      row.codes.joined(separator: " "), row.nextStep ?? "", row.output ?? "", row.action ?? "",
      row.bytes.map(String.init) ?? "", row.outputBytes.map(String.init) ?? "",
      row.duration.map { $0.formatted(decimals: 3) } ?? "",
      row.seconds.map { $0.formatted(decimals: 3) } ?? "", row.isResumed ? "1" : "0",
      row.error ?? "",
    ]
  }

  /// A value between quotation marks where it needs them.
  ///
  /// A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula, and a file's name may
  /// be a stranger's: such a text gets an apostrophe, which spreadsheets do not show.
  private static func field(_ value: String) -> String {
    let isFormula =
      value.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
    let text = isFormula ? "'" + value : value
    let special = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return special ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
