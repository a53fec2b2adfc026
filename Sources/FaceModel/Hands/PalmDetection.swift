/// A palm that the detector found: where it is, how large, and which way the hand points.
package struct PalmDetection: Equatable, Sendable {
  /// The middle of the palm, in 0–1 coordinates of the tensor, or in the picture's after
  /// `mapped(by:)`.
  package let center: Point2D
  /// Side of the square around the palm, in the same unit.
  package let side: Double
  package let wrist: Point2D
  /// The root of the middle finger.
  package let middleFinger: Point2D
  /// 0–1.
  package let score: Float

  package init(
    center: Point2D, side: Double, wrist: Point2D, middleFinger: Point2D, score: Float
  ) {
    self.center = center
    self.side = side
    self.wrist = wrist
    self.middleFinger = middleFinger
    self.score = score
  }

  /// The detection in picture coordinates, for a square tensor.
  package func mapped(by transform: TensorTransform) -> PalmDetection {
    let map = transform.pictureFromNormalized
    return PalmDetection(
      center: map(center), side: side * transform.scale * Double(transform.width),
      wrist: map(wrist), middleFinger: map(middleFinger), score: score)
  }

  /// Whether two detections show the same palm.
  func isSame(as other: PalmDetection) -> Bool {
    let offset = center - other.center
    return max(abs(offset.x), abs(offset.y)) < max(side, other.side) / 2
  }
}

extension RegionOfInterest {
  /// How much wider the square is than the palm in it, and how far its middle lies from the palm's
  /// towards the fingers, in sides of the palm.
  ///
  /// Source: MediaPipe's hand landmark graph, `RectTransformationCalculator` with scale 2.6 and
  /// shift −0.5.
  private static let handScale = 2.6
  private static let handShift = 0.5

  /// The square around a hand, turned so that its middle finger points up.
  ///
  /// - Parameter palm: in picture coordinates.
  package init(_ palm: PalmDetection) {
    let finger = palm.middleFinger - palm.wrist
    // Zero where the finger points up.
    let rotation = angle(y: finger.x, x: -finger.y)
    let up = AffineTransform2D.rotation(rotation)(Point2D(0, -1))
    self.init(
      center: palm.center + up * (Self.handShift * palm.side), side: palm.side * Self.handScale,
      rotation: rotation)
  }
}
