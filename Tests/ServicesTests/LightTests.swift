import Services
import Testing

@Suite("Light")
struct LightTests {
  static let dark = LightMeasurement(
    mean: 25, p05: 5, p50: 22, p95: 60, darkShare: 0.9, brightShare: 0, clippedShare: 0,
    unevenness: 0.1)
  static let dim = LightMeasurement(
    mean: 60, p05: 20, p50: 58, p95: 100, darkShare: 0.2, brightShare: 0, clippedShare: 0,
    unevenness: 0.1)
  /// Dark skin in good light: a low mean with highlights on forehead, nose and cheeks.
  static let darkSkin = LightMeasurement(
    mean: 58, p05: 15, p50: 52, p95: 140, darkShare: 0.35, brightShare: 0.01, clippedShare: 0,
    unevenness: 0.2)
  static let halfLit = LightMeasurement(
    mean: 60, p05: 8, p50: 40, p95: 150, darkShare: 0.5, brightShare: 0, clippedShare: 0,
    unevenness: 1.3)
  static let white = LightMeasurement(
    mean: 250, p05: 235, p50: 255, p95: 255, darkShare: 0, brightShare: 0.98, clippedShare: 0.8,
    unevenness: 0)

  func clip(face light: LightMeasurement) -> ClipMeasurements {
    // With the eyes not seen, the face's own luma says how much light there is.
    ClipMeasurements.good(seconds: 2.5).eachFace { ($0.light, $0.eyeWhites) = (light, nil) }
  }

  @Test("A dark face fails, a dim one warns")
  func darkness() {
    #expect(
      Judge.judge(clip(face: Self.dark), provider: .megvii).codes(.fail)
        == ["VIDEO_LOW_FACE_QUALITY"])
    #expect(Judge.judge(clip(face: Self.dim), provider: .megvii).outcome == .warn)
    for mode in ProviderMode.allCases where mode != .lip {
      let dark = Judge.judge(clip(face: Self.dark), provider: .tencent, mode: mode)
      #expect(dark.codes(.fail).contains("FailedOperation.ActionLightDark"))
      let dim = Judge.judge(clip(face: Self.dim), provider: .tencent, mode: mode)
      #expect(dim.codes(.warn).contains("FailedOperation.ActionLightDark"))
      #expect(dim.outcome == .warn)
    }
  }

  @Test("Dark skin in good light passes with both providers")
  func darkSkin() {
    #expect(Judge.judge(clip(face: Self.darkSkin), provider: .megvii).outcome == .pass)
    #expect(Judge.judge(clip(face: Self.darkSkin), provider: .tencent).outcome == .pass)
  }

  @Test("Dark skin is not called dark while the whites of its eyes are light")
  func whites() {
    let shaded = clip(face: Self.dim)
    #expect(Judge.judge(shaded, provider: .tencent).outcome == .warn)
    let lit = shaded.eachFace { $0.eyeWhites = 90 }
    #expect(Judge.judge(lit, provider: .tencent).outcome == .pass)
    #expect(Judge.judge(lit, provider: .megvii).outcome == .pass)
    let deep = clip(face: Self.dark).eachFace { $0.eyeWhites = 60 }
    #expect(Judge.judge(deep, provider: .tencent).outcome == .warn)
  }

  @Test("A face in the dark is told so even where its mean is not low")
  func dimEyes() {
    let light = LightMeasurement(
      mean: 80, p05: 40, p50: 80, p95: 115, darkShare: 0.05, brightShare: 0, clippedShare: 0,
      unevenness: 0.1)
    let verdict = Judge.judge(
      clip(face: light).eachFace { $0.eyeWhites = 50 }.eachFrame { $0.light.mean = 60 },
      provider: .megvii)
    #expect(verdict.codes(.warn) == ["VIDEO_LOW_FACE_QUALITY"])
    #expect(verdict.predictions.map(\.measure) == ["brightness.eyeWhites"])
  }

  @Test(
    "A dark face before a light background is told to turn round, a dark picture to face a lamp")
  func backlight() {
    let clip = clip(face: Self.dark)
      .eachFace { $0.eyeWhites = 30 }
    let room = Judge.judge(clip.eachFrame { $0.light.mean = 30 }, provider: .tencent)
    #expect(room.predictions.allSatisfy { $0.adviceID == .faceTheLight })
    let window = Judge.judge(clip.eachFrame { $0.light.mean = 180 }, provider: .tencent)
    #expect(
      window.predictions.allSatisfy { $0.adviceID == .turnRound })
    #expect(window.predictions.contains { $0.measure == "brightness.backlight" })
  }

  @Test("Light of another colour, light that flickers and light in the eyes warn")
  func unusual() {
    let good = ClipMeasurements.good(seconds: 5)
    let blue = good.eachFace { ($0.skinRedness, $0.skinYellowness) = (-0.3, -0.2) }
    let reflected = good.eachFace { $0.eyeGlare = 0.2 }
    var flickering = good
    for index in flickering.frames.indices where index.isMultiple(of: 2) {
      flickering.frames[index].face?.light.mean *= 0.9
    }
    for (clip, measure) in [
      (blue, "brightness.colorCast"), (reflected, "brightness.eyeGlare"),
      (flickering, "brightness.flicker"),
    ] {
      let verdict = Judge.judge(clip, provider: .tencent)
      #expect(verdict.outcome == .warn)
      #expect(verdict.predictions.map(\.measure) == [measure])
    }
    var growing = good
    for index in growing.frames.indices {
      growing.frames[index].face?.light.mean = 100 + Double(index)
    }
    #expect(Judge.judge(growing, provider: .tencent).outcome == .pass)
  }

  @Test("A face lit from one side only warns: its highlights are no sign of good light")
  func halfLit() {
    let verdict = Judge.judge(clip(face: Self.halfLit), provider: .tencent)
    #expect(verdict.outcome == .warn)
    #expect(Set(verdict.predictions.map(\.measure)) == ["brightness.unevenness"])
  }

  @Test("A blown-out face fails")
  func glare() {
    #expect(
      Judge.judge(clip(face: Self.white), provider: .megvii).codes(.fail)
        == ["VIDEO_LOW_FACE_QUALITY"])
    #expect(
      Judge.judge(clip(face: Self.white), provider: .tencent).codes(.fail).contains(
        "FailedOperation.ActionLightStrong"))
  }

  @Test(
    "Without a face model a very dark or blown-out picture is still predicted",
    arguments: [
      (LightTests.dark, "FailedOperation.ActionLightDark"),
      (LightTests.white, "FailedOperation.ActionLightStrong"),
    ])
  func wholeFrame(_ light: LightMeasurement, _ code: String) {
    let clip = ClipMeasurements.good(seconds: 2.5).withoutFaceModel.eachFrame { $0.light = light }
    let megvii = Judge.judge(clip, provider: .megvii)
    #expect(megvii.codes(.warn) == ["VIDEO_LOW_FACE_QUALITY"])
    #expect(megvii.outcome == .incomplete)
    for mode in ProviderMode.allCases {
      let tencent = Judge.judge(clip, provider: .tencent, mode: mode)
      #expect(tencent.codes(.warn).contains(code))
    }
  }

  @Test("A picture too dark to find a face in names the darkness besides the missing face")
  func darkWithoutFace() {
    let clip = ClipMeasurements.good(seconds: 2.5).withoutFace.eachFrame { $0.light = Self.dark }
    let verdict = Judge.judge(clip, provider: .megvii)
    #expect(verdict.codes(.fail) == ["VIDEO_FACE_NOT_FOUND"])
    #expect(verdict.codes(.warn) == ["VIDEO_LOW_FACE_QUALITY"])
  }

  @Test("The whole frame says nothing once a face was read")
  func faceBeforeFrame() {
    let clip = ClipMeasurements.good(seconds: 2.5).eachFrame { $0.light = Self.dark }
    #expect(Judge.judge(clip, provider: .megvii).outcome == .pass)
  }
}
