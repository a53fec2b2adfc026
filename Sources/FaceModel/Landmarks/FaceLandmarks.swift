/// The 468 points of a face, in picture coordinates.
///
/// Left and right are as the viewer sees them; the network keeps them so for a mirrored picture too.
/// Source of the numbering: MediaPipe's canonical face model.
package struct FaceLandmarks: Equatable, Sendable {
  /// Number of points.
  package static let count = 468

  /// `x` and `y` in pixels of the picture; `z` in the same unit, zero near the head's middle and
  /// smaller towards the viewer.
  package let points: [Point3D]
  /// Likelihood that a face is there and well framed, 0–1.
  package let score: Float

  /// Nil unless there are 468 finite points.
  package init?(points: [Point3D], score: Float) {
    guard points.count == Self.count, points.allSatisfy({ ($0.x + $0.y + $0.z).isFinite }) else {
      return nil
    }
    self.points = points
    self.score = score
  }

  package subscript(_ index: Int) -> Point3D { points[index] }

  package static let leftEyeOuterCorner = 33
  package static let leftEyeInnerCorner = 133
  package static let rightEyeInnerCorner = 362
  package static let rightEyeOuterCorner = 263
  package static let noseTip = 4
  package static let chin = 152
  package static let foreheadTop = 10
  package static let mouthLeftCorner = 61
  package static let mouthRightCorner = 291
  /// Middle of the upper lip's lower edge.
  package static let upperLipInner = 13
  /// Middle of the lower lip's upper edge.
  package static let lowerLipInner = 14
}
