/// One call for a worker: a line of `Docs/worker.md`.
struct Job: Sendable, Encodable {
  /// The calls by their names.
  enum Call: String, Sendable, Codable, CaseIterable {
    case probe, check, fit, preview, prep

    /// Whether the call writes a file.
    var writes: Bool { self == .fit || self == .prep }
  }

  let call: Call
  let clip: String
  var output: String?
  var options: [String: JSON]

  var isDryRun: Bool { options["dryRun"] == .bool(true) }

  /// The line without its end.
  var line: [UInt8] { JSON.line(self) }
}

/// What a worker answered: `vprep.answer/1`.
struct WorkerAnswer: Sendable {
  /// The exit status of the same command.
  let status: Int
  /// The report as it was written, or the error.
  let result: Result<[UInt8], WorkerError>

  /// `nil` if the line is no answer.
  init?(_ line: [UInt8]) {
    guard let members = JSONMembers(line),
      let status = members.values["status"].flatMap({ Int(String(decoding: $0, as: UTF8.self)) })
    else { return nil }
    self.status = status
    if let report = members.values["report"] {
      result = .success(Array(report))
    } else if let error = members.values["error"].flatMap({ WorkerError($0) }) {
      result = .failure(error)
    } else {
      return nil
    }
  }
}

/// The error of a worker: `vprep.error/1`.
struct WorkerError: Error, Sendable, Equatable, Decodable {
  let kind: String
  let stage: String
  let file: String
  let message: String
  let advice: String?
  let code: String?
}
