extension MeasurementSummary {
  /// Sums up `measurements` over `window`; over the whole clip when it is `nil`.
  ///
  /// Motion and audio are those of the whole clip.
  public init(_ measurements: ClipMeasurements, window: TimeWindow? = nil) {
    let clip = window.map(measurements.restricted) ?? measurements
    framesDecoded = clip.file.framesDecoded
    framesMeasured = clip.frames.count
    brightness = Brightness(clip)
    sharpness = Sharpness(
      frame: clip.frames.median { $0.sharpness },
      face: clip.frames.median { $0.face?.sharpness },
      motionBlur: clip.frames.median { $0.face?.motionBlur },
      contours: clip.frames.median { $0.face?.contours })
    noise = clip.frames.median { $0.noise }
    face = clip.facesMeasured ? Face(clip) : nil
    motion = Motion(
      globalShake: clip.motion?.globalShake?.ifFinite,
      headMotion: clip.motion?.headMotion?.ifFinite, actions: clip.motion?.actions)
    audio = clip.audio.map {
      Audio(
        present: $0.present, loudnessLUFS: $0.loudnessLUFS?.ifFinite,
        voicedLoudnessLUFS: $0.voicedLoudnessLUFS?.ifFinite,
        peakDBFS: $0.peakDBFS?.ifFinite, voicedShare: $0.voicedShare?.ifFinite)
    }
  }
}

extension MeasurementSummary.Brightness {
  fileprivate init(_ clip: ClipMeasurements) {
    let frames = clip.frames
    frameMean = frames.median { $0.light.mean }
    faceMean = frames.median { $0.face?.light.mean }
    faceP05 = frames.median { $0.face?.light.p05 }
    faceP50 = frames.median { $0.face?.light.p50 }
    faceP95 = frames.median { $0.face?.light.p95 }
    faceDarkShare = frames.median { $0.face?.light.darkShare }
    faceBrightShare = frames.median { $0.face?.light.brightShare }
    faceClippedShare = frames.median { $0.face?.light.clippedShare }
    unevenness = frames.median { $0.face?.light.unevenness }
    eyeWhites = frames.median { $0.face?.eyeWhites }
    eyeGlare = frames.median { $0.face?.eyeGlare }
    backlight = frames.median { Measure.backlight.value(in: $0) }
    colorCast = frames.median { $0.face?.colorCast }
    flicker = clip.flicker?.ifFinite
  }
}

extension MeasurementSummary.Face {
  fileprivate init(_ clip: ClipMeasurements) {
    let frames = clip.frames
    let searched = frames.compactMap(\.searchedFace)
    framesWithFaceShare = Statistics.mean(searched.map { $0 == nil ? 0 : 1 })
    maxCount = frames.compactMap { $0.faceCount ?? ($0.face == nil ? nil : 1) }.max()
    secondFaceAreaShare =
      frames.compactMap { Measure.secondFaceAreaShare.value(in: $0) }.max()
    secondFaceSizeRatio =
      frames.compactMap { Measure.secondFaceSizeRatio.value(in: $0) }.max()
    secondFaceMotion = clip.secondFaceMotion?.ifFinite
    widthShare = frames.median { $0.face?.widthShare }
    widthPixels = frames.median { $0.face?.widthPixels }
    interEyePixels = frames.median { $0.face?.interEyePixels }
    centerX = frames.median { $0.face?.centerX }
    centerY = frames.median { $0.face?.centerY }
    completeness = frames.median { $0.face?.completeness }
    yaw = frames.median { $0.face?.yaw }
    pitch = frames.median { $0.face?.pitch }
    roll = frames.median { $0.face?.roll }
    eyesOpen = frames.median { $0.face?.eyesOpen }
    blinks = clip.motion?.blinks
    mouthOpen = frames.median { $0.face?.mouthOpen }
    mouthMovement = clip.mouthMovement
    mouthMovementWhileVoiced = clip.motion?.mouthMovementWhileVoiced?.ifFinite
    lowerFaceOcclusion = frames.median { $0.face?.lowerFaceOcclusion }
    handOcclusion = frames.median { $0.face?.handOcclusion }
    occlusion = frames.median { $0.face?.occlusion }
  }
}

extension ClipMeasurements {
  /// The mouth's movement as measured, or from the frames where it was not.
  var mouthMovement: Double? {
    (motion?.mouthMovement
      ?? Statistics.standardDeviation(
        frames.compactMap { $0.face?.mouthOpen }.filter(\.isFinite)))?.ifFinite
  }
}

extension [FrameMeasurement] {
  /// The median of the finite values that `read` finds.
  fileprivate func median(_ read: (FrameMeasurement) -> Double?) -> Double? {
    Statistics.median(compactMap { read($0)?.ifFinite })
  }
}

extension Double {
  /// The number, unless it is infinite or not a number: JSON has no word for those.
  var ifFinite: Double? { isFinite ? self : nil }
}
