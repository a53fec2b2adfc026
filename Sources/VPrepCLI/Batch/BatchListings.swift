import ArgumentParser
import ReportPage
import VPrep

/// What a batch writes for people and for their tools when it has ended.
struct BatchListings: ParsableArguments {
  @Option(
    help: ArgumentHelp("Write a table with one row a clip to this file.", valueName: "file.csv"),
    completion: .file(extensions: ["csv"]))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Write a page with a row and a small picture of each clip to this file.",
      valueName: "file.html"), completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "Write counts for Prometheus to this file, as its textfile collector reads them.",
      valueName: "file.prom"), completion: .file(extensions: ["prom"]))
  var metrics: String?

  private var files: [(option: String, path: String)] {
    [("--csv", csv), ("--html", html), ("--metrics", metrics)].compactMap { option, path in
      path.map { (option, $0) }
    }
  }

  /// Whether anything is written, so that the clips must be remembered.
  var isAsked: Bool { !files.isEmpty }

  mutating func validate() throws {
    for (option, path) in files where path.isEmpty || path == OutputTarget.standardOutput {
      throw ValidationError("\(option) takes a file's name.")
    }
    guard Set(files.map(\.path)).count == files.count else {
      throw ValidationError("--csv, --html and --metrics take different files.")
    }
  }

  /// Throws where a file cannot be written, before any clip is read.
  func check(_ gate: Gate) throws {
    for file in files { try gate.checkFile(file.path) }
  }

  /// Writes the files.
  ///
  /// None of them replaces a clip, an output, or what the batch itself keeps.
  ///
  /// - Parameter rows: the clips in the order of the inputs.
  func write(_ rows: [BatchRow], _ summary: BatchSummary, _ batch: Batch, seconds: Double) throws {
    var batch = batch
    batch.gate.runtime.protectedFiles += rows.flatMap { [$0.path] + [$0.output].compactMap { $0 } }
    batch.gate.runtime.protectedFiles += [Batch.reportName, Batch.summaryName].map {
      batch.folder + "/" + $0
    }
    if let csv {
      try batch.gate.writeFile(Array(BatchTable.csv(rows).utf8), to: csv)
    }
    if let html {
      let page = try BatchPage.html(
        rows, summary, folder: batch.folder, service: batch.gate.service)
      try batch.gate.writeFile(Array(page.utf8), to: html)
    }
    if let metrics {
      let text = BatchMetrics.text(summary, service: batch.gate.service, seconds: seconds)
      try batch.gate.writeFile(Array(text.utf8), to: metrics)
    }
  }
}
