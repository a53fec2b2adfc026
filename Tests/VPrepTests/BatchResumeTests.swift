import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A batch that is run again")
struct BatchResumeTests {
  @Test("takes over what is done and does the rest")
  func goesOn() async throws {
    let folder = try BatchFolder()
    let first = try folder.copy("short-0.4", as: "in/a.mp4")
    let before = try await folder.preparing([first]).results()
    let second = try folder.copy("good-megvii", as: "in/b.mp4")
    let after = try await folder.preparing([folder.folder.path("in")]).results()
    #expect(after.map(\.path) == [first, second])
    #expect(after.map(\.isResumed) == [true, false])
    #expect(after.first?.line == before.first?.line)
    #expect(try after.first?.answer.get().json() == before.first?.answer.get().json())
    #expect(after.first?.status == before.first?.status)
    #expect(try folder.names == ["a.mp4", "b.mp4"])
    #expect(try folder.contents == ["a.mp4", "b.mp4", "report.ndjson"])
  }

  @Test("knows a clip that was only touched by its MD5, and one with other bytes as changed")
  func changedInput() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    let batch = folder.checking([clip])
    #expect(try await batch.resumed() == [false])
    try Self.touch(clip, secondsAgo: 1000)
    #expect(try await batch.resumed() == [true])
    var bytes = try Data(contentsOf: URL(filePath: clip))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(filePath: clip))
    try Self.touch(clip, secondsAgo: 2000)
    #expect(try await batch.resumed() == [false])
    #expect(try folder.lines.count == 1)
  }

  @Test("does a clip again whose output is gone or cut")
  func damagedOutput() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    let batch = folder.preparing([clip])
    #expect(try await batch.resumed() == [false])
    let output = URL(filePath: folder.output + "/clip.mp4")
    let whole = try Data(contentsOf: output)
    for damage in [{ try whole.dropLast().write(to: output) }, { unlink(output.path) }] {
      try damage()
      #expect(try await batch.resumed() == [false])
      #expect(try Data(contentsOf: output) == whole)
    }
    #expect(try await batch.resumed() == [true])
  }

  @Test("does all again when something else is asked for, or when it is told to")
  func otherSettings() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    var batch = folder.checking([clip])
    #expect(try await batch.resumed() == [false])
    let changes: [(inout Batch) throws -> Void] = [
      { $0.gate.service = .tencent(.lip) }, { $0.gate.judging.isExhaustive = true },
      { $0.gate.service = .megvii },
      { $0.gate.judging.options.faceOcclusionDetection = true }, { $0.work = .prepare },
      { $0.gate.judging.overrides = try RuleOverrides(json: #"{"SilentTooShort": {}}"#) },
      { $0.gate.judging.overrides = try Self.overrides(dark: 30) },
      { $0.gate.judging.overrides = try Self.overrides(dark: 31) }, { $0.isForced = true },
    ]
    for (index, change) in changes.enumerated() {
      let old = try folder.lines
      try change(&batch)
      let resumed = try await batch.resumed()
      let isSame = try batch.isForced || folder.lines == old
      #expect(resumed == [index == 5], "change \(index)")
      #expect(isSame == (index == 5 || batch.isForced), "change \(index)")
    }
    batch.isForced = false
    // These change what a run costs, not what is found.
    batch.gate.runtime.timeLimit = 200
    batch.gate.runtime.codecThreads = 3
    batch.jobs = 2
    #expect(try await batch.resumed() == [true])
  }

  @Test("tries a clip again that gave an error")
  func errors() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("empty", as: "clip.mp4")
    #expect(try await folder.checking([clip]).results().first?.status == .unusableInput)
    try FileManager.default.removeItem(atPath: clip)
    _ = try folder.copy("short-0.4", as: "clip.mp4")
    let result = try #require(try await folder.checking([clip]).results().first)
    #expect(!result.isResumed && result.verdict != nil)
    #expect(try folder.lines.count == 1)
  }

  @Test("repairs a report that a crash has cut, and loses no whole line")
  func cutLine() async throws {
    let folder = try BatchFolder()
    let clips = try ["a", "b", "c"].map { try folder.copy("short-0.4", as: "\($0).mp4") }
    let batch = folder.checking(clips)
    #expect(try await batch.resumed() == [false, false, false])
    let whole = try Data(contentsOf: folder.report)
    for cut in [1, 2, whole.count / 6] {
      try whole.dropLast(cut).write(to: folder.report)
      #expect(try await batch.resumed() == [true, true, false])
      #expect(try folder.names == ["a.mp4", "b.mp4", "c.mp4"])
    }
    let zeros = Data(count: 4096)
    try (whole + zeros).write(to: folder.report)
    #expect(try await batch.resumed() == [true, true, true])
    #expect(try Data(contentsOf: folder.report) == whole)
  }

  @Test("leaves one line a clip in the order of the inputs, those of other clips before them")
  func order() async throws {
    let folder = try BatchFolder()
    let clips = try ["a", "b", "c"].map { try folder.copy("short-0.4", as: "\($0).mp4") }
    _ = try await folder.checking([clips[2], clips[1]]).results()
    #expect(try folder.names == ["c.mp4", "b.mp4"])
    var batch = folder.checking([clips[0], clips[1]])
    batch.isForced = true
    _ = try await batch.results()
    #expect(try folder.names == ["c.mp4", "a.mp4", "b.mp4"])
  }

  private static func touch(_ path: String, secondsAgo: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -secondsAgo)], ofItemAtPath: path)
  }

  private static func overrides(dark: Int) throws -> RuleOverrides {
    let json = #"{"ActionLightDark": {"brightness.faceMean": {"fail": \#(dark)}}}"#
    return try RuleOverrides(json: json)
  }
}
