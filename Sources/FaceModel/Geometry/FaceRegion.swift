/// Parts of a face for measures of light, sharpness and occlusion.
///
/// Left and right are as the viewer sees them. Each region is a polygon of landmarks, listed in
/// order around its border. In a head turned by more than about 30° the far cheek is hidden and its
/// polygon folds over the outline.
package enum FaceRegion: String, CaseIterable, Sendable {
  /// The whole face, along its outline.
  case face
  case forehead
  case leftCheek
  case rightCheek
  case nose
  case leftEye
  case rightEye
  /// Lips and what is between them.
  case mouth
  case chin
  /// From below the nose to the chin: what a mask covers.
  case lowerFace

  /// Numbers of the landmarks around the region.
  ///
  /// Source of the numbering: MediaPipe's canonical face model.
  package var landmarks: [Int] {
    switch self {
    case .face:
      [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
      ]
    case .forehead: [67, 109, 10, 338, 297, 334, 296, 336, 9, 107, 66, 105]
    case .leftCheek: [117, 118, 101, 36, 206, 207, 187, 123]
    case .rightCheek: [346, 347, 330, 266, 426, 427, 411, 352]
    case .nose: [168, 351, 399, 456, 363, 281, 5, 51, 134, 236, 174, 122]
    case .leftEye:
      [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246]
    case .rightEye:
      [362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398]
    case .mouth:
      [
        61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
      ]
    case .chin: [18, 313, 406, 418, 262, 369, 400, 377, 152, 148, 176, 140, 32, 194, 182, 83]
    case .lowerFace:
      [
        2, 326, 423, 425, 411, 376, 433, 367, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 138, 213, 147, 187, 205, 203, 97,
      ]
    }
  }
}

extension FaceLandmarks {
  /// A region's border in picture coordinates.
  package func polygon(of region: FaceRegion) -> [Point2D] {
    region.landmarks.map { self[$0].xy }
  }

  /// The upright box around a region, in picture coordinates; it may reach beyond the picture.
  ///
  /// - Parameter scale: 1 for the whole box; less to stay clear of the region's border.
  package func box(of region: FaceRegion, scale: Double = 1) -> Rect2D {
    (Rect2D(bounding: polygon(of: region)) ?? Rect2D(minX: 0, minY: 0, maxX: 0, maxY: 0))
      .scaled(by: scale)
  }
}
