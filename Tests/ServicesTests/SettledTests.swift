import Testing

@testable import Services

@Suite("A verdict from few frames")
struct SettledTests {
  @Test("stands where every measure is far from its limits")
  func good() {
    #expect(Self.isSettled(Self.clip { _ in Self.face() }))
  }

  @Test("does not stand where a measure is near a limit, on either side of it")
  func near() {
    // Tencent warns for a face below a tenth more or less than these shares of the width.
    for share in [0.145, 0.155, 0.79, 0.81] {
      #expect(!Self.isSettled(Self.clip { _ in Self.face(widthShare: share) }), "\(share)")
    }
  }

  @Test("stands far beyond a limit that only warns")
  func farWarning() {
    let clip = Self.clip { _ in Self.face(widthShare: 0.115) }
    let verdict = Judge.judge(clip, provider: .tencent)
    let warning = verdict.predictions.first { $0.measure == "face.widthShare" }
    #expect(warning?.severity == .warn)
    #expect(Self.isSettled(clip))
  }

  @Test("never stands where a face fails it, however clearly")
  func failure() {
    let clip = Self.moving { _ in Self.face(widthShare: 0.02, mouthOpen: 0.4) }
    #expect(Judge.judge(clip, provider: .tencent, mode: .action).outcome == .fail)
    #expect(!Self.isSettledInAction(clip, .everyLimit))
    #expect(!Self.isSettledInAction(clip, Self.samples))
  }

  @Test("stands where only the file fails it: more frames do not change a file")
  func fileFailure() {
    var clip = Self.clip { _ in Self.face() }
    clip.file.bytes = 30_000_000
    #expect(Judge.judge(clip, provider: .tencent).outcome == .fail)
    #expect(Self.isSettled(clip))
  }

  @Test("does not stand where its halves say different things")
  func halves() {
    let clip = Self.clip { Self.face(centerX: $0 < 4 ? 0.25 : 0.5) }
    #expect(!Self.isSettled(clip))
    let alternating = Self.clip { Self.face(centerX: $0 % 2 == 0 ? 0.25 : 0.5) }
    #expect(!Self.isSettled(alternating))
  }

  @Test("stands with an extreme near a warning where frames are close together")
  func failingExtremes() {
    var clip = Self.moving { _ in Self.face(mouthOpen: 0.26) }
    #expect(Self.isSettledInAction(clip, Self.samples))
    #expect(!Self.isSettledInAction(clip, .everyLimit))
    // A tenth of the mouth's width fails; without a blink so do eyes that are always open.
    let closed = Self.moving { _ in Self.face(mouthOpen: 0.105) }
    #expect(!Self.isSettledInAction(closed, Self.samples))
    clip.motion?.blinks = 0
    #expect(!Self.isSettledInAction(clip, Self.samples))
    // Averages may be near no limit at all.
    #expect(!Self.isSettled(Self.clip { _ in Self.face(widthShare: 0.145) }, Self.samples))
  }

  @Test("stands with a warning about what is held longer than was left out, and with no other")
  func warnings() {
    let warned = Self.moving { _ in Self.face(mouthOpen: 0.2) }
    #expect(Self.isSettledInAction(warned, Self.samples))
    #expect(!Self.isSettledInAction(warned, .failingExtremes(leftOut: 1.5)))
    // Nobody holds a blink: one may have happened between the looks.
    var unblinking = Self.moving { _ in Self.face(mouthOpen: 0.4, eyesOpen: 0.7) }
    #expect(Self.isSettledInAction(unblinking, Self.samples))
    unblinking.motion?.blinks = 0
    let warning = Judge.judge(
      unblinking, provider: .tencent, mode: .action, options: JudgeOptions(actions: [1, 2])
    ).predictions.first { $0.code.hasSuffix("ActionCloseEye") }
    #expect(warning?.severity == .warn)
    #expect(!Self.isSettledInAction(unblinking, Self.samples))
  }

  @Test("stands with a warning about the average of frames that lie all over the clip")
  func averages() {
    let far = Self.moving { _ in Self.face(widthShare: 0.115, mouthOpen: 0.4) }
    #expect(Judge.judge(far, provider: .tencent, mode: .action).outcome == .warn)
    #expect(Self.isSettledInAction(far, Self.samples))
    let approaching = Self.moving { Self.face(widthShare: $0 < 4 ? 0.115 : 0.4, mouthOpen: 0.4) }
    #expect(!Self.isSettledInAction(approaching, Self.samples))
  }

  @Test("is put off while a movement that is looked for goes further than before")
  func underWay() {
    let opening = Self.moving { Self.face(mouthOpen: 0.12 + 0.015 * Double($0)) }
    #expect(Self.isUnderWayInAction(opening))
    let closing = Self.moving { Self.face(mouthOpen: 0.22 - 0.01 * Double($0)) }
    #expect(!Self.isUnderWayInAction(closing))
    // A mouth at rest trembles; that is no movement, even where it never went further.
    let trembling = Self.moving { Self.face(mouthOpen: 0.12 + 0.002 * Double($0 % 8)) }
    #expect(!Self.isUnderWayInAction(trembling))
    // Far enough is far enough.
    let open = Self.moving { Self.face(mouthOpen: 0.3 + 0.01 * Double($0)) }
    #expect(!Self.isUnderWayInAction(open))
    #expect(!Self.isUnderWayInAction(Self.clip(frames: 0) { _ in Self.face() }))
  }

  /// Looks with gaps in which a blink has room.
  private static let samples = Judge.Certainty.failingExtremes(leftOut: 0.7)

  private static func isUnderWayInAction(_ clip: ClipMeasurements) -> Bool {
    Judge.isUnderWay(
      clip, last: 2, provider: .tencent, mode: .action, options: JudgeOptions(actions: [1, 2]))
  }

  private static func moving(_ face: (Int) -> FaceMeasurement) -> ClipMeasurements {
    var clip = clip(face)
    clip.motion = MotionMeasurement(headMotion: 0.1, blinks: 1, mouthMovement: 0.1)
    return clip
  }

  private static func isSettledInAction(
    _ clip: ClipMeasurements, _ certainty: Judge.Certainty
  ) -> Bool {
    Judge.isSettled(
      clip, provider: .tencent, mode: .action, options: JudgeOptions(actions: [1, 2]),
      certainty: certainty)
  }

  @Test("does not mistake a whole face for one that is nearly cut off")
  func endOfRange() {
    // LIP mode warns below 0.95 of the face's landmarks.
    let moving = Self.moving { _ in Self.face() }
    #expect(
      Judge.isSettled(moving, provider: .tencent, mode: .lip, certainty: Self.samples))
  }

  @Test("is read from all frames where a measure is near a failure")
  func nearFailure() {
    for share in [0.075, 0.085, 0.948] {
      let clip = Self.clip { _ in Self.face(widthShare: share) }
      #expect(Judge.isNearFailure(clip, provider: .tencent, mode: .action), "\(share)")
    }
    for share in [0.02, 0.145, 0.4] {
      let clip = Self.clip { _ in Self.face(widthShare: share) }
      #expect(!Judge.isNearFailure(clip, provider: .tencent, mode: .action), "\(share)")
    }
  }

  @Test("asks a limit's conditions too: dark skin in good light is steady")
  func conditions() {
    let lit = Self.clip { _ in Self.face(mean: 68, p95: 200) }
    #expect(Self.isSettled(lit))
    let dim = Self.clip { _ in Self.face(mean: 68, p95: 118) }
    #expect(!Self.isSettled(dim))
  }

  private static func isSettled(
    _ clip: ClipMeasurements, _ certainty: Judge.Certainty = .everyLimit
  ) -> Bool {
    Judge.isSettled(clip, provider: .tencent, certainty: certainty)
  }

  private static func clip(
    frames count: Int = 8, _ face: (Int) -> FaceMeasurement
  ) -> ClipMeasurements {
    let light = LightMeasurement(
      mean: 120, p05: 40, p50: 120, p95: 200, darkShare: 0.05, brightShare: 0.05,
      clippedShare: 0.01, unevenness: 0.1)
    let frames = (0..<count).map {
      FrameMeasurement(
        time: Double($0), light: light, sharpness: 300, face: face($0), faceCount: 1)
    }
    return ClipMeasurements(
      file: ClipFacts(
        container: "mp4", bytes: 2_000_000, durationSeconds: 8, videoCodec: "h264",
        audioCodec: "aac", displayWidth: 720, displayHeight: 1280, frameRate: 30,
        bitRate: 2_000_000, framesDecoded: 240),
      frames: frames, facesMeasured: true)
  }

  private static func face(
    widthShare: Double = 0.4, centerX: Double = 0.5, mouthOpen: Double = 0.02,
    eyesOpen: Double = 0.9, mean: Double = 130, p95: Double = 190
  ) -> FaceMeasurement {
    FaceMeasurement(
      widthShare: widthShare, widthPixels: 300, interEyePixels: 140, centerX: centerX,
      centerY: 0.5, completeness: 1, yaw: 2, pitch: 2, roll: 2, leftEyeOpen: eyesOpen,
      rightEyeOpen: eyesOpen, mouthOpen: mouthOpen, lowerFaceOcclusion: 0.05, eyeOcclusion: 0.05,
      light: LightMeasurement(
        mean: mean, p05: 30, p50: mean, p95: p95, darkShare: 0.02, brightShare: 0.05,
        clippedShare: 0, unevenness: 0.1),
      sharpness: 150, motionBlur: 0.1)
  }
}
