/// Size, place, pose and visibility of the followed face, and other faces beside it.
extension Measure {
  /// Completeness from which a face counts as a whole one.
  static let completeFace = 0.8
  /// Area of a second face, as a share of the frame, from which it counts (Smile ID: 0.03).
  static let countedSecondFace = 0.03
  /// Area of a second face, as a multiple of the followed one's, from which it counts.
  ///
  /// Seven tenths as wide. Where everybody is far away, only the person's own face tells what is
  /// large.
  static let comparableSecondFace = 0.5

  /// What must hold before a second face fails a clip: a picture on the wall only warns.
  static let livingSecondFace = [Condition(.secondFaceMotion, .above, 1)]

  static let framesWithFaceShare = frame(
    "face.framesWithFaceShare", .share, "share of the measured frames that show a face"
  ) { $0.searchedFace.map { $0 == nil ? 0 : 1 } }

  static let framesWithCompleteFaceShare = frame(
    "face.framesWithCompleteFaceShare", .share,
    "share of the measured frames that show at least 80 % of a face's landmarks"
  ) { frame in
    frame.searchedFace.map { face in (face?.completeness ?? 0) >= completeFace ? 1 : 0 }
  }

  /// Whether it tells if there is a face at all.
  var tellsPresence: Bool {
    [Measure.framesWithFaceShare, .framesWithCompleteFaceShare].contains { $0.name == name }
  }

  static let secondFaceAreaShare = frame(
    "face.secondFaceAreaShare", .share, "area of the second largest face ÷ the frame's"
  ) { $0.searchedFace == nil ? nil : $0.secondFaceAreaShare }

  static let secondFaceSizeRatio = frame(
    "face.secondFaceSizeRatio", .share, "area of the second largest face ÷ the followed one's"
  ) { $0.searchedFace == nil ? nil : $0.secondFaceSizeRatio }

  static let framesWithSecondFaceShare = frame(
    "face.framesWithSecondFaceShare", .share,
    "share of the measured frames whose second face fills at least 3 % of the frame, or has at "
      + "least half of the followed one's area"
  ) { frame in
    frame.searchedFace.map { _ in
      frame.secondFaceAreaShare >= countedSecondFace
        || frame.secondFaceSizeRatio >= comparableSecondFace ? 1 : 0
    }
  }

  /// What a second face does of its own; above 1 it is a person and no picture.
  ///
  /// A picture keeps its pose and its mouth, however the camera moves. The standard deviations by which
  /// each is divided were passed by 32 of 34 people in public clips of 2.4 s, most of them talking, and
  /// by 1 of 40 stills shown as if a hand held the camera. Where the followed face keeps still too, that
  /// tells nothing, and half of its own motion is the measure.
  static let secondFaceMotion = whole(
    "face.secondFaceMotion", .ratio,
    "how much the second largest face turns, nods or moves its mouth, against the followed one where "
      + "that keeps still; above 1 it is a person and no picture",
    need: .faces
  ) { $0.clip.secondFaceMotion }

  static let widthShare = face("face.widthShare", .share, "face width ÷ frame width") {
    $0.widthShare
  }

  static let widthPixels = face("face.widthPixels", .pixels, "face width") { $0.widthPixels }

  static let interEyePixels = face(
    "face.interEyePixels", .pixels, "distance between the eye centres"
  ) { $0.interEyePixels }

  static let centerX = face(
    "face.centerX", .share, "horizontal centre of the face; 0 is the viewer's left edge"
  ) { $0.centerX }

  static let completeness = face(
    "face.completeness", .share, "share of the face's landmarks inside the frame"
  ) { $0.completeness }

  static let yaw = face("face.yaw", .degrees, "turn to either side, without its sign") {
    $0.yaw.magnitude
  }

  static let pitch = face("face.pitch", .degrees, "nod up or down, without its sign") {
    $0.pitch.magnitude
  }

  static let roll = face("face.roll", .degrees, "tilt to either side, without its sign") {
    $0.roll.magnitude
  }

  static let eyesOpen = face(
    "face.eyesOpen", .share, "openness of the eyes against this person's open eyes, both averaged"
  ) { $0.eyesOpen }

  static let mouthOpen = face("face.mouthOpen", .ratio, "inner-lip gap ÷ mouth width") {
    $0.mouthOpen
  }.held(seconds: 1)

  static let lowerFaceOcclusion = face(
    "face.lowerFaceOcclusion", .share, "share of nose, mouth and chin that is covered"
  ) { $0.lowerFaceOcclusion }

  static let eyeOcclusion = face(
    "face.eyeOcclusion", .share, "share of the eye region that is covered"
  ) { $0.eyeOcclusion }

  /// 0 where nobody looked for hands: nothing hinted at one.
  static let handOcclusion = face(
    "face.handOcclusion", .share, "share of the mouth, nose or eye that hands cover most"
  ) { $0.handOcclusion ?? 0 }

  static let occlusion = face(
    "face.occlusion", .share, "covered share of the region that is covered most"
  ) { $0.occlusion }

  static let faceMeasures: [Measure] = [
    framesWithFaceShare, framesWithCompleteFaceShare, secondFaceAreaShare, secondFaceSizeRatio,
    framesWithSecondFaceShare, secondFaceMotion, widthShare, widthPixels, interEyePixels, centerX,
    completeness, yaw, pitch, roll, eyesOpen, mouthOpen, lowerFaceOcclusion, eyeOcclusion,
    handOcclusion, occlusion,
  ]
}

extension FrameMeasurement {
  /// The face of a frame that was looked through: `.some(nil)` shows none, `nil` was not looked at.
  var searchedFace: FaceMeasurement?? {
    if let face { return .some(face) }
    return faceCount == nil ? nil : .some(nil)
  }
}

extension ClipMeasurements {
  /// How much the second face turns, nods or moves its mouth, in parts of what tells a person from a
  /// picture; `nil` for fewer than four looks.
  var secondFaceMotion: Double? {
    let others = frames.compactMap(\.secondFace)
    guard others.count >= 4 else { return nil }
    let own = frames.compactMap(\.face).map {
      SecondFaceMeasurement(yaw: $0.yaw, pitch: $0.pitch, mouthOpen: $0.mouthOpen)
    }
    let noise = 0.1
    let unit = min(1, max(noise, Self.motion(own) / 2))
    return max(2 * noise, Self.motion(others)) / unit
  }

  /// Standard deviations of turn, nod (degrees) and mouth, each by the one that tells a person from a
  /// picture, the largest of them.
  private static func motion(_ faces: [SecondFaceMeasurement]) -> Double {
    func motion(_ value: (SecondFaceMeasurement) -> Double, _ unit: Double) -> Double {
      (Statistics.standardDeviation(faces.map(value).filter(\.isFinite)) ?? 0) / unit
    }
    return max(motion(\.yaw, 1), motion(\.pitch, 1.2), motion(\.mouthOpen, 0.03))
  }
}

extension FaceMeasurement {
  /// Openness of the eyes, both averaged: 0 shut, 1 as open as this person's.
  package var eyesOpen: Double { (leftEyeOpen + rightEyeOpen) / 2 }

  /// Covered share of the region that is covered most; `nil` when neither was decided.
  package var occlusion: Double? {
    switch (eyeOcclusion, lowerFaceOcclusion) {
    case (let eyes?, let lower?): max(eyes, lower)
    case (let eyes, let lower): eyes ?? lower
    }
  }
}
