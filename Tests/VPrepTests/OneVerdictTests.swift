import Foundation
import TestSupport
import Testing
import VPrep

@Suite("The verdict on a clip")
struct OneVerdictTests {
  /// A clip as phones write it: a key frame every 0.4 s, so that a first look takes a part of it.
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
