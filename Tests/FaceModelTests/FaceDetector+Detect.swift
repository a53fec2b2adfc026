@testable import FaceModel

extension FaceDetector {
  /// Finds faces, best first, in 0–1 coordinates of the tensor.
  ///
  /// - Parameter fill: writes the picture, as for `candidates`.
  mutating func detect(
    fill: (inout MutableSpan<Float>) throws(ModelError) -> Void
  ) throws(ModelError) -> [FaceDetection] {
    FaceDetection.merged(try candidates(minimumScore: range.defaultScore, fill: fill))
  }
}
