import Foundation
import TestSupport
import VPrep

/// A temporary folder with clips in it and a batch's folder beside them.
struct BatchFolder: ~Copyable {
  let folder: TemporaryFolder
  /// The batch's own folder.
  var output: String { folder.path("out") }

  init() throws { folder = try TemporaryFolder() }

  /// Puts a copy of a test clip at a path in the folder and returns where it lies.
  func copy(_ id: String, as path: String) throws -> String {
    let target = folder.file(path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: TestClips.named(id).url, to: target)
    return target.path(percentEncoded: false)
  }

  /// A batch into this folder that only checks, one clip at a time.
  func checking(_ inputs: [String]) -> Batch {
    var batch = Batch(Gate(provider: .tencent), inputs: inputs, folder: output)
    batch.work = .check
    batch.jobs = 1
    return batch
  }

  /// A batch into this folder, one clip at a time.
  func preparing(_ inputs: [String], for provider: Provider = .tencent) -> Batch {
    var batch = Batch(Gate(provider: provider), inputs: inputs, folder: output)
    batch.gate.reporting.previewCount = 0
    // The clips that are quickest to prepare are too short for a service.
    batch.refused = .keep
    batch.jobs = 1
    return batch
  }

  /// The names of what the batch's folder holds, sorted, without the summary.
  var contents: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: output).sorted()
        .filter { $0 != "summary.json" }
    }
  }

  /// The names of all files below the batch's folder, sorted, without the report and the summary.
  var files: [String] {
    get throws {
      try FileManager.default.subpathsOfDirectory(atPath: output).sorted().filter {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: output + "/" + $0, isDirectory: &isFolder)
        return !isFolder.boolValue && !["report.ndjson", "summary.json"].contains($0)
      }
    }
  }

  /// The batch's summary.
  var summary: [String: Any] {
    get throws { try Self.object(text("summary.json")) }
  }

  /// Where the batch's report lies.
  var report: URL { URL(filePath: output + "/report.ndjson") }

  /// The lines of the batch's report.
  var lines: [String] {
    get throws {
      try String(contentsOf: report, encoding: .utf8).split(separator: "\n").map(String.init)
    }
  }

  /// The lines without what differs from run to run: the seconds that the stages took.
  var timelessLines: [String] {
    get throws {
      try lines.map { line in
        var object = try Self.object(line)
        object["timing"] = nil
        if var batch = object["batch"] as? [String: Any] {
          for key in ["outputModified", "run", "started", "seconds"] { batch[key] = nil }
          object["batch"] = batch
        }
        return String(
          decoding: try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes]),
          as: UTF8.self)
      }
    }
  }

  /// The file names of the clips that the lines are about.
  var names: [String] {
    get throws {
      try lines.map { line in
        let batch = try Self.object(line)["batch"] as? [String: Any]
        return ((batch?["path"] as? String ?? "") as NSString).lastPathComponent
      }
    }
  }

  static func object(_ line: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }
}

extension Batch {
  /// All results of a run, in the order in which they came.
  func results() async throws -> [BatchResult] {
    var results: [BatchResult] = []
    for try await result in self { results.append(result) }
    return results
  }

  /// Whether each clip's result was taken over from an earlier run, in the order of the inputs.
  func resumed() async throws -> [Bool] {
    try await results().sorted { $0.index < $1.index }.map(\.isResumed)
  }
}
