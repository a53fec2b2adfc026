/// A square of the upright picture, turned with the head, that is shown to a landmark network.
package struct RegionOfInterest: Equatable, Sendable {
  /// In picture coordinates.
  package let center: Point2D
  /// Side in pixels of the picture.
  package let side: Double
  /// Radians, clockwise as seen.
  package let rotation: Double

  package init(center: Point2D, side: Double, rotation: Double) {
    self.center = center
    self.side = side
    self.rotation = rotation
  }

  /// How much wider the square is than the face in it.
  ///
  /// Source: MediaPipe's face landmark graph, `RectTransformationCalculator` with scale 1.5 and
  /// `square_long`.
  package static let faceScale = 1.5

  /// How much wider the square is than the distance between an eye's corners.
  ///
  /// Source: MediaPipe's iris landmark graph, scale 2.3.
  package static let eyeScale = 2.3

  /// The square around a detected face: 1.5 times the longer side of its box, turned so that the
  /// eyes are level.
  ///
  /// - Parameter detection: in picture coordinates.
  package init(_ detection: FaceDetection) {
    let eyes = detection.keypoint(.rightEye) - detection.keypoint(.leftEye)
    self.init(
      center: detection.box.center,
      side: max(detection.box.width, detection.box.height) * Self.faceScale,
      rotation: angle(y: eyes.y, x: eyes.x))
  }

  /// The square around a face whose landmarks are known: the next pass or the next frame.
  ///
  /// The box is measured along the turned axes, so that it does not grow when the head tilts; for an
  /// upright head it is MediaPipe's.
  package init(_ landmarks: FaceLandmarks) {
    let eyes =
      landmarks[FaceLandmarks.rightEyeOuterCorner].xy
      - landmarks[FaceLandmarks.leftEyeOuterCorner].xy
    let rotation = angle(y: eyes.y, x: eyes.x)
    let level = AffineTransform2D.rotation(-rotation)
    let box = Rect2D(bounding: landmarks.points.lazy.map { level($0.xy) })
    let center = box.map { AffineTransform2D.rotation(rotation)($0.center) } ?? .zero
    self.init(
      center: center, side: box.map { max($0.width, $0.height) * Self.faceScale } ?? 0,
      rotation: rotation)
  }

  /// The square around an eye: 2.3 times the distance of its corners, along the line between them.
  package init(eyeCorners left: Point2D, _ right: Point2D) {
    let line = right - left
    self.init(
      center: (left + right) / 2, side: line.length * Self.eyeScale,
      rotation: angle(y: line.y, x: line.x))
  }

  /// Whether a network can look at it: finite and not smaller than a pixel.
  package var isUsable: Bool {
    center.x.isFinite && center.y.isFinite && side.isFinite && rotation.isFinite && side >= 1
  }
}
