internal import Services

/// Whether a face is sharp and light enough to tell what covers it.
///
/// Blur wipes out lips, nostrils and lashes, and what lacks them would read as covered.
struct LegibleDetail {
  /// What `FaceLight` and `FaceSharpness` found.
  let light: LightMeasurement
  let sharpness: Double

  /// Sharpness by the square of the mean luma below which occlusion is not decided.
  ///
  /// A contrast of fine detail of about 4 %. The sharp clips of `TestVideos` have 0.003 and more,
  /// masks included and whatever their light; a Gaussian blur of 4 of 268 pixels leaves 0.0008.
  private static let leastDetail = 0.0018
  /// 95th percentile of the face's luma (0–255) below which occlusion is not decided.
  ///
  /// Such a face has some four bits of luma and less of chroma: its colours and edges are the
  /// rounding of the codes.
  private static let leastLight = 20.0

  var isEnough: Bool {
    sharpness >= Self.leastDetail * light.mean * light.mean && light.p95 >= Self.leastLight
  }
}
