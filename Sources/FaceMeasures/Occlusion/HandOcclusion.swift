internal import FaceModel

/// How much of a face's mouth, nose and eyes hands cover, as the hand networks see it.
struct HandOcclusion: Equatable {
  /// Covered shares, 0–1.
  var mouth = 0.0
  var nose = 0.0
  var leftEye = 0.0
  var rightEye = 0.0

  /// No hand.
  static let none = HandOcclusion()

  /// Presence from which a hand counts.
  private static let leastPresence: Float = 0.5
  /// How far fingers reach beyond their joints, as a part of the hand's extent.
  private static let thickness = 0.06
  /// Share of the lower face from brow to nostrils, as in `LowerFaceOcclusion`.
  private static let noseShare = 0.25
  /// Numbers of MediaPipe's canonical face model: tip and wings of the nose.
  private static let noseLandmarks = [4, 98, 327, 5, 1]

  private init() {}

  /// - Parameters:
  ///   - hands: from `HandFinder`, sure ones or not.
  ///   - face: the face in the same picture.
  init(_ hands: [HandLandmarks], over face: FaceLandmarks) {
    for hand in hands where hand.presence >= Self.leastPresence {
      guard let box = Rect2D(bounding: hand.points) else { continue }
      let hull = ConvexHull(hand.points)
      let margin = Self.thickness * max(box.width, box.height)
      func share(_ points: [Point2D]) -> Double {
        Double(points.count { hull.contains($0, margin: margin) }) / Double(points.count)
      }
      mouth = max(mouth, share(face.polygon(of: .mouth)))
      nose = max(nose, share(Self.noseLandmarks.map { face[$0].xy }))
      leftEye = max(leftEye, share(face.polygon(of: .leftEye)))
      rightEye = max(rightEye, share(face.polygon(of: .rightEye)))
    }
  }

  /// Of the part that is covered most.
  var greatest: Double { max(mouth, nose, leftEye, rightEye) }

  /// The covered share of nose, mouth and chin; the chin counts as the mouth.
  var lowerFace: Double { (1 - Self.noseShare) * mouth + Self.noseShare * nose }

  /// The covered share of both eyes.
  var eyes: Double { (leftEye + rightEye) / 2 }
}
