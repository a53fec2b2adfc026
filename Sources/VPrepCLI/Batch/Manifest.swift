import Foundation
import SwiftCSV
import VPrep

/// A list of clips, each with wishes of its own: CSV with a header, or one JSON object a line.
///
/// The columns, or keys, are `path`, `output`, `mode`, `photo` and `request`; all but the first may be
/// missing or empty.
struct Manifest {
  let entries: [BatchEntry]

  private static let columns: Set<String> = ["path", "output", "mode", "photo", "request"]

  /// Reads a manifest; one whose first character is a brace is JSON.
  init(_ path: String, limits: InputLimits) throws {
    let data = try JSONText.read(path, limits: limits, option: "--manifest")
    guard let text = String(data: data, encoding: .utf8) else {
      throw Self.error(path, "the manifest is not UTF-8")
    }
    let isJSON = text.first { !$0.isWhitespace } == "{"
    let rows = isJSON ? try Self.objects(text, path) : try Self.rows(text, path)
    entries = try rows.map { try Self.entry($0.values, path, line: $0.line) }
  }

  private typealias Row = (line: Int, values: [String: String])

  private static func rows(_ text: String, _ path: String) throws -> [Row] {
    guard text.utf8.count(where: { $0 == UInt8(ascii: "\"") }) % 2 == 0 else {
      throw error(path, "a quotation mark is not closed")
    }
    let table = try NamedCSV(string: text, delimiter: .comma, loadColumns: false)
    try check(table.header, path, line: 1)
    return table.rows.enumerated().map { ($0.offset + 2, $0.element) }
  }

  private static func objects(_ text: String, _ path: String) throws -> [Row] {
    var rows: [Row] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line.allSatisfy(\.isWhitespace) { continue }
      guard
        let values = try? JSONDecoder().decode([String: String?].self, from: Data(line.utf8))
      else { throw error(path, "line \(index + 1) is no JSON object of texts") }
      try check(Array(values.keys), path, line: index + 1)
      rows.append((index + 1, values.compactMapValues { $0 }))
    }
    return rows
  }

  private static func check(_ names: [String], _ path: String, line: Int) throws {
    if let unknown = names.first(where: { !columns.contains($0) }) {
      throw error(
        path, "line \(line): \(unknown) is none of \(columns.sorted().joined(separator: ", "))")
    }
  }

  private static func entry(
    _ values: [String: String], _ path: String, line: Int
  ) throws -> BatchEntry {
    func value(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
    guard let clip = value("path") else { throw error(path, "line \(line) has no path") }
    var entry = BatchEntry(
      path: clip, output: value("output"), photo: value("photo"), request: value("request"))
    if let name = value("mode") {
      guard let mode = ProviderMode(rawValue: name) else {
        throw error(path, "line \(line): there is no mode \(name)")
      }
      entry.mode = mode
    }
    return entry
  }

  private static func error(_ path: String, _ message: String) -> VPrepError {
    VPrepError(kind: .badRequest, stage: "arguments", file: path, message: message)
  }
}
