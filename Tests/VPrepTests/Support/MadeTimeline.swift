import Services

@testable import VPrep

extension LightMeasurement {
  /// Even, well exposed light.
  static let made = LightMeasurement(
    mean: 120, p05: 60, p50: 120, p95: 190, darkShare: 0.01, brightShare: 0.02, clippedShare: 0,
    unevenness: 0.1)
}

extension FaceMeasurement {
  /// A frontal, sharp, well lit face in the middle of the picture.
  static let made = FaceMeasurement(
    widthShare: 0.4, widthPixels: 288, interEyePixels: 125, centerX: 0.5, centerY: 0.5,
    completeness: 1, yaw: 2, pitch: 1, roll: 1, leftEyeOpen: 1, rightEyeOpen: 1, mouthOpen: 0.3,
    lowerFaceOcclusion: 0, eyeOcclusion: 0, light: .made, sharpness: 400, motionBlur: 0.1)
}

extension JudgedTimeline {
  /// A clip of good frames, ten a second, each of which `change` may spoil.
  static func made(
    seconds: Double, _ provider: Provider, mode: ProviderMode? = nil, voiced: [TimeWindow] = [],
    facesMeasured: Bool = true, _ change: (inout FrameMeasurement) -> Void = { _ in }
  ) -> JudgedTimeline {
    let frames = (0..<Int(seconds * 10)).map { index in
      var frame = FrameMeasurement(
        time: Double(index) / 10, light: .made, sharpness: 300, difference: 1, noise: 1,
        face: facesMeasured ? .made : nil, faceCount: facesMeasured ? 1 : nil)
      change(&frame)
      return frame
    }
    let clip = ClipMeasurements(
      file: ClipFacts(
        container: "mp4", bytes: 2_000_000, durationSeconds: seconds, videoCodec: "h264",
        audioCodec: "aac", displayWidth: 720, displayHeight: 1280, frameRate: 30,
        bitRate: 2_000_000 * 8 / seconds, framesDecoded: Int(seconds * 30)),
      frames: frames,
      audio: AudioMeasurement(
        present: true, peakDBFS: -6, loudnessLUFS: -22, voicedLoudnessLUFS: -20, voicedShare: 0.6),
      motion: MotionMeasurement(
        globalShake: 0.1, headMotion: 0.3, blinks: 2, mouthMovement: 0.1,
        mouthMovementWhileVoiced: 0.1),
      facesMeasured: facesMeasured)
    return JudgedTimeline(
      clip, voiced: voiced, judge: Judge(Service(provider, mode: mode) ?? Service(provider)))
  }
}

extension FrameMeasurement {
  /// Takes the face away.
  mutating func loseFace() {
    face = nil
    faceCount = 0
  }
}
