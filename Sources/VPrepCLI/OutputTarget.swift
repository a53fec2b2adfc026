import Foundation
import VPrep

/// Where a fit writes: a file, or standard output, which takes the finished file in one go.
///
/// An output is read back before it counts, and its index is moved to the front; a pipe allows
/// neither. So `-o -` means a file in a private folder first, and its bytes afterwards.
struct OutputTarget {
  /// The name that means standard output.
  static let standardOutput = "-"

  /// Makes a call that writes to `path`, then prints its report.
  ///
  /// With `-` the bytes go to standard output and the report to standard error.
  ///
  /// - Returns: The report.
  static func write(
    to path: String, printing output: OutputOptions, _ call: (String) async throws -> Report
  ) async throws -> Report {
    guard path == standardOutput else {
      let report = try await call(path)
      try output.print(report)
      return report
    }
    guard isatty(STDOUT_FILENO) == 0 else {
      throw VPrepError(
        kind: .badRequest, stage: "arguments", file: "standard output",
        message: "a terminal shows no video", advice: "Lead standard output to a file or a program."
      )
    }
    let folder = try privateFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var report = try await call(folder + "/out.mp4")
    try Console.copy(fileAt: folder + "/out.mp4")
    report.fit?.output?.path = standardOutput
    Console.complain(try output.text(report, color: false))
    return report
  }

  private static func privateFolder() throws -> String {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(parent)/vprep-out-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: parent,
        message: "no folder can be made in it: \(String(cString: strerror(errno)).lowercased())",
        advice: "Let TMPDIR name a folder that can be written to.")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
