internal import FaceModel
internal import Kernels

/// Faces that detectors find and landmarks doubt.
extension FaceTracker {
  /// Covered share of the mouth, the nose or an eye from which a hand shows that a place is a face: that
  /// from which a hand is what covers it.
  private static let leastHand = 0.3

  /// The face that detectors find, with the landmarks that agree with them best.
  ///
  /// - Parameters:
  ///   - mayAskForMore: whether the trained score, or a hand before it, makes it a face where the
  ///     detectors do not agree with each other, or the landmarks with none of them.
  ///   - mayLookForHands: whether a hand does so too; that of one person may lie before another.
  mutating func accept(
    _ frame: borrowing some Picture, _ face: DoubtedFace, mayAskForMore: Bool,
    mayLookForHands: Bool = true
  ) throws(ModelError) -> FoundFace? {
    guard face.isAgreed || mayAskForMore, let best = try region(of: face.detections, frame) else {
      return nil
    }
    let isSure = face.isAgreed && best.distance < DoubtedFace.greatestDistance
    guard isSure || mayAskForMore,
      var found = try engine.landmarks(frame, in: best.region, geometry, wantsOcclusion: true)
    else { return nil }
    if !isSure, found.occlusion?.face ?? 0 < DoubtedFace.leastFace {
      guard mayLookForHands, try isBehindHand(frame, face, found.landmarks) else { return nil }
    }
    found.isDoubted = true
    return found
  }

  /// Where a face lies by the landmarks that agree best with one of the detections of it, and how well
  /// they do, as `DoubtedFace.distance`.
  mutating func region(
    of detections: [FaceDetection], _ frame: borrowing some Picture
  ) throws(ModelError) -> (region: RegionOfInterest, distance: Double)? {
    var best: (region: RegionOfInterest, distance: Double)?
    for detection in detections {
      guard
        let first = try engine.landmarks(
          frame, in: RegionOfInterest(detection), geometry, wantsOcclusion: false)
      else { continue }
      let region = RegionOfInterest(first.landmarks)
      guard let second = try engine.landmarks(frame, in: region, geometry, wantsOcclusion: false)
      else { continue }
      let distance = DoubtedFace.distance(second.landmarks, detection)
      if distance < best?.distance ?? .infinity { best = (region, distance) }
    }
    return best
  }

  /// Whether a hand covers a part of the face.
  private mutating func isBehindHand(
    _ frame: borrowing some Picture, _ face: DoubtedFace, _ landmarks: FaceLandmarks
  ) throws(ModelError) -> Bool {
    guard face.sum > DoubtedFace.leastSumBehindHand,
      let likeliest = face.detections.max(by: { $0.score < $1.score })
    else { return false }
    // Where landmarks are wrong only the detection tells where to look; else they tell it better.
    for region in [RegionOfInterest(likeliest), RegionOfInterest(landmarks)] {
      let hands = try engine.hands(frame, at: region, geometry)
      if HandOcclusion(hands, over: landmarks).greatest >= Self.leastHand { return true }
    }
    return false
  }
}
