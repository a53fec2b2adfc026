import Foundation
import TestSupport
import VPrep

/// What `check` measures and predicts on a clip; each clip is measured once in a mode.
actor FaceClips {
  static let shared = FaceClips()

  private var reports: [String: Task<ReportDocument, any Error>] = [:]

  /// The report on a clip of `TestVideos/manifest.json`.
  func report(_ id: String, mode: ProviderMode = .silent) async throws -> ReportDocument {
    let path = try TestClips.named(id).path
    return try await report(path: path, mode: mode)
  }

  /// The report on any file.
  func report(path: String, mode: ProviderMode = .silent) async throws -> ReportDocument {
    let key = "\(mode) \(path)"
    let task =
      reports[key]
      ?? Task { try await Gate(.tencent(mode)).check(.file(path)).report }
    reports[key] = task
    return try await task.value
  }
}

/// A value that was measured; a missing one fails the test with its name.
func measured<Value>(_ value: Value?, _ name: String) throws -> Value {
  guard let value else { throw NotMeasured(name: name) }
  return value
}

/// A measure is missing that the test is about.
struct NotMeasured: Error, CustomStringConvertible {
  let name: String
  var description: String { "\(name) was not measured" }
}
