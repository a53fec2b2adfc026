internal import FaceModel

/// Decides how much of the eyes something covers: dark glasses, a hand, hair.
///
/// Scored like the lower face, see `LowerFaceOcclusion`. Shut eyes and clear spectacles do not cover.
struct EyeOcclusion: FaceExtractor {
  let detail: LegibleDetail

  /// In a narrower face an eye has too little contrast to decide; turned further, the far eye is out of
  /// sight.
  static let needs = FaceNeeds(leastWidth: 80, greatestYaw: 45)

  /// How likely both eyes are covered, 0–1; `nil` where it cannot be decided.
  func extract(from face: FaceView) -> Double? {
    detail.isEnough ? face.occlusion.eyes : nil
  }
}
