import Foundation
import VPrep

/// Where a fit writes: a file, or standard output, which takes the finished file in one go.
struct OutputTarget {
  /// The name that means standard output.
  static let standardOutput = "-"

  /// Makes a call that writes to `path`, then prints its report.
  ///
  /// With `-` the bytes go to standard output and the report to standard error.
  ///
  /// - Returns: The report.
  static func write(
    to path: String, printing output: OutputOptions, _ call: (String) async throws -> ReportDocument
  ) async throws -> ReportDocument {
    guard path == standardOutput else {
      let report = try await call(path)
      try output.print(report)
      return report
    }
    guard isatty(STDOUT_FILENO) == 0 else {
      throw VPrepError(
        kind: .badRequest, stage: "arguments", file: "standard output",
        message: "a terminal cannot show video",
        advice: "Redirect standard output to a file or a program."
      )
    }
    var report = try await call("/dev/stdout")
    report.fit?.output?.path = standardOutput
    Console.writeReport(try output.text(report, for: Console.errors))
    return report
  }
}
