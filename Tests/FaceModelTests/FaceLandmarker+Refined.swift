@testable import FaceModel

extension FaceLandmarker {
  /// Finds the landmarks twice, the second time in the region that the first pass gives.
  ///
  /// A detector's box is a rough frame; a face framed by its own landmarks comes out steadier. When the
  /// first pass sees no face the second is not run.
  mutating func refinedLandmarks(
    in region: RegionOfInterest,
    fill: (TensorTransform, inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) -> FaceLandmarks? {
    guard let first = try landmarks(in: region, fill: fill),
      first.score >= Self.presenceThreshold
    else { return nil }
    return try landmarks(in: RegionOfInterest(first), fill: fill)
  }
}
