import Testing

@testable import Services

@Suite("Only a new recording can help")
struct HopelessTests {
  private let tencent = Judge(Service(.tencent))

  /// A clip of 10 s, whose frames a tenth of a second apart are what `change` makes of good ones.
  private func clip(_ change: (inout FrameMeasurement) -> Void) -> ClipMeasurements {
    var clip = ClipMeasurements.good(for: .tencent, .silent)
    clip.file.durationSeconds = 10
    clip.frames = (0..<100).map { index in
      var frame = FrameMeasurement.good(at: Double(index) / 10)
      change(&frame)
      return frame
    }
    return clip
  }

  private func codes(_ clip: ClipMeasurements) -> [String] {
    tencent.hopelessFailures(clip).map(\.measure)
  }

  @Test("a clip in which no face is seen, however much of it is kept")
  func noFace() {
    #expect(codes(clip { $0.face = nil }).contains("face.framesWithCompleteFaceShare"))
  }

  @Test("not a clip that shows a good face for as long as the service needs")
  func partOfIt() {
    let late = clip { if $0.time < 7 || $0.time >= 9.5 { $0.face = nil } }
    #expect(codes(late) == [])
    let dark = clip { if $0.time < 7 || $0.time >= 9.5 { $0.face?.light.mean = 10 } }
    #expect(codes(dark) == [])
  }

  @Test("a face far in the dark, not one that an encode might bring over the limit")
  func limit() {
    func dark(_ mean: Double) -> ClipMeasurements {
      clip {
        $0.face?.light.mean = mean
        $0.face?.light.p95 = mean
        $0.face?.eyeWhites = mean
      }
    }
    #expect(tencent.verdict(of: dark(10)).outcome == .fail)
    #expect(!codes(dark(10)).isEmpty)
    #expect(tencent.verdict(of: dark(39)).outcome == .fail)
    #expect(codes(dark(39)) == [])
  }

  @Test("not what a fit changes: size, container, length, damage")
  func file() {
    var large = clip { _ in }
    large.file.bytes = 30_000_000
    large.file.container = "webm"
    large.file.decodeErrors = 20
    large.file.missingSeconds = 3
    #expect(tencent.verdict(of: large).outcome == .fail)
    #expect(codes(large) == [])
  }
}
