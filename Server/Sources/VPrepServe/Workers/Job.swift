import Foundation

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
  /// Whether the worker is to tell how far it has come.
  var progress: Bool?

  var isDryRun: Bool { options["dryRun"] == .bool(true) }

  /// The line without its end.
  var line: [UInt8] { JSON.line(self) }
}

/// How far a worker has come with a call: `vprep.progress/1`.
struct CallProgress: Sendable, Equatable, Decodable {
  let stage: String
  let share: Double
  let secondsLeft: Double?
}

extension CallProgress: Encodable {
  private enum CodingKeys: String, CodingKey { case stage, share, secondsLeft }

  // Every key is always there.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(stage, forKey: .stage)
    try container.encode(share, forKey: .share)
    try container.encode(secondsLeft, forKey: .secondsLeft)
  }

  /// More bytes than a line of progress has.
  private static let longest = 4096

  /// Reads a worker's line; `nil` if it is no progress.
  init?(line: [UInt8]) {
    guard line.count <= Self.longest, let members = JSONMembers(line),
      members.values["schema"].flatMap({ JSON(text: $0) }) == .string("vprep.progress/1"),
      let progress = try? JSONDecoder().decode(Self.self, from: Data(line))
    else { return nil }
    self = progress
  }
}

/// What a worker answered: `vprep.answer/1`.
struct WorkerAnswer: Sendable {
  /// The exit status of the same command.
  let status: Int
  /// The report as it was written, or the error.
  let result: Result<[UInt8], WorkerError>
  /// Seconds that the call took once a worker had begun it.
  var seconds = 0.0

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
