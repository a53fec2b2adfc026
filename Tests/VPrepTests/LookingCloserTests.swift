import MediaIO
import Services
import TestSupport
import Testing

@testable import VPrep

/// A timeline, drawn frames and previews need more frames than a verdict.
@Suite("Looking closer at a clip of the manifest", .enabled(if: photoFacesAreMeasured))
struct LookingCloserTests {
  /// The clips whose faces are judged.
  private static var clips: [TestClip] {
    get throws { try TestClips.all.filter { !$0.checkFaces.isEmpty && $0.probe.frames != nil } }
  }

  private static func measured(
    _ clip: TestClip, _ judge: Judge, _ coverage: Sampling.Coverage
  ) throws -> MeasuringPass.Measured {
    let limits = InputLimits()
    return try MeasuringPass(
      input: MediaInput(.file(clip.path), limits: limits), limits: limits,
      watchdog: Watchdog(seconds: 300), engines: FaceEnginePool(.installed)
    ).run(
      Sampling(
        rate: Sampler.rate(for: judge.service.profile.needs), coverage: coverage,
        threads: limits.threads, judge: SampleJudge(judge)))
  }

  @Test("changes no prediction", arguments: try clips)
  func predictions(clip: TestClip) throws {
    let expected = try #require(clip.checkFaces.first)
    let provider = try #require(Provider(rawValue: expected.provider))
    let mode = expected.mode.flatMap(ProviderMode.init(rawValue:))
    let judge = Judge(
      Service(provider, mode: mode) ?? Service(provider),
      options: try ManifestReports.options(expected.arguments ?? []))
    let usual = try Self.measured(clip, judge, .settling).judged
    // Where no frame was left out, all readings are the same (`SamplingPassesTests`).
    guard !usual.clip.isDecoded else { return }
    let closer = try Self.measured(clip, judge, .even)
    #expect(closer.whole.clip.isDecoded)
    #expect(judge.verdict(of: closer.judged.measurements) == judge.verdict(of: usual.measurements))
    #expect(closer.judged.measurements.frames == usual.measurements.frames)
  }
}
