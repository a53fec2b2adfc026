import Foundation
import TestSupport
import Testing
import VPrep

@Suite("The folder of a batch")
struct BatchFolderTests {
  @Test("keeps what no batch has written, and the outputs get other names")
  func foreignOutputs() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("webm-vp8", as: "selfie.webm")
    let other = try folder.copy("short-0.4", as: "Visit.mp4")
    try folder.put("theirs", "selfie.mp4")
    try folder.put("theirs", "selfie.webm")
    try folder.put("theirs", "visit.MP4")
    let results = try await folder.preparing([clip, other], for: .megvii).results()
    for name in ["selfie.mp4", "selfie.webm", "visit.MP4"] {
      #expect(try folder.text(name) == "theirs")
    }
    let outputs = results.compactMap(\.outputPath)
    try #require(outputs.count == 2)
    #expect(outputs[0].contains("/selfie-") && outputs[0].hasSuffix(".webm"))
    #expect(outputs[1].contains("/Visit-"))
    // The names stay, and so do the strangers.
    #expect(try await folder.preparing([clip, other], for: .megvii).resumed() == [true, true])
    #expect(try folder.contents.count == 6)
  }

  @Test("refuses an output that meets a stranger's file on its last step")
  func lateForeign() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("webm-vp8", as: "selfie.webm")
    var batch = folder.preparing([clip], for: .megvii)
    let path = folder.output + "/selfie.webm"
    batch.gate.runtime.onProgress = { _ in
      // A file that comes while the batch runs, once.
      _ = FileManager.default.createFile(atPath: path, contents: Data("theirs".utf8))
    }
    let result = try #require(try await batch.results().first)
    #expect(result.status == .outputNotWritten)
    #expect(try folder.contents == ["report.ndjson", "selfie.webm"])
    #expect(try folder.text("selfie.webm") == "theirs")
  }

  @Test("loses an output that its clip no longer has")
  func otherEnding() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("webm-vp8", as: "selfie.webm")
    _ = try await folder.preparing([clip], for: .tencent).results()
    #expect(try folder.contents == ["report.ndjson", "selfie.mp4"])
    _ = try await folder.preparing([clip], for: .megvii).results()
    #expect(try folder.contents == ["report.ndjson", "selfie.webm"])
    // A check in between writes no output and forgets none.
    _ = try await folder.checking([clip]).results()
    #expect(try folder.contents == ["report.ndjson", "selfie.webm"])
    _ = try await folder.preparing([clip], for: .tencent).results()
    #expect(try folder.contents == ["report.ndjson", "selfie.mp4"])
  }

  static let strangers = [
    "a log of another program\n", "no line end", #"{"event": "start"}"# + "\n{}\n",
    "[1, 2]", #"{"batch": 1}"# + "\n",
  ]

  @Test("is refused with a report that no batch has written", arguments: strangers)
  func foreignReport(text: String) async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    try folder.put(text, "report.ndjson")
    try await Self.expectRefusal(of: folder.checking([clip]))
    #expect(try folder.text("report.ndjson") == text)
    #expect(try folder.contents == ["report.ndjson"])
  }

  @Test("is refused where a stranger's lines follow its own")
  func mixedReport() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    _ = try await folder.checking([clip]).results()
    let own = try folder.text("report.ndjson")
    for tail in ["{}\n", "a note"] {
      try folder.put(own + tail, "report.ndjson")
      try await Self.expectRefusal(of: folder.checking([clip]))
      #expect(try folder.text("report.ndjson") == own + tail)
    }
  }

  @Test("is refused where its report is a link, another name of a file, or no file")
  func linkedReport() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "clip.mp4")
    let files = FileManager.default
    let victim = folder.folder.file("victim")
    let report = folder.report
    let obstacles: [() throws -> Void] = [
      { try files.createSymbolicLink(at: report, withDestinationURL: victim) },
      { try files.linkItem(at: victim, to: report) },
      { try files.createDirectory(at: report, withIntermediateDirectories: false) },
      { #expect(mkfifo(report.path, 0o600) == 0) },
    ]
    try folder.put("", "clip.txt")
    try Data().write(to: victim)
    for obstacle in obstacles {
      try obstacle()
      try await Self.expectRefusal(of: folder.checking([clip]))
      #expect(try Data(contentsOf: victim).isEmpty)
      try files.removeItem(at: report)
    }
  }

  @Test("ends the batch when its report goes, changes or gives way to a folder", arguments: 0..<4)
  func disturbedReport(_ kind: Int) async throws {
    let folder = try BatchFolder()
    let clips = try ["a", "b", "c"].map { try folder.copy("short-0.4", as: "\($0).mp4") }
    let files = FileManager.default
    let report = folder.report
    let disturbances: [() throws -> Void] = [
      { try files.removeItem(at: report) },
      {
        try files.removeItem(at: report)
        try files.createDirectory(at: report, withIntermediateDirectories: false)
      },
      { #expect(truncate(report.path, 10) == 0) },
      { try (try Data(contentsOf: report) + Data("x".utf8)).write(to: report) },
    ]
    var results = folder.checking(clips).makeAsyncIterator()
    #expect(try await results.next() != nil)
    try disturbances[kind]()
    let error = await #expect(throws: VPrepError.self) {
      while try await results.next() != nil {}
    }
    #expect(error?.kind == .outputNotWritten)
    #expect(error?.file == report.path)
    #expect(error?.message.contains("while the batch ran") == true)
  }

  @Test("is the one that was opened: one that takes its place receives nothing")
  func replacedFolder() async throws {
    let folder = try BatchFolder()
    let clips = try ["a", "b"].map { try folder.copy("short-0.4", as: "\($0).mp4") }
    let files = FileManager.default
    try files.createDirectory(
      at: folder.folder.file("victim"), withIntermediateDirectories: false)
    var results = folder.preparing(clips).makeAsyncIterator()
    #expect(try await results.next() != nil)
    try files.moveItem(atPath: folder.output, toPath: folder.folder.path("moved"))
    try files.createSymbolicLink(
      atPath: folder.output, withDestinationPath: folder.folder.path("victim"))
    let error = await #expect(throws: VPrepError.self) {
      while try await results.next() != nil {}
    }
    #expect(error?.kind == .outputNotWritten)
    #expect(try files.contentsOfDirectory(atPath: folder.folder.path("victim")).isEmpty)
    let moved = try files.contentsOfDirectory(atPath: folder.folder.path("moved")).sorted()
    #expect(moved == ["a.mp4", "report.ndjson"])
  }

  private static func expectRefusal(of batch: Batch) async throws {
    let error = await #expect(throws: VPrepError.self) { _ = try await batch.results() }
    #expect(error?.kind == .outputNotWritten)
    #expect(error?.message.hasPrefix("is not the report of a batch") == true)
  }
}

extension BatchFolder {
  /// Writes a text to a file of the batch's folder, which is made.
  func put(_ text: String, _ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: output, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: output + "/" + name))
  }

  /// The text of a file of the batch's folder.
  func text(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: output + "/" + name), encoding: .utf8)
  }
}
