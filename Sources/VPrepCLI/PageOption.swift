import ArgumentParser
import ReportPage
import VPrep

/// Where a report is written as a page, and its frames as one picture.
struct PageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Write the report to this file as one HTML page that needs no network: the verdict, frames that \
      show why, and the measures over time.
      """, valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "Write the frames that show why to this file as one JPEG.", valueName: "file.jpg"),
    completion: .file(extensions: ["jpg"]))
  var contactSheet: String?

  private var files: [(option: String, path: String)] {
    [("--html", html), ("--contact-sheet", contactSheet)].compactMap { option, path in
      path.map { (option, $0) }
    }
  }

  /// The files that it writes.
  var paths: [String] { files.map(\.path) }

  mutating func validate() throws {
    for (option, path) in files where path.isEmpty || path == OutputTarget.standardOutput {
      throw ValidationError("\(option) takes a file's name.")
    }
    if let html, html == contactSheet {
      throw ValidationError("--html and --contact-sheet name the same file.")
    }
  }

  /// Asks for what the page shows; what cannot be written is known before the clip is read.
  func apply(to gate: inout Gate, for clip: Clip) throws {
    guard !files.isEmpty else { return }
    gate.reporting.isIllustrated = true
    for file in files { try gate.checkFile(file.path, beside: clip) }
  }

  /// Writes what was asked for.
  ///
  /// - Parameter output: what the call has written; `nil` if nothing.
  func write(_ report: ReportDocument, _ gate: Gate, clip: Clip, output: String? = nil) throws {
    var gate = gate
    gate.runtime.protectedFiles += [output].compactMap { $0 }
    if let html {
      let page = try ReportPage.html(report)
      try gate.writeFile(Array(page.utf8), to: html, beside: clip)
    }
    if let contactSheet {
      try gate.writeFile(try ContactSheet.jpeg(report), to: contactSheet, beside: clip)
    }
  }
}
