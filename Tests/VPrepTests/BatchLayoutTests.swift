import Foundation
import TestSupport
import Testing
import VPrep

@Suite("What a batch puts where")
struct BatchLayoutTests {
  /// A batch over folders of clips: one passes, one is too short.
  static func clinic(_ folder: borrowing BatchFolder) throws -> Batch {
    _ = try folder.copy("good-silent", as: "in/north/visit.mp4")
    _ = try folder.copy("short-0.4", as: "in/north/late/visit.mp4")
    var batch = folder.preparing([folder.folder.path("in")])
    batch.refused = .apart
    batch.gate.reporting.previewCount = 1
    return batch
  }

  static let all = [
    "north/visit.mp4", "previews/north/late/visit-1.jpg", "previews/north/visit-1.jpg",
    "refused/north/late/visit.mp4",
  ]

  @Test("mirrors the folders of the clips, and keeps what would be refused apart")
  func mirrored() async throws {
    let folder = try BatchFolder()
    let batch = try Self.clinic(folder)
    #expect(try await batch.resumed() == [false, false])
    #expect(try folder.files == Self.all)
    for line in try folder.lines {
      let object = try BatchFolder.object(line)
      let record = try #require(object["batch"] as? [String: Any])
      let output = try #require(record["output"] as? String)
      let fit = try #require(object["fit"] as? [String: Any])
      #expect((fit["output"] as? [String: Any])?["path"] as? String == folder.output + "/" + output)
      // A preview is a file, whose name the line has.
      let preview = try #require((object["previews"] as? [[String: Any]])?.first)
      #expect(record["previews"] as? [String] == [try #require(preview["image"] as? String)])
      let jpeg = folder.output + "/" + (preview["image"] as? String ?? "")
      #expect(FileManager.default.contents(atPath: jpeg)?.count == preview["bytes"] as? Int)
      #expect(line.utf8.count < 14_000)
    }
    #expect(try await batch.resumed() == [true, true])
    // A check in between writes none of them and forgets none.
    var check = batch
    check.work = .check
    _ = try await check.results()
    #expect(try folder.files == Self.all)
  }

  @Test("does a clip again whose preview is gone, and no other")
  func lostPreview() async throws {
    let folder = try BatchFolder()
    let batch = try Self.clinic(folder)
    _ = try await batch.results()
    try FileManager.default.removeItem(atPath: folder.output + "/previews/north/visit-1.jpg")
    #expect(try await batch.resumed() == [true, false])
    #expect(try folder.files == Self.all)
  }

  @Test("writes what would be refused nowhere, or beside the others")
  func otherPlaces() async throws {
    let folder = try BatchFolder()
    var batch = try Self.clinic(folder)
    _ = try await batch.results()
    batch.refused = .drop
    let dropped = try await batch.results()
    #expect(dropped.map { $0.outputPath == nil } == [true, false])
    #expect(dropped.map(\.status) == [.refused, .accepted])
    #expect(try folder.files == Self.all.filter { !$0.hasPrefix("refused") })
    #expect(try await batch.resumed() == [true, true])
    batch.refused = .keep
    _ = try await batch.results()
    #expect(try folder.files == ["north/late/visit.mp4"] + Self.all.dropLast())
    // Nothing is left of the other ways.
    #expect(!FileManager.default.fileExists(atPath: folder.output + "/refused"))
  }

  @Test("removes what it holds of clips that are gone, when it is told to")
  func pruning() async throws {
    let folder = try BatchFolder()
    var batch = try Self.clinic(folder)
    _ = try await batch.results()
    try folder.put("theirs", "north/note.txt")
    try FileManager.default.removeItem(atPath: folder.folder.path("in/north/late"))
    _ = try await batch.results()
    #expect(try folder.files.count == 5)
    #expect(try folder.lines.count == 2)
    batch.prunes = true
    _ = try await batch.results()
    #expect(
      try folder.files == ["north/note.txt", "north/visit.mp4", "previews/north/visit-1.jpg"])
    #expect(try folder.lines.count == 1)
    #expect(try folder.summary["pruned"] as? Int == 1)
  }

  @Test("counts what it skips, by its reason")
  func skipped() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "in/a.mp4")
    for name in [".hidden.mp4", "noending", "notes.txt"] {
      try Data("x".utf8).write(to: folder.folder.file("in/" + name))
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.folder.path("in/link"), withDestinationPath: folder.folder.path("in"))
    _ = try await folder.checking([folder.folder.path("in"), clip]).results()
    let skipped = try #require(try folder.summary["skipped"] as? [String: Any])
    #expect(skipped["count"] as? Int == 5)
    #expect(
      skipped["reasons"] as? [String: Int] == [
        "hidden": 1, "ending": 2, "folderLink": 1, "repeated": 1, "ownFolder": 0, "unreadable": 0,
      ])
    #expect((skipped["files"] as? [[String: String]])?.count == 5)
  }

  @Test("counts codes and names the slowest clips in its summary")
  func summary() async throws {
    let folder = try BatchFolder()
    let clips = try TestClips.named(["short-0.4", "dark-4", "empty"]).map(\.path)
    _ = try await folder.checking(clips).results()
    let summary = try folder.summary
    #expect(summary["schema"] as? String == "vprep.batch-summary/1")
    #expect(summary["clips"] as? Int == 3)
    #expect(summary["errors"] as? Int == 1)
    #expect(
      summary["outcomes"] as? [String: Int] == ["pass": 0, "warn": 0, "fail": 2, "incomplete": 0])
    #expect(summary["statuses"] as? [String: Int] == ["1": 2, "3": 1])
    let codes = (summary["codes"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
    #expect(codes.contains("FailedOperation.SilentTooShort"))
    #expect(codes.contains("FailedOperation.ActionLightDark"))
    #expect((summary["slowest"] as? [[String: Any]])?.count == 3)
    // Whatever else is called so stays as it is.
    let other = try BatchFolder()
    try FileManager.default.createDirectory(
      atPath: other.output, withIntermediateDirectories: true)
    try other.put("{}", "summary.json")
    await #expect(throws: VPrepError.self) { try await other.checking(clips).results() }
    #expect(try other.text("summary.json") == "{}")
  }

  @Test("draws the same clips in every run, in their order")
  func sample() async throws {
    let folder = try BatchFolder()
    for number in 0..<6 { _ = try folder.copy("empty", as: "in/\(number).mp4") }
    var batch = folder.checking([folder.folder.path("in")])
    batch.sample = 3
    let drawn = try await batch.results().map(\.path)
    #expect(drawn.count == 3 && drawn == drawn.sorted())
    #expect(try await batch.results().map(\.path) == drawn)
    batch.first = 2
    #expect(try await batch.results().map(\.path) == Array(drawn.prefix(2)))
  }

  @Test("takes clips with wishes of their own")
  func entries() async throws {
    let folder = try BatchFolder()
    let clip = try TestClips.named("good-lip").path
    let short = try TestClips.named("short-0.4").path
    var batch = folder.preparing([])
    batch.entries = [
      BatchEntry(path: clip, output: "clinic/anna.mov", mode: .lip),
      BatchEntry(path: short, output: "ben"),
    ]
    let results = try await batch.results()
    #expect(results.map { $0.verdict?.mode } == [.lip, .silent])
    #expect(try folder.files == ["ben.mp4", "clinic/anna.mp4"])
    #expect(try await batch.resumed() == [true, true])
    // Another mode for one clip changes that clip alone.
    batch.entries[1].mode = .action
    #expect(try await batch.resumed() == [true, false])
  }

  @Test(
    "refuses a name that leads out of its folder or is asked for twice",
    arguments: ["../x", "/x", "a//b", "a/./b", "refused/x", "previews/x", "taken"])
  func badNames(name: String) async throws {
    let folder = try BatchFolder()
    let clips = try TestClips.named(["short-0.4", "empty"]).map(\.path)
    var batch = folder.preparing([])
    batch.entries = [
      BatchEntry(path: clips[0], output: name), BatchEntry(path: clips[1], output: "Taken"),
    ]
    let error = await #expect(throws: VPrepError.self) { try await batch.results() }
    #expect(error?.kind == .badRequest)
    #expect(try folder.files.isEmpty)
  }
}
