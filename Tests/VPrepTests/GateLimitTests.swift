import Synchronization
import TestSupport
import Testing
import VPrep

@Suite("A gate")
struct GateLimitTests {
  @Test("refuses a time limit that is none", arguments: [Double.nan, -1, -Double.infinity])
  func noLimit(seconds: Double) async throws {
    var gate = Gate(provider: .megvii)
    gate.timeLimit = seconds
    let path = try TestClips.named("good-megvii").path
    let error = await #expect(throws: VPrepError.self) { try await gate.probe(.file(path)) }
    #expect(error?.kind == .badRequest)
  }

  @Test(
    "takes every time limit that a number can hold",
    arguments: [Double.infinity, .greatestFiniteMagnitude, 1e300])
  func anyLimit(seconds: Double) async throws {
    var gate = Gate(provider: .megvii)
    gate.timeLimit = seconds
    let path = try TestClips.named("good-megvii").path
    #expect(try await gate.probe(.file(path)).input.bytes > 0)
  }

  @Test("ends at once without any time")
  func noTime() async throws {
    var gate = Gate(provider: .megvii)
    gate.timeLimit = 0
    let path = try TestClips.named("good-megvii").path
    await #expect(throws: VPrepError.self) { try await gate.probe(.file(path)) }
  }

  @Test("tells how far it has come, stage by stage, and never backwards within one")
  func progress() async throws {
    let told = Mutex<[Gate.Progress]>([])
    let folder = try TemporaryFolder()
    var gate = Gate(provider: .tencent)
    gate.onProgress = { progress in told.withLock { $0.append(progress) } }
    _ = try await gate.prepare(
      .file(try TestClips.named("webm-vp8").path), writingTo: folder.path("out.mp4"))
    let all = told.withLock { $0 }
    var stages: [Gate.Progress.Stage] = []
    for progress in all where progress.stage != stages.last { stages.append(progress.stage) }
    #expect(stages == [.measure, .fit, .verify, .recheck, .preview])
    #expect(all.allSatisfy { (0...1).contains($0.share) })
    for (before, after) in zip(all, all.dropFirst()) where before.stage == after.stage {
      #expect(after.share >= before.share || after.share == 0)
    }
  }
}
