import Foundation
import TestSupport
import Testing
import VPrep

@Suite("The verdict on a clip")
struct OneVerdictTests {
  /// A clip as phones write it: a key frame every 0.4 s, so that a sampling pass takes a part of it.
  private func clip(_ id: String, in folder: borrowing TemporaryFolder) throws -> Clip {
    let file = folder.file("\(id).mp4")
    try Ffmpeg.make(
      file,
      ["-i", TestClips.named(id).path] + Ffmpeg.h264
        + ["-g", "12", "-sc_threshold", "0", "-c:a", "copy"])
    return .file(file.path(percentEncoded: false))
  }

  @Test(
    "is the same whether it is checked or prepared",
    arguments: [
      ("dark-2", Gate(provider: .megvii)), ("blur-2", Gate(.tencent(.silent))),
      ("far-2", Gate(.tencent(.silent))),
      ("good-action", Gate(.tencent(.action))),
    ])
  func same(id: String, gate: Gate) async throws {
    let folder = try TemporaryFolder()
    let clip = try clip(id, in: folder)
    let checked = try await gate.check(clip).report
    let planned = try await gate.planPreparation(clip).report
    #expect(checked.verdict == planned.verdict)
    #expect(checked.measurements == planned.measurements)
  }

  /// One clip for each way that a check may take: a part of the frames, all of them, every frame because
  /// it nearly fails, movement that is followed, and damage.
  @Test(
    "is the same whether its frames are listed, drawn or neither, and for a plan",
    arguments: [
      ("hand-over-mouth", Gate(.tencent(.silent))), ("dark-3", Gate(provider: .megvii)),
      ("no-face", Gate(provider: .megvii)), ("good-action", Gate(.tencent(.action))),
      ("noise-in-data", Gate(.tencent(.action))),
    ])
  func closer(id: String, gate: Gate) async throws {
    let folder = try TemporaryFolder()
    let clip = Clip.file(try TestClips.named(id).path)
    let verdict = try await gate.check(clip).verdict
    #expect(try await gate.planPreparation(clip).check.verdict == verdict)
    var closer = gate
    closer.reporting.includesTimeline = true
    let listed = try await closer.check(clip)
    #expect(listed.verdict == verdict)
    #expect(listed.timeline?.count == listed.measurements.framesMeasured)
    closer.reporting.includesTimeline = false
    closer.reporting.annotationFolder = folder.path("drawn")
    #expect(try await closer.check(clip).verdict == verdict)
    let drawn = try FileManager.default.contentsOfDirectory(atPath: folder.path("drawn"))
    #expect(drawn.count >= 10)
  }

  @Test("on an output is the one that checking the output gives")
  func output() async throws {
    let folder = try TemporaryFolder()
    var gate = Gate(.tencent(.silent))
    gate.reporting.previewCount = 0
    let output = folder.path("out.mp4")
    let report = try await gate.prepare(
      .file(TestClips.named("matroska").path), writingTo: output
    ).report
    let checked = try await gate.check(.file(output)).report
    #expect(report.outputVerdict == checked.verdict)
  }
}
