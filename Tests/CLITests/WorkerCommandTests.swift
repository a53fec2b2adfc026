import Foundation
import TestSupport
import Testing

@Suite("vprep worker")
struct WorkerCommandTests {
  private static let megvii = ["provider": "megvii"]

  @Test(
    "answers each job with one line in the order of the jobs, whatever they take",
    arguments: [[], ["--jobs", "3"], ["--isolate", "--jobs", "2"]])
  func order(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let (good, short) = (
      try TestClips.named("good-megvii").path, try TestClips.named("short-0.4").path
    )
    let run = try WorkerRun(
      [
        WorkerRun.job("a", "prep", good, output: folder.path("a.mp4"), options: Self.megvii),
        WorkerRun.job(2, "probe", short),
        WorkerRun.job("c", "check", short, options: Self.megvii),
        WorkerRun.job("d", "fit", good, output: folder.path("d.mp4"), options: Self.megvii),
        WorkerRun.job(
          "e", "preview", short, output: folder.path("e.jpg"), options: ["previews": 1]),
        WorkerRun.job("f", "probe", folder.path("none.mp4")),
      ], arguments)
    #expect(run.result.status == 0, "\(run.result.errorText)")
    #expect(run.result.errors.isEmpty)
    #expect(run.identifiers == ["a", "2", "c", "d", "e", "f"])
    #expect(run.statuses == [0, 0, 1, 0, 0, 3])
    #expect(run.answers.allSatisfy { $0["schema"] as? String == "vprep.answer/1" })
    for answer in run.answers.dropLast() {
      #expect((answer["report"] as? [String: Any])?["schema"] as? String == "vprep.report/1")
    }
    #expect(run.errors[5]?["schema"] as? String == "vprep.error/1")
    #expect(run.errors[5]?["kind"] as? String == "missing")
    #expect(try folder.contents == ["a.mp4", "d.mp4", "e.jpg"])
  }

  @Test("refuses a line that is no job by name, and goes on")
  func badLines() throws {
    let clip = try TestClips.named("short-0.4").path
    let deep = String(repeating: "[", count: 100_000)
    let long = #"{"id": 1, "call": ""# + String(repeating: "x", count: 3 << 20) + "\"}"
    let run = try WorkerRun([
      "no JSON", "[]", deep, long, "", #"{"id": "x", "call": "probe"}"#,
      #"{"id": "y", "call": "prob", "clip": "a"}"#, #"{"id": {}, "call": "probe", "clip": "a"}"#,
      #"{"id": 7, "call": "probe", "clip": "a", "otput": "b"}"#,
      #"{"id": 8, "call": "probe", "clip": "-"}"#,
      #"{"id": 9, "call": "check", "clip": "a"}"#,
      #"{"id": 10, "call": "check", "clip": "a", "output": "b", "options": {"provider": "megvii"}}"#,
      #"{"id": 11, "call": "fit", "clip": "a", "options": {"provider": "megvii"}}"#,
      #"{"id": 12, "call": "fit", "clip": "a", "options": {"providr": "megvii"}}"#,
      try WorkerRun.job("last", "probe", clip),
    ])
    #expect(run.result.status == 0)
    #expect(
      run.identifiers == [
        "<null>", "<null>", "<null>", "<null>", "x", "y", "<null>", "7", "8", "9", "10", "11", "12",
        "last",
      ])
    #expect(run.statuses == Array(repeating: 2, count: 13) + [0])
    let messages = run.errors.compactMap { $0?["message"] as? String }
    let expected = [
      "the line is not JSON", "job must be an object",
      "the line is refused: the text nests deeper than 32 levels",
      "the line has more than 1048576 bytes", "job lacks \"clip\"",
      #"job.call must be "probe" or "check" or "fit" or "preview" or "prep""#,
      "job.id must be a text of at most 1024 bytes, or a whole number",
      #"job has no "otput"; did you mean output?"#, "job.clip must be the path of a file",
      #"options lack "provider""#, #"job has an "output", but check writes none"#,
      #"job lacks "output""#, #"options has no "providr"; did you mean provider?"#,
    ]
    #expect(messages == expected)
    #expect(run.errors.dropLast().allSatisfy { $0?["kind"] as? String == "usage" })
  }

  @Test("makes the same reports and files as the commands", arguments: [[], ["--isolate"]])
  func same(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("webm-vp8").path
    let options: [String: Any] = ["provider": "tencent", "mode": "silent", "threads": 1]
    let run = try WorkerRun(
      [WorkerRun.job(1, "prep", clip, output: folder.path("worker.mp4"), options: options)],
      arguments)
    let report = try #require(run.answers.first?["report"])
    let command = try runProcess(
      Repository.vprep.path(percentEncoded: false),
      [
        "prep", clip, "-o", folder.path("command.mp4"), "--provider", "tencent", "--mode", "silent",
        "--json",
      ])
    #expect(command.status == Int32(try #require(run.statuses.first)))
    let mine = try comparable(JSONSerialization.data(withJSONObject: report))
    let theirs = try comparable(command.output)
    #expect(mine["verdict"] as? NSDictionary == theirs["verdict"] as? NSDictionary)
    #expect(mine["input"] as? NSDictionary == theirs["input"] as? NSDictionary)
    #expect(mine["measurements"] as? NSDictionary == theirs["measurements"] as? NSDictionary)
    #expect(try folder.contents == ["command.mp4", "worker.mp4"])
  }

  @Test("tells how far a job has come, where the job asks for it", arguments: [[], ["--isolate"]])
  func progress(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("webm-vp8").path
    let quiet = try WorkerRun.job("quiet", "check", clip, options: Self.megvii)
    let told = try WorkerRun.job(
      "told", "prep", clip, output: folder.path("a.mp4"), options: ["provider": "tencent"])
    let run = try WorkerRun(
      [quiet, String(told.dropLast()) + #","progress":true}"#, quiet], arguments)
    let progress = run.answers.filter { $0["schema"] as? String == "vprep.progress/1" }
    #expect(!progress.isEmpty)
    for line in progress {
      #expect(Set(line.keys) == ["id", "schema", "secondsLeft", "share", "stage"])
      #expect(line["id"] as? String == "told")
      #expect((0...1).contains(line["share"] as? Double ?? -1))
    }
    // What is encoded is first measured, then written, then read back.
    var stages = progress.compactMap { $0["stage"] as? String }
    stages = stages.indices.filter { $0 == 0 || stages[$0] != stages[$0 - 1] }.map { stages[$0] }
    let order = ["measure", "fit", "verify"].compactMap { stages.firstIndex(of: $0) }
    #expect(order.count == 3 && order == order.sorted(), "\(stages)")
    // Its lines stand between the answers of the jobs before and after it.
    #expect(run.identifiers.first == "quiet" && run.identifiers.suffix(2) == ["told", "quiet"])
    #expect(run.answers.filter { $0["schema"] as? String == "vprep.answer/1" }.count == 3)
  }

  @Test("refuses a wish for progress that is neither true nor false")
  func wrongProgress() throws {
    let run = try WorkerRun([#"{"id": 1, "call": "probe", "clip": "a", "progress": 1}"#])
    #expect(run.statuses == [2])
    #expect(run.errors[0]?["message"] as? String == "job.progress must be true or false")
  }

  @Test(
    "ends with 143 after SIGTERM, and answers the job that it ends", arguments: [[], ["--isolate"]])
  func terminated(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["--default-signal=TERM", Repository.vprep.path(percentEncoded: false), "worker"] + arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    let job = try WorkerRun.job(
      "long", "fit", TestClips.named("oversized").path, output: folder.path("out.mp4"),
      options: ["provider": "tencent"])
    input.fileHandleForWriting.write(Data((job + "\n").utf8))
    // Its temporary file says that it has begun.
    let deadline = ContinuousClock.now + .seconds(60)
    while try folder.contents.isEmpty, ContinuousClock.now < deadline {}
    kill(process.processIdentifier, SIGTERM)
    try #require(ended.wait(timeout: .now() + 60) == .success)
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 143)
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    let object = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
    #expect(object?["id"] as? String == "long")
    #expect((object?["error"] as? [String: Any])?["kind"] as? String == "cancelled")
    #expect(try folder.contents.isEmpty)
  }
}
