package import FaceModel

/// Where the faces of one frame are, in pixels of the upright picture.
package struct FrameLandmarks {
  /// Those of the followed face.
  package let face: FaceLandmarks
  /// Boxes of the others, from forehead to chin.
  package let others: [Rect2D]

  /// `nil` when no face is followed.
  init?(_ sighting: FaceTracker.Sighting) {
    guard let landmarks = sighting.face?.landmarks else { return nil }
    self.init(face: landmarks, others: sighting.others)
  }

  init(face: FaceLandmarks, others: [Rect2D] = []) {
    self.face = face
    self.others = others
  }
}
