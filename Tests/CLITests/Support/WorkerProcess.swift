import Foundation
import TestSupport

/// A `vprep worker` that was given some lines, and what it answered.
struct WorkerRun {
  let result: ProcessResult
  /// Its answers, a JSON object each.
  let answers: [[String: Any]]

  /// Gives `lines` to a worker at once and waits for its end.
  init(
    _ lines: [String], _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws {
    let folder = try TemporaryFolder()
    try Data(lines.joined(separator: "\n").utf8).write(to: folder.file("jobs"))
    result = try runProcess(
      Repository.vprep.path(percentEncoded: false), ["worker"] + arguments,
      redirecting: folder.file("jobs"), environment: environment)
    answers = try result.outputText.split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// The errors of the answers; `nil` for one with a report.
  var errors: [[String: Any]?] { answers.map { $0["error"] as? [String: Any] } }
  var statuses: [Int] { answers.map { $0["status"] as? Int ?? -1 } }
  var identifiers: [String] { answers.map { $0["id"].map { "\($0)" } ?? "" } }

  /// A line of input.
  static func job(
    _ id: Any, _ call: String, _ clip: String, output: String? = nil,
    options: [String: Any]? = nil
  ) throws -> String {
    var job: [String: Any] = ["id": id, "call": call, "clip": clip]
    job["output"] = output
    job["options"] = options
    return String(decoding: try JSONSerialization.data(withJSONObject: job), as: UTF8.self)
  }
}

/// The JSON object of a report without what differs from run to run.
func comparable(_ report: Data) throws -> NSDictionary {
  let object = try JSONSerialization.jsonObject(with: report)
  let copy = NSMutableDictionary(dictionary: object as? [String: Any] ?? [:])
  copy.removeObject(forKey: "timing")
  return copy
}
