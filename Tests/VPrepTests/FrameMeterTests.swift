import MediaIO
import Services
import TestSupport
import Testing

@testable import VPrep

@Suite("Frames of a sampled movement")
struct FrameMeterTests {
  /// Three samples a second apart and more, measured at the clip's own rate.
  private static func frames(asksForEyes: Bool) throws -> [FrameMeasurement] {
    try measure("oversized", FaceEnginePool(.installed), asksForEyes: asksForEyes)
  }

  private static func measure(
    _ id: String, _ engines: FaceEnginePool, asksForEyes: Bool = true
  ) throws -> [FrameMeasurement] {
    let limits = InputLimits()
    return try MeasuringPass(
      input: MediaInput(.file(TestClips.named(id).path), limits: limits), limits: limits,
      watchdog: Watchdog(seconds: 300), engines: engines
    ).run(
      Sampling(
        rate: 10, coverage: .settling, threads: limits.threads,
        judge: SampleJudge(
          question: .movement, isSettled: { _ in !asksForEyes }, asksForEyes: asksForEyes))
    ).judged.measurements.frames
  }

  @Test("keep the light and the covers of the last measurement, not the place of the face")
  func kept() throws {
    let frames = try Self.frames(asksForEyes: false)
    #expect(frames.count >= 100)
    var between = 0
    var moved = 0
    for (before, frame) in zip(frames, frames.dropFirst()) where frame.difference == nil {
      between += 1
      #expect(frame.time - before.time < 0.1)
      #expect(frame.light == before.light)
      let (old, new) = (try #require(before.face), try #require(frame.face))
      #expect(new.light == old.light && new.sharpness == old.sharpness)
      #expect(new.lowerFaceOcclusion == old.lowerFaceOcclusion)
      #expect(new.eyeOcclusion == old.eyeOcclusion)
      #expect(new.leftEyeOpen == old.leftEyeOpen && new.rightEyeOpen == old.rightEyeOpen)
      if new.centerX != old.centerX || new.mouthOpen != old.mouthOpen { moved += 1 }
    }
    // Of three frames at 30 a second two lie between.
    #expect(between > frames.count / 2)
    #expect(moved > between * 9 / 10)
    #expect(frames.count - between >= frames.count / 3)
  }

  @Test("have eyes of their own where these are asked for")
  func eyes() throws {
    let frames = try Self.frames(asksForEyes: true)
    let faces = frames.compactMap(\.face)
    let changes = zip(faces, faces.dropFirst()).count {
      $0.leftEyeOpen != $1.leftEyeOpen || $0.rightEyeOpen != $1.rightEyeOpen
    }
    // Eyes as open as can be are all 1, and the eyes take turns.
    #expect(changes > faces.count / 3)
  }

  @Test("are measured the same by networks that have seen another clip")
  func lentNetworks() throws {
    let engines = FaceEnginePool(.installed)
    let first = try Self.measure("good-action", engines)
    _ = try Self.measure("small-1", engines)
    #expect(try Self.measure("good-action", engines) == first)
  }
}
