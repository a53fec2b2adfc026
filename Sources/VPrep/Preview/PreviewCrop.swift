internal import Services

/// What a preview shows of its frame.
public enum PreviewCrop: String, Sendable, Codable, CaseIterable {
  /// The whole frame.
  case none
  /// The head and some of what is around it: twice the width of the face, and two and a half times its
  /// width high, as far as the frame reaches.
  case face
}

/// A part of an upright picture, in pixels.
struct CropRegion: Equatable {
  var x, y, width, height: Double

  /// The face's width in the region's width and height: the shape of a portrait, with room for hair and
  /// chin above and below the landmarks.
  private static let share = (width: 2.0, height: 2.5)

  /// - Parameters:
  ///   - face: where the face is; `nil` shows the whole frame.
  ///   - width: pixels of the upright frame, as is `height`.
  init(_ crop: PreviewCrop, around face: FaceMeasurement?, width: Int, height: Int) {
    let (wide, high) = (Double(width), Double(height))
    (x, y, self.width, self.height) = (0, 0, wide, high)
    guard crop == .face, let face, face.widthShare > 0 else { return }
    let faceWidth = face.widthShare * wide
    self.width = min(wide, faceWidth * Self.share.width)
    self.height = min(high, faceWidth * Self.share.height)
    x = min(max(face.centerX * wide - self.width / 2, 0), wide - self.width)
    y = min(max(face.centerY * high - self.height / 2, 0), high - self.height)
  }
}
