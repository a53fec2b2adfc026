import Services

extension LightMeasurement {
  /// Even, well exposed light.
  static let good = LightMeasurement(
    mean: 120, p05: 60, p50: 120, p95: 190, darkShare: 0.01, brightShare: 0.02, clippedShare: 0,
    unevenness: 0.1)
}

extension FaceMeasurement {
  /// A frontal, sharp, well lit face in the middle of the picture.
  static let good = FaceMeasurement(
    widthShare: 0.4, widthPixels: 288, interEyePixels: 125, centerX: 0.5, centerY: 0.5,
    completeness: 1, yaw: 2, pitch: 1, roll: 1, leftEyeOpen: 1, rightEyeOpen: 1, mouthOpen: 0.3,
    lowerFaceOcclusion: 0, eyeOcclusion: 0, handOcclusion: 0, light: .good, sharpness: 400,
    motionBlur: 0.1, contours: 20, eyeWhites: 150, eyeGlare: 0, skinRedness: 0.3,
    skinYellowness: 0.18)
}

extension FrameMeasurement {
  /// A frame that shows one good face.
  static func good(at time: Double) -> FrameMeasurement {
    FrameMeasurement(
      time: time, light: .good, sharpness: 300, difference: 2, noise: 1, face: .good, faceCount: 1)
  }
}

extension SecondFaceMeasurement {
  /// A face that is turned to either side in turns, by as many degrees.
  static func turned(by yaw: Double, _ index: Int) -> SecondFaceMeasurement {
    SecondFaceMeasurement(yaw: index.isMultiple(of: 2) ? yaw : -yaw, pitch: 0, mouthOpen: 0)
  }
}

extension ClipMeasurements {
  /// The same clip with a second face that turns to either side by as many degrees, beside one that
  /// turns by three unless it is said to be still.
  func withSecondFace(turnedBy yaw: Double, besideStill: Bool = false) -> ClipMeasurements {
    var clip = self
    for index in clip.frames.indices {
      clip.frames[index].secondFace = .turned(by: yaw, index)
      if !besideStill { clip.frames[index].face?.yaw = index.isMultiple(of: 2) ? 3 : -3 }
    }
    return clip
  }

  /// A clip that passes: 720×1280, ten measured frames a second, speech, blinks and movement.
  static func good(seconds: Double, container: String = "mp4") -> ClipMeasurements {
    ClipMeasurements(
      file: ClipFacts(
        container: container, bytes: 2_000_000, durationSeconds: seconds, videoCodec: "h264",
        audioCodec: "aac", displayWidth: 720, displayHeight: 1280, frameRate: 30,
        bitRate: 2_000_000 * 8 / seconds, framesDecoded: Int(seconds * 30)),
      frames: (0..<Int(seconds * 10)).map { .good(at: Double($0) / 10) },
      audio: AudioMeasurement(
        present: true, peakDBFS: -6, loudnessLUFS: -22, voicedLoudnessLUFS: -20, voicedShare: 0.6),
      motion: MotionMeasurement(
        globalShake: 0.1, headMotion: 0.3, blinks: 2,
        actions: [
          FaceAction(kind: .mouthOpen, start: 0.5, end: 1),
          FaceAction(kind: .eyesClosed, start: 1.5, end: 1.7),
        ], mouthMovement: 0.1,
        mouthMovementWhileVoiced: 0.1),
      facesMeasured: true)
  }

  /// A clip that passes for the provider and mode.
  static func good(for provider: Provider, _ mode: ProviderMode?) -> ClipMeasurements {
    provider == .megvii ? .good(seconds: 2.5) : .good(seconds: mode == .lip ? 6 : 5)
  }

  /// The same clip with every frame changed.
  func eachFrame(_ change: (inout FrameMeasurement) -> Void) -> ClipMeasurements {
    var clip = self
    for index in clip.frames.indices { change(&clip.frames[index]) }
    return clip
  }

  /// The same clip with every face changed.
  func eachFace(_ change: (inout FaceMeasurement) -> Void) -> ClipMeasurements {
    eachFrame { frame in
      guard var face = frame.face else { return }
      change(&face)
      frame.face = face
    }
  }

  /// The same clip without a face in any frame.
  var withoutFace: ClipMeasurements {
    eachFrame {
      $0.face = nil
      $0.faceCount = 0
    }
  }

  /// The same clip as measured without a face model.
  var withoutFaceModel: ClipMeasurements {
    var clip = eachFrame {
      $0.face = nil
      $0.faceCount = nil
    }
    clip.facesMeasured = false
    clip.motion = MotionMeasurement(globalShake: motion?.globalShake)
    return clip
  }
}

extension PhotoMeasurements {
  /// A photo that passes.
  static let good = PhotoMeasurements(
    bytes: 400_000, format: "jpeg", width: 1200, height: 1600, faceCount: 1, face: .good)
}

extension Verdict {
  /// The codes predicted with the given severity.
  func codes(_ severity: Severity) -> Set<String> {
    Set(predictions.filter { $0.severity == severity }.map(\.code))
  }
}

/// Every provider with each of its modes.
let everyMode: [(provider: Provider, mode: ProviderMode?)] =
  [(.megvii, nil)] + ProviderMode.allCases.map { (.tencent, $0) }
  + Provider.tencentCompareFace.modes.map { (.tencentCompareFace, $0) }
