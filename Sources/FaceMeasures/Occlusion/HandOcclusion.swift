internal import FaceModel

/// How much of a face's mouth, nose and eyes hands cover, as the hand networks see it.
struct HandOcclusion: Equatable {
  /// Covered shares, 0–1.
  var mouth = 0.0
  var nose = 0.0
  var leftEye = 0.0
  var rightEye = 0.0
  /// Whether one reaches to the mouth, or nearly.
  var isAtMouth = false

  /// No hand.
  static let none = HandOcclusion()

  /// Presence from which a hand counts.
  static let leastPresence: Float = 0.5
  /// The same before a face that the trained scores take for bare, and the score below which they do.
  ///
  /// Of 97 good photographs the networks take something for a hand at the mouth in 6, in 1 of them with a
  /// presence of 0.8 and more.
  private static let surePresence: Float = 0.8
  private static let bare = 0.1
  /// How far fingers reach beyond their joints, as a part of the hand's extent.
  private static let thickness = 0.06
  /// Distance from a hand up to which the lips count as reached, as a part of the face's width, and the
  /// part of them that must be: fingers that hold something before the mouth stay beside it.
  ///
  /// So are those of 48 of 85 photographs of hands before or at the mouth.
  private static let reach = 0.2
  private static let leastReached = 0.25
  /// Share of the lower face from brow to nostrils, as in `LowerFaceOcclusion`.
  private static let noseShare = 0.25
  /// Numbers of MediaPipe's canonical face model: tip and wings of the nose.
  private static let noseLandmarks = [4, 98, 327, 5, 1]

  private init() {}

  /// - Parameters:
  ///   - hands: from `HandFinder`, sure ones or not.
  ///   - face: the face in the same picture.
  ///   - leastPresence: from which a hand counts.
  init(
    _ hands: [HandLandmarks], over face: FaceLandmarks,
    leastPresence: Float = Self.leastPresence
  ) {
    let reach = Self.reach * face.box(of: .face).width
    for hand in hands where hand.presence >= leastPresence {
      guard let box = Rect2D(bounding: hand.points) else { continue }
      let hull = ConvexHull(hand.points)
      let margin = Self.thickness * max(box.width, box.height)
      func share(_ points: [Point2D], _ margin: Double) -> Double {
        Double(points.count { hull.contains($0, margin: margin) }) / Double(points.count)
      }
      let lips = face.polygon(of: .mouth)
      mouth = max(mouth, share(lips, margin))
      nose = max(nose, share(Self.noseLandmarks.map { face[$0].xy }, margin))
      leftEye = max(leftEye, share(face.polygon(of: .leftEye), margin))
      rightEye = max(rightEye, share(face.polygon(of: .rightEye), margin))
      if share(lips, reach) >= Self.leastReached { isAtMouth = true }
    }
  }

  /// Of the part that is covered most.
  var greatest: Double { max(mouth, nose, leftEye, rightEye) }

  /// The covered share of nose, mouth and chin; the chin counts as the mouth.
  var lowerFace: Double { (1 - Self.noseShare) * mouth + Self.noseShare * nose }

  /// Presence from which a hand counts before a face with these trained scores.
  static func leastPresence(lowerFace: Double?, eyes: Double?) -> Float {
    // Where nothing is decided, nothing speaks against a hand.
    guard let lowerFace else { return leastPresence }
    return max(lowerFace, eyes ?? 0) < bare ? surePresence : leastPresence
  }

  /// The covered share of both eyes.
  var eyes: Double { (leftEye + rightEye) / 2 }
}
