internal import FaceModel

/// A face that the landmark network found.
struct FoundFace: Sendable {
  let landmarks: FaceLandmarks
  /// What covers it; `nil` where nobody asked for more than the landmarks.
  let occlusion: OcclusionScores?
}
