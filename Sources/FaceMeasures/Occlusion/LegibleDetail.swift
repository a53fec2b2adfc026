internal import Services

/// Whether a face is sharp and light enough to tell what covers it.
///
/// Blur wipes out lips, nostrils and lashes, and what lacks them would read as covered.
struct LegibleDetail {
  /// What `FaceLight` and `FineDetail` found.
  let light: LightMeasurement
  let variance: Double
  /// `FaceDetail.motionBlur`; `nil` where it is not known.
  var motionBlur: Double?

  /// Variance by the square of the mean luma below which occlusion is not decided.
  ///
  /// A contrast of fine detail of about 4 %. The sharp clips of `TestVideos` have 0.003 and more,
  /// masks included and whatever their light; a Gaussian blur of 4 of 268 pixels leaves 0.0008.
  private static let leastDetail = 0.0018
  /// The same for the lower face, whose cover is told from more than fine detail.
  ///
  /// Of 1,031 bare faces of `Training/media.tsv` with less than above and more than this, 2 score 0.5
  /// and more at the lower face and 1 of them 0.8; so do all 15 with masks and hands.
  private static let leastDetailOfLowerFace = 0.0009
  /// Motion blur above which so little detail tells nothing of the lower face either.
  ///
  /// Movement wipes out lips and nostrils and leaves other edges sharp, as a cover does. Faces as they
  /// are and out of focus have at most 0.52 (`SharpnessRules`).
  private static let greatestMotionBlur = 0.5
  /// 95th percentile of the face's luma (0–255) below which occlusion is not decided.
  ///
  /// Such a face has some four bits of luma and less of chroma: its colours and edges are the
  /// rounding of the codes.
  private static let leastLight = 20.0

  var isEnough: Bool { isEnough(Self.leastDetail) }

  /// Whether it is enough to tell what covers mouth and nose.
  var isEnoughForLowerFace: Bool {
    let isMoved = motionBlur.map { $0 > Self.greatestMotionBlur } ?? false
    return isEnough(isMoved ? Self.leastDetail : Self.leastDetailOfLowerFace)
  }

  private func isEnough(_ leastDetail: Double) -> Bool {
    variance >= leastDetail * light.mean * light.mean && light.p95 >= Self.leastLight
  }
}
