/// A face that a detector found: its box, six keypoints and a score.
///
/// The box reaches from the middle of the forehead to below the chin and is about as wide as the
/// face; it is square for a frontal face. For the face's own extent use the landmarks' box.
package struct FaceDetection: Equatable, Sendable {
  /// The keypoints in the network's order; left and right as the viewer sees them.
  package enum Keypoint: Int, CaseIterable, Sendable {
    case leftEye
    case rightEye
    case noseTip
    case mouthCenter
    /// The notch before the ear.
    case leftEar
    case rightEar
  }

  /// In 0–1 coordinates of the tensor, or in the picture's after `mapped(by:)`.
  package let box: Rect2D
  /// One point for each `Keypoint`, in the same coordinates as the box.
  package let keypoints: [Point2D]
  /// 0–1.
  package let score: Float

  package init(box: Rect2D, keypoints: [Point2D], score: Float) {
    self.box = box
    self.keypoints = keypoints
    self.score = score
  }

  package func keypoint(_ keypoint: Keypoint) -> Point2D {
    keypoints.indices.contains(keypoint.rawValue) ? keypoints[keypoint.rawValue] : box.center
  }

  /// The detection in picture coordinates.
  package func mapped(by transform: TensorTransform) -> FaceDetection {
    let map = transform.pictureFromNormalized
    return FaceDetection(
      box: box.mapped(by: map), keypoints: keypoints.map { map($0) }, score: score)
  }

  /// Merges detections of the same face, best first.
  ///
  /// The best detection takes up all that overlap it, their boxes and keypoints averaged by score;
  /// then the best of the rest, and so on.
  /// Source: weighted non-maximum suppression of BlazeFace (Bazarevsky et al., 2019), section 3.3;
  /// the overlap of 0.3 is MediaPipe's `min_suppression_threshold`.
  ///
  /// - Parameter overlap: intersection over union above which two boxes show one face.
  package static func merged(
    _ detections: [FaceDetection], overlap: Double = 0.3
  ) -> [FaceDetection] {
    var rest = detections.sorted { $0.score > $1.score }
    var merged: [FaceDetection] = []
    while let best = rest.first {
      let same = rest.filter { $0.box.overlap(best.box) > overlap }
      guard same.count > 1 else {
        merged.append(best)
        rest.removeFirst()
        continue
      }
      merged.append(weightedMean(of: same, score: best.score))
      // The best one always leaves, even when its box is empty and overlaps nothing.
      rest = rest.dropFirst().filter { $0.box.overlap(best.box) <= overlap }
    }
    return merged
  }

  private static func weightedMean(of detections: [FaceDetection], score: Float) -> FaceDetection {
    let total = detections.reduce(0) { $0 + Double($1.score) }
    var low = Point2D.zero
    var high = Point2D.zero
    var keypoints = [Point2D](repeating: .zero, count: Keypoint.allCases.count)
    for detection in detections {
      let weight = Double(detection.score) / total
      low += Point2D(detection.box.minX, detection.box.minY) * weight
      high += Point2D(detection.box.maxX, detection.box.maxY) * weight
      for (index, point) in detection.keypoints.prefix(keypoints.count).enumerated() {
        keypoints[index] += point * weight
      }
    }
    return FaceDetection(
      box: Rect2D(minX: low.x, minY: low.y, maxX: high.x, maxY: high.y), keypoints: keypoints,
      score: score)
  }
}
