import Foundation
import TestSupport
import Testing

/// How a process that reads a clip can end.
private let endings: [(how: String, kind: String, words: String)] = [
  ("4", "crashed", "the isolated process ended by signal 4 (illegal instruction)"),
  ("11", "crashed", "the isolated process ended by signal 11 (segmentation fault)"),
  ("9", "crashed", "the isolated process ended by signal 9 (killed)"),
  ("24", "limit", "s of processor time"),
  ("memory", "limit", "it takes more than 1024 MB of memory"),
  ("0", "limit", "not finished after 1 s"),
]

@Suite("Reading in isolation")
struct IsolationTests {
  private static let vprep = Repository.vprep.path(percentEncoded: false)

  /// A clip under a name at which the isolated process dies, as a debug build lets it.
  private func fatalClip(_ folder: borrowing TemporaryFolder) throws -> String {
    try FileManager.default.copyItem(
      at: TestClips.named("short-0.4").url, to: folder.file("fatal.mp4"))
    return folder.path("fatal.mp4")
  }

  @Test("costs one clip its answer where a clip ends the process that reads it", arguments: endings)
  func deaths(_ death: (how: String, kind: String, words: String)) throws {
    let folder = try TemporaryFolder()
    let (fatal, good) = (try fatalClip(folder), try TestClips.named("short-0.4").path)
    let run = try WorkerRun(
      [
        WorkerRun.job(1, "probe", good),
        WorkerRun.job(2, "probe", fatal, options: death.how == "0" ? ["timeLimit": 1] : [:]),
        WorkerRun.job(3, "probe", good),
      ], ["--isolate"], environment: ["VPREP_INJECT_DEATH": "\(death.how):fatal.mp4"])
    #expect(run.result.status == 0)
    #expect(run.statuses == [0, 3, 0])
    let error = try #require(run.errors[1])
    #expect(error["kind"] as? String == death.kind)
    #expect(error["file"] as? String == fatal)
    #expect((error["message"] as? String)?.contains(death.words) == true, "\(error)")
    #expect(run.errors[2] == nil)
  }

  @Test("gives a clip of a batch that ends its process its line, and the others theirs")
  func batch() throws {
    let folder = try TemporaryFolder()
    let clips = [
      try TestClips.named("short-0.4").path, try fatalClip(folder),
      try TestClips.named("good-megvii").path,
    ]
    let arguments =
      [
        "batch", "--provider", "megvii", "--refused", "keep", "--previews", "0", "-o",
        folder.path("out"),
      ] + clips
    // Another run finds that line and tries the clip again.
    for _ in 0..<2 {
      let result = try runProcess(
        Self.vprep, arguments, environment: ["VPREP_INJECT_DEATH": "6:fatal.mp4"])
      #expect(result.status == 3)
      #expect(result.errorText == "")
      let lines = try String(contentsOf: folder.file("out/report.ndjson"), encoding: .utf8)
        .split(separator: "\n")
      try #require(lines.count == 3)
      let object =
        try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any] ?? [:]
      let error = try #require(object["error"] as? [String: Any])
      #expect(error["cause"] as? String == "crashed")
      #expect((error["message"] as? String)?.contains("signal 6 (aborted)") == true)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
        == ["good-megvii.mp4", "report.ndjson", "short-0.4.mp4", "summary.json"])
  }

  @Test(
    "changes nothing about a report",
    arguments: [
      ["probe"], ["check", "--provider", "tencent", "--mode", "action", "--timeline"],
      ["fit", "--dry-run", "--provider", "megvii"], ["prep", "--dry-run", "--provider", "tencent"],
    ])
  func same(arguments: [String]) throws {
    let clip = try TestClips.named("good-silent").path
    let reports = try [[], ["--isolate"]].map { more in
      let result = try runProcess(Self.vprep, arguments + [clip, "--json"] + more)
      #expect(result.status == 0, "\(result.errorText)")
      return try comparable(result.output)
    }
    #expect(reports[0] == reports[1])
  }

  @Test("writes outputs, previews and annotated frames under their names, and nothing else")
  func files() throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-silent").path
    let preview = try runProcess(
      Self.vprep, ["preview", clip, "-o", folder.path("face.jpg"), "--count", "2", "--isolate"])
    #expect(preview.status == 0, "\(preview.errorText)")
    let check = try runProcess(
      Self.vprep,
      [
        "check", TestClips.named("short-0.4").path, "--provider", "megvii", "--isolate",
        "--annotate", folder.path("frames"),
      ])
    #expect(check.errors.isEmpty)
    let contents = try folder.contents
    #expect(contents.contains("face.jpg") && contents.contains("frames"))
    #expect(contents.allSatisfy { ["face.jpg", "face-2.jpg", "frames"].contains($0) })
    let frames = try FileManager.default.contentsOfDirectory(atPath: folder.path("frames"))
    #expect(!frames.isEmpty)
    #expect(frames.allSatisfy { $0.hasSuffix(".jpg") && !$0.hasPrefix(".") })
  }

  @Test("says what is wrong with a file in the same words")
  func words() throws {
    for clip in [try TestClips.named("empty").path, "/no/such.mp4", "/"] {
      let results = try [[], ["--isolate"]].map {
        try runProcess(Self.vprep, ["check", clip, "--provider", "tencent", "--json"] + $0)
      }
      #expect(results[0].status == results[1].status)
      #expect(results[0].outputText == results[1].outputText)
    }
  }

  @Test("leaves nothing behind when the program is killed in the middle")
  func orphan() throws {
    let folder = try TemporaryFolder()
    let fatal = try fatalClip(folder)
    let process = Process()
    process.executableURL = Repository.vprep
    process.arguments = ["probe", fatal, "--isolate"]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["VPREP_INJECT_DEATH": "0:fatal.mp4"]
    ) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let child = try #require(Self.child(of: process.processIdentifier))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let deadline = ContinuousClock.now + .seconds(30)
    while kill(child, 0) == 0, !Self.isZombie(child), ContinuousClock.now < deadline {}
    #expect(kill(child, 0) != 0 || Self.isZombie(child))
  }

  /// The process that another one has started, waiting for it.
  private static func child(of parent: Int32) -> Int32? {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let tasks =
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(parent)/task")) ?? []
      for task in tasks {
        let list =
          (try? String(contentsOfFile: "/proc/\(parent)/task/\(task)/children", encoding: .utf8))
          ?? ""
        if let first = list.split(separator: " ").first { return Int32(first) }
      }
    }
    return nil
  }

  /// Whether a process has ended and only waits to be asked for.
  private static func isZombie(_ process: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return status.contains(") Z ")
  }
}
