internal import FaceModel

/// One measure of a face.
///
/// A measure says which faces it can be taken of, and takes it. What it builds on other measures it is
/// made with, so that it cannot be asked before them. Adding one: a type of its own, and its line in
/// `FaceState`.
///
/// The shape is that of libvmaf's feature extractors, without their dictionary of names: the compiler
/// knows the values.
protocol FaceExtractor {
  associatedtype Value
  /// What a face must have; nothing by default.
  static var needs: FaceNeeds { get }
  /// The measure of a face that has what is needed; `nil` where it cannot be decided.
  func extract(from face: FaceView) -> Value?
}

extension FaceExtractor {
  static var needs: FaceNeeds { FaceNeeds() }

  /// The measure of `face`; `nil` where the face lacks what is needed or it cannot be decided.
  func measure(_ face: FaceView) -> Value? {
    Self.needs.areMet(by: face) ? extract(from: face) : nil
  }
}

/// What a face must have for a measure.
struct FaceNeeds {
  /// Least width of the face in pixels.
  var leastWidth = 0.0
  /// Turn of the head up to which it can be taken, in degrees.
  var greatestYaw = Double.infinity

  func areMet(by face: FaceView) -> Bool {
    face.geometry.box.width >= leastWidth && abs(face.yaw) <= greatestYaw
  }
}

/// All that a face's measures are read from, in one picture.
struct FaceView {
  /// Where the face is and how it is turned.
  let geometry: FaceGeometry
  /// Its luma, from which light and sharpness are read.
  let patch: FacePatch
  let landmarks: FaceLandmarks
  /// What covers it, as the landmark network sees it.
  let occlusion: OcclusionScores
  /// `nil` where too little of it lies in the picture.
  let skin: SkinColor?

  /// Turn of the head in degrees, positive to the viewer's right.
  var yaw: Double { geometry.pose?.yaw ?? 0 }
}
