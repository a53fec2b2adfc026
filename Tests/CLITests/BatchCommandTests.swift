import Foundation
import TestSupport
import Testing

@Suite("vprep batch")
struct BatchCommandTests {
  static let vprep = Repository.vprep.path(percentEncoded: false)

  static func paths(_ ids: [String]) throws -> [String] {
    try TestClips.named(ids).map(\.path)
  }

  @Test("prints the lines that it writes, and nothing else, on standard output")
  func json() throws {
    let folder = try TemporaryFolder()
    let arguments =
      ["batch", "--provider", "megvii", "-o", folder.path("out"), "--json", "--jobs", "1"]
      + (try Self.paths(["short-0.4", "empty", "good-megvii"]))
    for _ in 0..<2 {
      let result = try runProcess(Self.vprep, arguments)
      let report = try Data(contentsOf: folder.file("out/report.ndjson"))
      #expect(result.output == report)
      #expect(result.outputText.split(separator: "\n").count == 3)
      #expect(result.errorText.contains("3 clips: "))
      #expect(result.status == 3)
    }
  }

  @Test("says for people what became of each clip, and counts")
  func text() throws {
    let folder = try TemporaryFolder()
    let clips = try Self.paths(["good-silent", "dark-3", "empty"])
    let result = try runProcess(
      Self.vprep,
      ["batch", "--check-only", "--provider", "tencent", "--jobs", "1", "-o", folder.path("out")]
        + clips)
    let lines = result.outputText.split(separator: "\n")
    try #require(lines.count == 5)
    #expect(lines[0].hasSuffix(clips[0]) || lines[0].contains("\(clips[0])  "))
    #expect(lines[1].hasPrefix("fail ") && lines[1].contains("FailedOperation.ActionLightDark"))
    #expect(lines[2].hasPrefix("error ") && lines[2].contains("0 bytes"))
    #expect(lines[3].hasPrefix("3 clips: ") && lines[3].hasSuffix("1 fail, 1 error"))
    #expect(lines[4] == "report: \(folder.path("out"))/report.ndjson")
    #expect(result.errors.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted() == [
        "report.ndjson", "summary.json",
      ])
  }

  static let worst: [(ids: [String], status: Int32)] = [
    (["good-silent"], 0), (["good-silent", "dark-3"], 1), (["dark-3", "empty"], 3),
    (["empty", "good-silent"], 3),
  ]

  @Test("ends with the worst status of its clips", arguments: worst)
  func status(ids: [String], expected: Int32) throws {
    let folder = try TemporaryFolder()
    let result = try runProcess(
      Self.vprep,
      ["batch", "--check-only", "--provider", "tencent", "-o", folder.path("out")]
        + Self.paths(ids))
    #expect(result.status == expected)
  }

  @Test("takes a list of paths on standard input")
  func list() throws {
    let folder = try TemporaryFolder()
    let clips = try Self.paths(["short-0.4", "good-megvii"])
    try Data((clips.joined(separator: "\n") + "\n").utf8).write(to: folder.file("list"))
    let result = try runProcess(
      Self.vprep,
      ["batch", "-", "--check-only", "--provider", "megvii", "-o", folder.path("out")],
      stdin: folder.file("list"))
    #expect(result.outputText.contains("2 clips: "))
    for clip in clips { #expect(result.outputText.contains(clip)) }
  }

  @Test(
    "refuses a command line that makes no sense",
    arguments: [
      ["clip.mp4"], ["-o", "out"], ["clip.mp4", "-o", ""],
      ["clip.mp4", "-o", "out", "--jobs", "0"],
      ["clip.mp4", "-o", "out", "--previews", "11"], ["clip.mp4", "-o", "out", "--max-bytes", "0"],
    ])
  func usage(arguments: [String]) throws {
    let result = try runProcess(Self.vprep, ["batch", "--provider", "megvii"] + arguments)
    #expect(result.status == 2)
    #expect(result.output.isEmpty && !result.errors.isEmpty)
  }

  @Test("says when its folder cannot be written to")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.file("out"))
    let result = try runProcess(
      Self.vprep,
      ["batch", "--provider", "megvii", "-o", folder.path("out")] + Self.paths(["short-0.4"]))
    #expect(result.status == 5)
    #expect(result.output.isEmpty && result.errorText.contains(folder.path("out")))
  }

  @Test("keeps what is done when it is interrupted, and leaves nothing half done")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = Repository.vprep
    process.arguments =
      ["batch", "--provider", "tencent", "--json", "--jobs", "1", "-o", folder.path("out")]
      + (try Self.paths(["short-0.4", "oversized", "uhd"]))
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    var line = Data()
    while !line.contains(UInt8(ascii: "\n")) {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "The program ended without a line.")
      line += more
    }
    process.interrupt()
    let rest = try output.fileHandleForReading.readToEnd() ?? Data()
    let said = String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    #expect(said.contains("1 of 3 clips"))
    #expect(rest.isEmpty)
    #expect(try Data(contentsOf: folder.file("out/report.ndjson")) == line)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
        == ["previews", "refused", "report.ndjson"])
  }
}
