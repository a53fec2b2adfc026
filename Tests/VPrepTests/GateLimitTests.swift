import Synchronization
import TestSupport
import Testing
import VPrep

@Suite("A gate")
struct GateLimitTests {
  @Test("refuses a time limit that is none", arguments: [Double.nan, -1, -Double.infinity])
  func noLimit(seconds: Double) async throws {
    var gate = Gate(provider: .megvii)
    gate.runtime.timeLimit = seconds
    let path = try TestClips.named("good-megvii").path
    let error = await #expect(throws: VPrepError.self) { try await gate.probe(.file(path)) }
    #expect(error?.kind == .badRequest)
  }

  @Test(
    "takes every time limit that a number can hold",
    arguments: [Double.infinity, .greatestFiniteMagnitude, 1e300])
  func anyLimit(seconds: Double) async throws {
    var gate = Gate(provider: .megvii)
    gate.runtime.timeLimit = seconds
    let path = try TestClips.named("good-megvii").path
    #expect(try await gate.probe(.file(path)).report.input.bytes > 0)
  }

  @Test("ends at once without any time")
  func noTime() async throws {
    var gate = Gate(provider: .megvii)
    gate.runtime.timeLimit = 0
    let path = try TestClips.named("good-megvii").path
    await #expect(throws: VPrepError.self) { try await gate.probe(.file(path)) }
  }

  @Test("tells how far it has come, stage by stage, and never backwards within one")
  func progress() async throws {
    let told = Mutex<[Gate.Progress]>([])
    let folder = try TemporaryFolder()
    var gate = Gate(provider: .tencent)
    gate.runtime.onProgress = { progress in told.withLock { $0.append(progress) } }
    _ = try await gate.prepare(
      .file(try TestClips.named("webm-vp8").path), writingTo: folder.path("out.mp4"))
    let all = told.withLock { $0 }
    var stages: [Gate.Progress.Stage] = []
    for progress in all where progress.stage != stages.last { stages.append(progress.stage) }
    #expect(stages == [.measure, .fit, .verify, .preview])
    #expect(all.allSatisfy { (0...1).contains($0.share) })
    for (before, after) in zip(all, all.dropFirst()) where before.stage == after.stage {
      #expect(after.share >= before.share || after.share == 0)
    }
  }

  @Test("tells the stages of a look at some pictures, of a cut, and of reading a copy back")
  func stages() async throws {
    let folder = try TemporaryFolder()
    func stages(_ call: (Gate) async throws -> Void) async throws -> [Gate.Progress.Stage] {
      let told = Mutex<[Gate.Progress.Stage]>([])
      var gate = Gate(provider: .megvii)
      gate.runtime.onProgress = { progress in told.withLock { $0.append(progress.stage) } }
      try await call(gate)
      return told.withLock { $0 }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
    // A key frame every 0.4 s, so that a first look takes a part of the pictures.
    let clip = folder.file("clip.mp4")
    try Ffmpeg.make(
      clip, Ffmpeg.pictures("480x640", rate: "30", seconds: 3) + Ffmpeg.h264 + ["-g", "12"])
    let path = Clip.file(clip.path(percentEncoded: false))
    let checked = try await stages { gate in _ = try await gate.check(path) }
    #expect(checked == [.measure])
    let cut = try await stages { gate in
      var gate = gate
      gate.fitting.window = TimeWindow(start: 0.4, end: 2)
      _ = try await gate.fit(path, writingTo: folder.path("cut.mp4"))
    }
    #expect(cut == [.probe, .fit, .verify])
    let copied = try await stages { gate in
      _ = try await gate.fit(
        .file(try TestClips.named("moov-last").path), writingTo: folder.path("copy.mp4"))
    }
    #expect(copied == [.probe, .fit, .verify])
  }
}
