internal import FaceModel

/// Decides how much of the lower face something covers: a mask, a scarf, a hand, a cup.
///
/// The landmark network sees nose, lips and chin before it places landmarks on them; what it sees in
/// their place tells what covers them. `Training/README.md` says how the score was trained, on whom it
/// was measured and what it does not know.
struct LowerFaceOcclusion: FaceExtractor {
  let detail: LegibleDetail

  /// In a narrower face lips are too few pixels to decide; turned further, half of the mouth is hidden.
  ///
  /// Beyond 45° all 14 covered faces of `Training/media.tsv` score 0.8 and more, and none of 6 bare ones.
  static let needs = FaceNeeds(leastWidth: 48, greatestYaw: 60)

  /// How likely nose, mouth and chin are covered, 0–1; `nil` where it cannot be decided: a head turned
  /// far, a blurred or dark face.
  func extract(from face: FaceView) -> Double? {
    detail.isEnoughForLowerFace ? face.occlusion.lowerFace : nil
  }
}
