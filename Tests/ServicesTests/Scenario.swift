import Services

/// A good clip with a photo and a request, in which single measures can be set to chosen values.
struct Scenario {
  var clip: ClipMeasurements
  var photo = PhotoMeasurements.good
  var options = JudgeOptions(faceOcclusionDetection: true, bandwidth: 1e9)
  let provider: Provider
  let mode: ProviderMode?

  /// A hundred frames, so that a share of frames can be set to a whole percentage.
  init(_ provider: Provider, _ mode: ProviderMode?) {
    self.provider = provider
    self.mode = mode
    clip = .good(for: provider, mode)
    let step = clip.file.durationSeconds / 100
    clip.frames = (0..<100).map { .good(at: Double($0) * step) }
  }

  /// The verdict on it.
  func judged(overrides: RuleOverrides = .none) -> Verdict {
    Judge.judge(
      clip, provider: provider, mode: mode, options: options, photo: photo, overrides: overrides)
  }

  /// The smallest change of a measure that has whole values, or a change far below any limit.
  static func step(_ measure: String, at limit: Double) -> Double {
    if measure.hasSuffix("base64Bytes") { return 4 }
    // Fewer frames with a face than a twentieth show none.
    if measure == "face.framesWithFaceShare" { return 0.05 }
    if measure.hasPrefix("face.framesWith") { return 0.01 }
    let whole = [
      "input.bytes", "input.decodeErrors", "framesDecoded", "input.video.shortSide",
      "input.video.longSide", "face.blinks", "motion.mouthInTurn", "motion.eyesInTurn",
      "motion.nodInTurn", "motion.turnInTurn",
      "audio.present", "photo.bytes", "photo.shortSide",
      "photo.longSide", "photo.faceCount",
    ]
    return whole.contains(measure) ? 1 : max(abs(limit), 1e-3) * 1e-6
  }

  /// Sets a measure to a value in every frame; `false` for a name that it does not know.
  mutating func set(_ measure: String, to value: Double) -> Bool {
    if let set = Self.faceSetters[measure] {
      clip = clip.eachFace { set(&$0, value) }
    } else if let set = Self.frameSetters[measure] {
      clip = clip.eachFrame { set(&$0, value) }
    } else if let set = Self.wholeSetters[measure] {
      set(&self, value)
    } else {
      return false
    }
    return true
  }

  private typealias Set<Subject> = @Sendable (inout Subject, Double) -> Void

  private static let faceSetters: [String: Set<FaceMeasurement>] = [
    "brightness.faceMean": { $0.light.mean = $1 },
    "brightness.faceP95": { $0.light.p95 = $1 },
    "brightness.faceDarkShare": { $0.light.darkShare = $1 },
    "brightness.faceBrightShare": { $0.light.brightShare = $1 },
    "brightness.faceClippedShare": { $0.light.clippedShare = $1 },
    "brightness.unevenness": { $0.light.unevenness = $1 },
    "sharpness.face": { $0.sharpness = $1 },
    "sharpness.motionBlur": { $0.motionBlur = $1 },
    "sharpness.contours": { $0.contours = $1 },
    "brightness.eyeWhites": { $0.eyeWhites = $1 },
    "brightness.faceLight": { $0.eyeWhites = $1 },
    "brightness.eyeGlare": { $0.eyeGlare = $1 },
    "brightness.colorCast": { $0.skinRedness = -$1 },
    "face.widthShare": { $0.widthShare = $1 },
    "face.widthPixels": { $0.widthPixels = $1 },
    "face.interEyePixels": { $0.interEyePixels = $1 },
    "face.centerX": { $0.centerX = $1 },
    "face.completeness": { $0.completeness = $1 },
    "face.yaw": { $0.yaw = -$1 },
    "face.pitch": { $0.pitch = -$1 },
    "face.roll": { $0.roll = -$1 },
    "face.eyesOpen": {
      $0.leftEyeOpen = $1
      $0.rightEyeOpen = $1
    },
    "face.mouthOpen": { $0.mouthOpen = $1 },
    "face.lowerFaceOcclusion": { $0.lowerFaceOcclusion = $1 },
    "face.eyeOcclusion": { $0.eyeOcclusion = $1 },
    "face.handOcclusion": { $0.handOcclusion = $1 },
    "face.occlusion": {
      $0.lowerFaceOcclusion = $1 / 2
      $0.eyeOcclusion = $1
    },
  ]

  private static let frameSetters: [String: Set<FrameMeasurement>] = [
    "brightness.frameMean": { $0.light.mean = $1 },
    "brightness.frameP95": { $0.light.p95 = $1 },
    "brightness.frameClippedShare": { $0.light.clippedShare = $1 },
    "brightness.backlight": { frame, ratio in
      let whites = frame.face?.eyeWhites ?? 64
      frame.light.mean = ratio * whites
      frame.face?.eyeWhites = whites
    },
    "face.secondFaceAreaShare": { $0.secondFaceAreaShare = $1 },
    "face.secondFaceSizeRatio": { $0.secondFaceSizeRatio = $1 },
  ]

  private static let wholeSetters: [String: Set<Scenario>] = [
    "face.framesWithFaceShare": { scenario, share in
      scenario.eachFrame(from: share) {
        $0.face = nil
        $0.faceCount = 0
      }
    },
    "face.framesWithCompleteFaceShare": { scenario, share in
      scenario.eachFrame(from: share) { $0.face?.completeness = 0.5 }
    },
    "face.framesWithSecondFaceShare": { scenario, share in
      let clear = FrameMeasurement.good(at: 0)
      scenario.eachFrame(from: 0) { $0.secondFaceAreaShare = 0.04 }
      scenario.eachFrame(from: share) { $0.secondFaceAreaShare = clear.secondFaceAreaShare }
    },
    "face.secondFaceMotion": { scenario, motion in
      scenario.clip = scenario.clip.withSecondFace(turnedBy: motion)
    },
    "input.durationSeconds": { $0.clip.file.durationSeconds = $1 },
    "input.bytes": { $0.clip.file.bytes = Int($1) },
    "input.base64Bytes": { $0.clip.file.bytes = Int($1) / 4 * 3 },
    "framesDecoded": { $0.clip.file.framesDecoded = Int($1) },
    "input.decodeErrors": { $0.clip.file.decodeErrors = Int($1) },
    "input.video.shortSide": { $0.clip.file.displayWidth = Int($1) },
    "input.video.longSide": {
      $0.clip.file.displayHeight = Int($1)
      $0.clip.file.displayWidth = min(Int($1), $0.clip.file.displayWidth)
    },
    "input.video.frameRate": { $0.clip.file.frameRate = $1 },
    // Powers of two, so that dividing again gives the very value that was set.
    "input.video.bitsPerPixel": {
      $0.clip.file.displayWidth = 1024
      $0.clip.file.displayHeight = 1024
      $0.clip.file.frameRate = 32
      $0.clip.file.bitRate = $1 * 1024 * 1024 * 32
    },
    "input.downloadSeconds": {
      $0.clip.file.bytes = 1 << 20
      $0.options.bandwidth = Double(1 << 23) / $1
    },
    "motion.globalShake": { $0.clip.motion?.globalShake = $1 },
    "motion.headMotion": { $0.clip.motion?.headMotion = $1 },
    "face.blinks": { $0.clip.motion?.blinks = Int($1) },
    "motion.mouthInTurn": { $0.setTurn(.mouthOpen, isInTurn: $1 > 0) },
    "motion.eyesInTurn": { $0.setTurn(.eyesClosed, isInTurn: $1 > 0) },
    "motion.nodInTurn": { $0.setTurn(.headNod, isInTurn: $1 > 0) },
    "motion.turnInTurn": { $0.setTurn(.headTurn, isInTurn: $1 > 0) },
    "motion.headNod": { $0.setOneFrame(\.pitch, to: $1) },
    "motion.headTurn": { $0.setOneFrame(\.yaw, to: $1) },
    "brightness.flicker": { $0.setFlicker($1) },
    "face.mouthMovement": { $0.clip.motion?.mouthMovement = $1 },
    "face.mouthMovementWhileVoiced": { $0.clip.motion?.mouthMovementWhileVoiced = $1 },
    "audio.present": { $0.clip.audio?.present = $1 > 0 },
    "audio.peakDBFS": { $0.clip.audio?.peakDBFS = $1 },
    "audio.voicedLoudnessLUFS": { $0.clip.audio?.voicedLoudnessLUFS = $1 },
    "audio.voicedShare": { $0.clip.audio?.voicedShare = $1 },
    "photo.bytes": { $0.photo.bytes = Int($1) },
    "photo.base64Bytes": { $0.photo.bytes = Int($1) / 4 * 3 },
    "photo.shortSide": { $0.photo.width = Int($1) },
    "photo.longSide": { $0.photo.height = Int($1) },
    "photo.faceCount": { $0.photo.faceCount = Int($1) },
    "photo.faceWidthPixels": { $0.photo.face?.widthPixels = $1 },
    "photo.faceCompleteness": { $0.photo.face?.completeness = $1 },
    "photo.faceMean": { $0.photo.face?.light.mean = $1 },
    "photo.faceLight": { $0.photo.face?.eyeWhites = $1 },
    "photo.faceP95": { $0.photo.face?.light.p95 = $1 },
    "photo.faceClippedShare": { $0.photo.face?.light.clippedShare = $1 },
    "photo.faceSharpness": { $0.photo.face?.sharpness = $1 },
  ]

  /// Puts an action of `kind` where the request asks for it, or where it does not.
  private mutating func setTurn(_ kind: FaceAction.Kind, isInTurn: Bool) {
    let other = kind == .mouthOpen ? FaceAction.Kind.eyesClosed : .mouthOpen
    options.actions = [kind, other].map(\.number)
    clip.motion?.actions = (isInTurn ? [kind, other] : [other, kind]).enumerated().map {
      FaceAction(kind: $1, start: Double($0), end: Double($0) + 0.4)
    }
  }

  /// Makes the face's light change by a part of its mean luma, 128, from each frame to the next.
  private mutating func setFlicker(_ part: Double) {
    for index in clip.frames.indices {
      // On a grid of powers of two, so that nothing is rounded when the part is found again.
      let grid = Double(1 << 20)
      let change = (64 * part * grid).rounded(.down) / grid
      clip.frames[index].face?.light.mean = index.isMultiple(of: 2) ? 128 + change : 128 - change
    }
  }

  /// Sets an angle of the face to a value in one frame and to 0 in the others.
  private mutating func setOneFrame(
    _ angle: WritableKeyPath<FaceMeasurement, Double>, to value: Double
  ) {
    clip = clip.eachFace { $0[keyPath: angle] = 0 }
    clip.frames[clip.frames.count / 2].face?[keyPath: angle] = value
  }

  /// Changes the frames that come after the first `share` of them.
  private mutating func eachFrame(
    from share: Double, _ change: (inout FrameMeasurement) -> Void
  ) {
    let first = Int((share * Double(clip.frames.count)).rounded())
    for index in clip.frames.indices.dropFirst(first) { change(&clip.frames[index]) }
  }
}

extension FaceAction.Kind {
  /// Its number in `ValidateData`.
  var number: Int {
    switch self {
    case .mouthOpen: 1
    case .eyesClosed: 2
    case .headNod: 3
    case .headTurn: 4
    }
  }
}
