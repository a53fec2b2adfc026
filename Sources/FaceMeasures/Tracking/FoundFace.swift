internal import FaceModel

/// A face that the landmark network found.
struct FoundFace: Sendable {
  let landmarks: FaceLandmarks
  /// What covers it; `nil` where nobody asked for more than the landmarks.
  let occlusion: OcclusionScores?
  /// The colour of its skin; `nil` likewise, and where too little of it lies in the picture.
  let skin: SkinColor?
  /// Whether detectors find it and the landmark network doubts it, as it does a covered face.
  var isDoubted = false
}
