internal import FaceModel

/// Decides when to look for hands before a face, and remembers what the last look found.
///
/// A look costs as much as following a face through ten frames. So it is taken only where something
/// is odd about the face, and at most once a second.
struct HandWatch {
  private var found = HandOcclusion.none
  private var lastLook = -Double.infinity

  /// Seconds between two looks.
  private static let interval = 0.95
  /// How likely the lower face or the eyes are covered, by the trained scores, from which a face is odd.
  private static let oddOcclusion = 0.35
  /// The same for the landmark network's score: its log odds are below 12.
  ///
  /// When both were chosen, of people who were left out of training 99 % of 518 faces with a hand laid over
  /// the mouth were odd by one or the other, all of 116 with hands over both eyes, half of 82 with one over
  /// an eye, and 4 % of 1,182 bare ones.
  private static let surePresence: Float = 0.999_993_9

  /// What hands cover of the face.
  ///
  /// - Parameters:
  ///   - lowerFace: how likely it is covered by the trained scores; so do `eyes`.
  ///   - presence: `FaceLandmarks.score` of the face.
  ///   - look: looks for hands.
  mutating func occlusion(
    lowerFace: Double?, eyes: Double?, presence: Float, time: Double,
    look: () throws(ModelError) -> HandOcclusion
  ) throws(ModelError) -> HandOcclusion {
    let isOdd =
      presence < Self.surePresence || max(lowerFace ?? 0, eyes ?? 0) >= Self.oddOcclusion
    guard isOdd else {
      found = .none
      return found
    }
    guard time - lastLook >= Self.interval else { return found }
    lastLook = time
    found = try look()
    return found
  }
}
