import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A batch that several machines share")
struct BatchShardTests {
  /// Eight clips in two folders, one of which cannot be read.
  private static func clips(_ folder: borrowing BatchFolder) throws -> String {
    for index in 0..<7 { _ = try folder.copy("short-0.4", as: "in/ward\(index % 2)/\(index).mp4") }
    _ = try folder.copy("text", as: "in/ward0/broken.mp4")
    return folder.folder.path("in")
  }

  /// Runs each part in a folder of its own below the batch's folder.
  private static func runParts(
    _ batch: Batch, of count: Int
  ) async throws -> [(folder: String, paths: [String])] {
    var parts: [(folder: String, paths: [String])] = []
    for number in 1...count {
      var part = batch
      part.shard = Batch.Shard(number, of: count)
      part.folder = batch.folder + "/part-\(number)"
      parts.append((part.folder, try await part.results().map(\.path)))
    }
    return parts
  }

  /// A line without what differs from run to run and from folder to folder.
  private static func essence(_ line: String) throws -> NSDictionary {
    var object = try BatchFolder.object(line)
    var record = try #require(object["batch"] as? [String: Any])
    for key in ["run", "started", "seconds", "output", "outputModified", "previews"] {
      record[key] = nil
    }
    object["batch"] = record
    object["timing"] = nil
    let previews = object["previews"] as? [[String: Any]]
    object["previews"] = previews?.map { $0.filter { $0.key != "image" } }
    if var fit = object["fit"] as? [String: Any], var output = fit["output"] as? [String: Any] {
      output["path"] = nil
      fit["output"] = output
      object["fit"] = fit
    }
    return object as NSDictionary
  }

  @Test("gives every clip to one part, and to the same one when others come or go")
  func parts() async throws {
    let folder = try BatchFolder()
    let input = try Self.clips(folder)
    let parts = try await Self.runParts(folder.checking([input]), of: 3)
    let found = parts.flatMap(\.paths)
    #expect(found.count == 8 && Set(found).count == 8)
    #expect(parts.contains { !$0.paths.isEmpty && $0.paths.count < 8 })
    let before = Dictionary(
      uniqueKeysWithValues: parts.flatMap { part in part.paths.map { ($0, part.folder) } })
    _ = try folder.copy("short-0.4", as: "in/another.mp4")
    for part in try await Self.runParts(folder.checking([input]), of: 3) {
      for path in part.paths { #expect((before[path] ?? part.folder) == part.folder) }
    }
  }

  @Test("is joined to what one batch over all clips would have written")
  func joined() async throws {
    let folder = try BatchFolder()
    let input = try Self.clips(folder)
    var whole = folder.preparing([input])
    whole.gate.reporting.previewCount = 1
    whole.folder = folder.folder.path("whole")
    _ = try await whole.results()
    let expected = try String(contentsOfFile: whole.folder + "/report.ndjson", encoding: .utf8)
      .split(separator: "\n").map(String.init)

    var batch = whole
    batch.folder = folder.output
    let parts = try await Self.runParts(batch, of: 3)
    let merge = try Batch.merge(parts.map(\.folder), into: folder.output)
    #expect(merge.clips == 8 && merge.superseded == 0)
    let lines = try folder.lines
    let essences = try Set(lines.map(Self.essence))
    let wanted = try Set(expected.map(Self.essence))
    #expect(lines.count == 8 && essences == wanted)
    for line in lines {
      let record = try #require(try BatchFolder.object(line)["batch"] as? [String: Any])
      for name in [record["output"] as? String].compactMap({ $0 })
        + (record["previews"] as? [String] ?? [])
      {
        #expect(name.hasPrefix("part-"))
      }
    }
    // Joining once more changes nothing, and a batch over all clips finds nothing to do but the error.
    let bytes = try folder.text("report.ndjson")
    #expect(try Batch.merge(parts.map(\.folder), into: folder.output).clips == 8)
    #expect(try folder.text("report.ndjson") == bytes)
    #expect(try await batch.resumed().filter { $0 }.count == 7)
  }

  @Test("keeps the later one of two lines of a clip")
  func later() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    var batch = folder.checking([clip])
    batch.folder = folder.output + "/new"
    var old = batch
    old.folder = folder.output + "/old"
    _ = try await old.results()
    _ = try await batch.results()
    let run = try Self.run(batch.folder + "/report.ndjson")
    for order in [[old.folder, batch.folder], [batch.folder, old.folder]] {
      let merge = try Batch.merge(order, into: folder.output)
      #expect(merge.clips == 1 && merge.superseded == 1)
      #expect(try Self.run(folder.output + "/report.ndjson") == run)
      try FileManager.default.removeItem(atPath: folder.output + "/report.ndjson")
    }
  }

  private static func run(_ report: String) throws -> String? {
    let line = try String(contentsOfFile: report, encoding: .utf8)
    return (try BatchFolder.object(line)["batch"] as? [String: Any])?["run"] as? String
  }

  @Test("refuses folders that lie elsewhere or have no report")
  func refused() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    var batch = folder.checking([clip])
    batch.folder = folder.folder.path("elsewhere")
    _ = try await batch.results()
    #expect(throws: VPrepError.self) { try Batch.merge([batch.folder], into: folder.output) }
    #expect(throws: VPrepError.self) { try Batch.merge([folder.output], into: folder.output) }
    let missing = #expect(throws: VPrepError.self) {
      try Batch.merge([folder.output + "/none"], into: folder.output)
    }
    #expect(missing.map(ExitStatus.init) == .unusableInput)
    #expect(!FileManager.default.fileExists(atPath: folder.output))
  }

  @Test("has parts from 1 to their count", arguments: [(0, 4), (5, 4), (1, 0), (-1, -1)])
  func wrong(number: Int, count: Int) {
    #expect(Batch.Shard(number, of: count) == nil)
  }
}
