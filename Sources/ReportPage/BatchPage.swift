package import VPrep

/// The results of a batch as one HTML file.
package enum BatchPage {
  private static let template = PageTemplate("batch", bytes: PackageResources.batch_mustache)

  /// - Parameter rows: the clips in the order of the inputs.
  package static func html(
    _ rows: [BatchRow], _ summary: BatchSummary, folder: String, service: Service
  ) throws -> String {
    try template.render(BatchView(rows, summary, folder: folder, service: service))
  }
}

/// What the template of a batch's page shows.
struct BatchView {
  let title: String
  let service: String
  let counts: [CountView]
  let codes: [CountView]
  let hasCodes: Bool
  let rows: [RowView]
  let version = VPrepVersion.current

  /// A number of clips.
  struct CountView {
    let kind: String
    let name: String
    let clips: Int
  }

  /// A clip.
  struct RowView {
    let kind: String
    let outcome: String
    let name: String
    let folder: String
    /// A small picture as a data URI; `nil` without a preview.
    let image: String?
    let codes: [String]
    let step: String?
    let output: String?
    let seconds: String
  }

  init(_ rows: [BatchRow], _ summary: BatchSummary, folder: String, service: Service) {
    title = folder.printable
    self.service = [service.provider.rawValue, service.mode?.rawValue].compactMap { $0 }
      .joined(separator: " ")
    let outcomes: [(Outcome, String)] = [
      (.pass, "pass"), (.warn, "warn"), (.fail, "fail"), (.incomplete, "open"),
    ]
    let named = outcomes.map {
      CountView(kind: $1, name: $0.rawValue, clips: summary.outcomes[$0, default: 0])
    }
    counts = named + [CountView(kind: "fail", name: "error", clips: summary.errors)]
    codes = summary.codes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      CountView(kind: "", name: $0.key, clips: $0.value)
    }
    hasCodes = !codes.isEmpty
    self.rows = rows.map(RowView.init)
  }
}

extension BatchView.RowView {
  init(_ row: BatchRow) {
    let slash = row.path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let start = slash.map(row.path.utf8.index(after:)) ?? row.path.startIndex
    let kind =
      switch row.outcome {
      case "pass", "warn", "fail": row.outcome
      case "error": "fail"
      default: "open"
      }
    self.init(
      kind: kind, outcome: row.outcome, name: String(row.path[start...]).printable,
      folder: String(row.path[..<start]).printable, image: row.preview.flatMap(Thumbnail.dataURI),
      codes: row.codes, step: (row.error ?? row.nextStep)?.printable, output: row.output?.printable,
      seconds: row.seconds.map { $0.formatted(decimals: 2) + " s" } ?? "–")
  }
}
