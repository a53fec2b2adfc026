internal import FaceModel

/// What one run of a detector over a whole picture came to, in pixels of the upright picture.
struct DetectorLook {
  /// Faces of which the network is sure enough, best first.
  let faces: [FaceDetection]
  private let candidates: [FaceDetection]

  /// The score from which a place is kept in mind.
  static let leastScore: Float = 0.25

  /// - Parameter candidates: every place whose score reaches `leastScore`.
  init(_ range: FaceDetector.Range, _ candidates: [FaceDetection]) {
    self.candidates = candidates
    faces = FaceDetection.merged(candidates.filter { $0.score >= range.defaultScore })
  }

  private init(faces: [FaceDetection], candidates: [FaceDetection]) {
    (self.faces, self.candidates) = (faces, candidates)
  }

  /// Faces and places that may show one, best first.
  var hints: [FaceDetection] { FaceDetection.merged(candidates) }

  /// What it came to at the places that pass a test.
  func filter(_ isIncluded: (FaceDetection) -> Bool) -> DetectorLook {
    DetectorLook(faces: faces.filter(isIncluded), candidates: candidates.filter(isIncluded))
  }
}

/// A place at which several looks at a picture find a face, though none of them is sure or landmarks
/// doubt it.
///
/// What covers a face (a mask above all, with glasses, a cap or hair even more) makes the landmark
/// network doubt long before the detectors do. Two networks that look at the picture as it is and
/// reduced seldom take the same place for a face where there is none, and seldom the same points of
/// it for eyes, nose and mouth.
///
/// Where the looks find less, or do not agree, the trained score `OcclusionScores.face` tells whether
/// what they find is a face.
///
/// Of 171 covered or turned faces with a sum from 1 to 2.5, of people and pictures that were left out of
/// training, it says so of 138; of 18 places of such a sum in pictures without people, of none; and of 3
/// of 9 in pictures of several people, where a face may not have been stated. Of 309 photographs of
/// masks, scarves, hands and shields before faces, the landmarks doubt 75, most of them cut along the
/// face; the looks alone find 45 of those. They find a face in 3 of 181 pictures without people, all of
/// animals or a drop of light, and in no frame of a clip of a plush toy, on which they come up to a sum
/// of 2.4 with keypoints 0.07 to 0.11 apart.
struct DoubtedFace {
  /// What the looks found at the place, at most one of each.
  let detections: [FaceDetection]

  /// Sum of the scores of four looks from which there is a face, from which there is one if the looks
  /// agree on its keypoints, and from which there is one if the trained score says so.
  static let sureSum: Float = 2.5
  static let leastAgreedSum: Float = 1.5
  static let leastSum: Float = 1
  /// The same beside a face that was found: there are people, and two looks at different times must show
  /// them.
  ///
  /// Of places with a sum below 1, of people and pictures that were left out of training, the trained score
  /// takes 36 of 80 covered or turned faces for one and 2 of 963 places without a face. Of 67 photographs of
  /// several people it names 55 without this, 57 with 0.75 and 58 with 0.5, and nobody beside 97 good people.
  static let leastSumBeside: Float = 0.5
  /// `OcclusionScores.face` from which it says so.
  static let leastFace = 0.5
  /// The same where they do not agree and a hand lies before the place.
  ///
  /// Of 150 hands laid over the faces of 150 people, 19 leave places at which looks do not agree, 13
  /// of them with a sum above this. In 80 pictures of hands without a face, or with a part of one, the
  /// sums stay below 1.8.
  static let leastSumBehindHand: Float = 2
  /// Mean distance of a keypoint from its middle place over the looks, as a part of the box, up to
  /// which they agree.
  static let greatestSpread = 0.065
  /// Boxes of two looks that overlap more than this show the same place.
  private static let samePlace = 0.4
  /// How far landmarks may lie from a detection's keypoints, as a part of its box's longer side.
  ///
  /// Half of all landmarks lie within 0.04, and 95 % of covered faces have a look that agrees within
  /// 0.09; landmarks on anything else lie up to 0.35 away.
  static let greatestDistance = 0.15
  /// Those of the inner face; ears are out of sight more often than not.
  private static let keypoints: [FaceDetection.Keypoint] = [
    .leftEye, .rightEye, .noseTip, .mouthCenter,
  ]

  /// Whether the looks agree on its keypoints, or are sure without; else something more must show
  /// that it is a face.
  let isAgreed: Bool
  /// Of the scores.
  let sum: Float

  /// The place that the looks find most at; `nil` where that is too little.
  ///
  /// - Parameter leastSum: of the scores.
  init?(_ looks: [DetectorLook], leastSum: Float = Self.leastSum) {
    let best = Self.best(looks)
    guard best.sum > leastSum else { return nil }
    (sum, detections) = best
    isAgreed =
      best.sum > Self.sureSum
      || best.sum > Self.leastAgreedSum && Self.spread(best.detections) < Self.greatestSpread
  }

  /// Whether one more look could bring these to agree: most pictures without a face need none.
  static func isPossible(after looks: [DetectorLook]) -> Bool {
    best(looks).sum > leastSum / 2
  }

  private static func best(
    _ looks: [DetectorLook]
  ) -> (sum: Float, detections: [FaceDetection]) {
    let hints = looks.map(\.hints)
    var best: (sum: Float, detections: [FaceDetection]) = (0, [])
    for place in hints.joined() {
      let found = self.found(at: place, hints)
      if found.sum > best.sum { best = found }
    }
    return best
  }

  /// What the looks' hints have at a place, at most one of each look.
  static func found(
    at place: FaceDetection, _ hints: [[FaceDetection]]
  ) -> (sum: Float, detections: [FaceDetection]) {
    let same = hints.compactMap { look in
      look.first { $0.box.overlap(place.box) > samePlace }
    }
    return (same.reduce(0) { $0 + $1.score }, same)
  }

  /// How far the detections' keypoints lie from their middle places, as a part of the mean box.
  private static func spread(_ detections: [FaceDetection]) -> Double {
    let count = Double(max(detections.count, 1))
    let side = detections.reduce(0) { $0 + max($1.box.width, $1.box.height) } / count
    var sum = 0.0
    for keypoint in keypoints {
      let places = detections.map { $0.keypoint(keypoint) }
      let middle = places.reduce(.zero, +) / count
      sum += places.reduce(0) { $0 + ($1 - middle).length } / count
    }
    return sum / Double(keypoints.count) / max(side, 1)
  }

  /// Mean distance of eyes, nose and mouth between landmarks and a detection, as a part of its box's
  /// longer side.
  static func distance(_ landmarks: FaceLandmarks, _ detection: FaceDetection) -> Double {
    let mouth =
      (landmarks[FaceLandmarks.upperLipInner].xy + landmarks[FaceLandmarks.lowerLipInner].xy) / 2
    let pairs: [(Point2D, FaceDetection.Keypoint)] = [
      (landmarks.eyeCenter(.left), .leftEye), (landmarks.eyeCenter(.right), .rightEye),
      (landmarks[FaceLandmarks.noseTip].xy, .noseTip), (mouth, .mouthCenter),
    ]
    let sum = pairs.reduce(0) { $0 + ($1.0 - detection.keypoint($1.1)).length }
    return sum / Double(pairs.count) / max(detection.box.width, detection.box.height, 1)
  }
}
