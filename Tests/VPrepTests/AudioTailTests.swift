import Foundation
import TestSupport
import Testing
import VPrep

@Suite("Sound that goes on without pictures")
struct AudioTailTests {
  @Test("is cut off where they end", arguments: ["mp4 aac", "mkv libopus"])
  func cut(kind: String) async throws {
    let folder = try TemporaryFolder()
    let (ending, codec) = (kind.prefix(3), String(kind.dropFirst(4)))
    let clip = folder.file("clip.\(ending)")
    try Ffmpeg.make(
      clip,
      Ffmpeg.pictures(seconds: 2.5) + Ffmpeg.tone(seconds: 20, sampleRate: 48_000) + Ffmpeg.h264
        + ["-c:a", codec])
    let path = clip.path(percentEncoded: false)
    for provider in [Provider.megvii, .tencent] {
      let gate = Gate(provider: provider)
      let fit = try #require(
        try await gate.fit(.file(path), writingTo: folder.path("out.mp4")).report.fit)
      #expect(fit.reasons.contains { $0.contains("the audio continues") }, "\(fit.reasons)")
      #expect(fit.output?.verified == true)
      let output = try await gate.probe(.file(folder.path("out.mp4"))).report
      #expect(abs(output.input.durationSeconds - 2.5) < 0.1)
      #expect(output.input.audio != nil)
    }
  }

  @Test("for a moment is how recorders stop: the clip stays as it is")
  func moment() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mp4")
    try Ffmpeg.make(
      clip,
      Ffmpeg.pictures(seconds: 2.5) + Ffmpeg.tone(seconds: 3.5) + Ffmpeg.h264
        + ["-c:a", "aac", "-movflags", "faststart"])
    let gate = Gate(provider: .megvii)
    let plan = try await gate.planFit(.file(clip.path(percentEncoded: false))).report
    #expect(plan.fit?.action == .passthrough)
  }

  @Test("for more than half a minute is refused, as are limits that are set lower")
  func refused() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mkv")
    try Ffmpeg.make(
      clip, Ffmpeg.pictures() + Ffmpeg.tone(seconds: 9) + Ffmpeg.h264 + ["-c:a", "flac"])
    var gate = Gate(provider: .megvii)
    gate.runtime.inputLimits[.soundTail] = 5
    let path = clip.path(percentEncoded: false)
    let error = await #expect(throws: VPrepError.self) {
      try await gate.planFit(.file(path))
    }
    #expect(error?.message.contains("the audio continues for more than 5 s") == true)
    #expect(error?.cause == .limit)
  }
}
