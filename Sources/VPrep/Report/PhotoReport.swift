internal import Services

/// The comparison photo: the report's `photo` object.
///
/// Its keys are the names of the measures that predictions refer to. What is about the face is
/// `null` when there is none, or when faces were not looked for.
package struct PhotoReport: Sendable, Codable, Equatable {
  /// The file as the caller named it.
  package var path: String
  /// Size in bytes.
  package var bytes: Int
  /// Size after Base64, 4·⌈n/3⌉.
  package var base64Bytes: Int
  /// MD5 of the file, 32 lower-case hexadecimal digits: the request's `ImageMd5`.
  package var md5: String
  /// `jpeg`, `png`, or the container of anything else that was opened.
  package var format: String
  /// Width in pixels, upright.
  package var width: Int
  /// Height in pixels, upright.
  package var height: Int
  /// How many faces it shows.
  @ExplicitNull package var faceCount: Int?
  /// Width of the largest face in pixels.
  @ExplicitNull package var faceWidthPixels: Double?
  /// Share of that face's landmarks inside the photo.
  @ExplicitNull package var faceCompleteness: Double?
  /// Mean luma of the face, 0–255.
  @ExplicitNull package var faceMean: Double?
  /// 95th percentile of the face's luma.
  @ExplicitNull package var faceP95: Double?
  /// Share of the face at luma 250 or above.
  @ExplicitNull package var faceClippedShare: Double?
  /// Variance of the Laplacian of the face's luma at 128 pixels of width.
  @ExplicitNull package var faceSharpness: Double?
}

extension PhotoReport {
  init(_ photo: PhotoInfo) {
    let found = photo.measurements
    func face(_ value: (FaceMeasurement) -> Double) -> Double? {
      found.face.map { value($0).reported }
    }
    self.init(
      path: photo.name, bytes: found.bytes, base64Bytes: Base64Size.encoded(found.bytes),
      md5: photo.md5, format: found.format, width: found.width, height: found.height,
      faceCount: found.faceCount, faceWidthPixels: face(\.widthPixels),
      faceCompleteness: face(\.completeness), faceMean: face(\.light.mean),
      faceP95: face(\.light.p95), faceClippedShare: face(\.light.clippedShare),
      faceSharpness: face(\.sharpness))
  }
}
