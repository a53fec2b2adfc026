/// The comparison photo.
extension Measure {
  static let photoBytes = whole("photo.bytes", .bytes, "size of the photo", need: .photo) {
    $0.photo.map { Double($0.bytes) }
  }

  static let photoBase64Bytes = whole(
    "photo.base64Bytes", .bytes, "size of the photo after Base64, 4·⌈n/3⌉", need: .photo
  ) { $0.photo.map { Double(Base64Size.encoded($0.bytes)) } }

  static let photoFormat = name("photo.format", "image format of the photo", need: .photo) {
    $0.photo?.format
  }

  static let photoShortSide = whole(
    "photo.shortSide", .pixels, "shorter side of the photo", need: .photo
  ) { $0.photo.map { Double(min($0.width, $0.height)) } }

  static let photoLongSide = whole(
    "photo.longSide", .pixels, "longer side of the photo", need: .photo
  ) { $0.photo.map { Double(max($0.width, $0.height)) } }

  static let photoFaceCount = whole(
    "photo.faceCount", .count, "faces in the photo", need: .photoFaces
  ) { $0.photo?.faceCount.map(Double.init) }

  static let photoFaceWidth = photoFace("photo.faceWidthPixels", .pixels, "face width") {
    $0.widthPixels
  }

  static let photoFaceCompleteness = photoFace(
    "photo.faceCompleteness", .share, "share of the face's landmarks that are visible"
  ) { $0.completeness }

  static let photoFaceMean = photoFace("photo.faceMean", .luma, "mean luma of the face") {
    $0.light.mean
  }

  static let photoFaceP95 = photoFace(
    "photo.faceP95", .luma, "95th percentile of the face's luma"
  ) { $0.light.p95 }

  static let photoFaceLight = photoFace(
    "photo.faceLight", .luma,
    "luma of the whites of the eyes, or of the face where they are not seen"
  ) { $0.eyeWhites ?? $0.light.mean }

  static let photoFaceClippedShare = photoFace(
    "photo.faceClippedShare", .share, "share of the face at luma 250 or above"
  ) { $0.light.clippedShare }

  static let photoFaceSharpness = photoFace(
    "photo.faceSharpness", .variance,
    "variance of the Laplacian of the face's luma at 128 pixels of width, without noise, as at a mean "
      + "luma of 128"
  ) { $0.sharpness }

  private static func photoFace(
    _ name: String, _ unit: MeasureUnit, _ summary: String,
    _ read: @escaping @Sendable (FaceMeasurement) -> Double?
  ) -> Measure {
    whole(name, unit, summary + ", in the photo", need: .photoFaces) {
      ($0.photo?.face).flatMap(read)
    }
  }

  static let photoMeasures: [Measure] = [
    photoBytes, photoBase64Bytes, photoFormat, photoShortSide, photoLongSide, photoFaceCount,
    photoFaceWidth, photoFaceCompleteness, photoFaceMean, photoFaceP95, photoFaceLight,
    photoFaceClippedShare,
    photoFaceSharpness,
  ]
}
