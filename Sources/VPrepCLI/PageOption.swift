import ArgumentParser
import ReportPage
import VPrep

/// Where a report is written as a page.
struct PageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Write the report to this file as one HTML page that needs no network: the verdict, frames that \
      show why, and the measures over time.
      """, valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var html: String?

  mutating func validate() throws {
    if let html, html.isEmpty || html == OutputTarget.standardOutput {
      throw ValidationError("--html takes a file's name.")
    }
  }

  /// Asks for what the page shows; what cannot be written is known before the clip is read.
  func apply(to gate: inout Gate, for clip: Clip) throws {
    guard let html else { return }
    gate.reporting.isIllustrated = true
    try gate.checkFile(html, beside: clip)
  }

  /// Writes the page, where one was asked for.
  ///
  /// - Parameter output: what the call has written; `nil` if nothing.
  func write(_ report: ReportDocument, _ gate: Gate, clip: Clip, output: String? = nil) throws {
    guard let html else { return }
    var gate = gate
    gate.runtime.protectedFiles += [output].compactMap { $0 }
    let page = try ReportPage.html(report)
    try gate.writeFile(Array(page.utf8), to: html, beside: clip)
  }
}
