import Services
import Testing

@Suite("A blurred face")
struct BlurTests {
  private static let quality = Tencent.Code.silentFaceQualityFail

  /// A clip whose faces are blurred so far that it fails.
  private func blurred(motionBlur: Double = 0.2, contours: Double = 4) -> ClipMeasurements {
    ClipMeasurements.good(seconds: 5).eachFace {
      ($0.sharpness, $0.motionBlur, $0.contours) = (5, motionBlur, contours)
    }
  }

  /// A clip with a bit for every 500 pixels.
  private func compressed(_ clip: ClipMeasurements, shake: Double = 0.1) -> ClipMeasurements {
    var clip = clip
    let pixels = Double(clip.file.displayWidth * clip.file.displayHeight) * clip.file.frameRate
    clip.file.bitRate = pixels / 500
    clip.motion?.globalShake = shake
    return clip
  }

  private func judge(_ clip: ClipMeasurements, _ mode: ProviderMode = .silent) -> Verdict {
    Judge(.tencent(mode)).verdict(of: clip)
  }

  @Test("out of focus fails, with one sentence about the focus")
  func focus() {
    let verdict = judge(blurred())
    #expect(verdict.codes(.fail) == [Self.quality.rawValue])
    #expect(
      Set(verdict.predictions.map(\.adviceID)) == [.focus])
  }

  @Test("that moved fails, with one sentence about holding still")
  func movement() {
    let verdict = judge(blurred(motionBlur: 0.8))
    #expect(verdict.codes(.fail) == [Self.quality.rawValue])
    #expect(
      Set(verdict.predictions.map(\.adviceID)) == [.holdStill])
    let edges = blurred(motionBlur: 0.8).eachFace { $0.sharpness = 60 }
    #expect(judge(edges).codes(.warn) == [Self.quality.rawValue])
  }

  @Test("by compression fails, with one sentence about it")
  func compression() {
    let verdict = judge(compressed(blurred(contours: 40)))
    #expect(verdict.codes(.fail) == [Self.quality.rawValue])
    #expect(
      Set(verdict.predictions.map(\.adviceID)) == [.sendAsRecorded])
  }

  @Test("out of focus needs few bits, and is not called compressed for it")
  func focusInFewBits() {
    let verdict = judge(compressed(blurred()))
    #expect(verdict.predictions.map(\.measure) == ["sharpness.face"])
    #expect(verdict.predictions.allSatisfy { $0.adviceID == .focus })
  }

  @Test("is what few bits make of a moving picture, and not of a still one")
  func stillPicture() {
    let good = ClipMeasurements.good(seconds: 5)
    #expect(judge(compressed(good)).codes(.warn) == [Self.quality.rawValue])
    #expect(judge(compressed(good, shake: 0)).outcome == .pass)
    #expect(
      !judge(compressed(good.withoutFace)).predictions.contains { $0.measure.contains("bits") })
  }

  @Test("is no matter of too few pixels, which another code is about")
  func definition() {
    for mode in ProviderMode.allCases {
      let codes = judge(blurred(), mode).predictions.map(\.code)
      #expect(!codes.contains { $0 == Tencent.Code.lipVideoQuaility })
      #expect(
        codes.contains { $0 == (mode == .silent ? Self.quality : .livessBestFrameError) })
    }
    let rules = Service(.tencent).profile.table.filter {
      $0.code == Tencent.Code.lipVideoQuaility
    }
    #expect(rules.map(\.measure.name) == ["input.video.shortSide", "input.video.longSide"])
  }
}
