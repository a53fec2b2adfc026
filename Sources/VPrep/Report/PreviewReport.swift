/// One preview picture: an entry of the report's `previews`.
package struct PreviewReport: Sendable, Codable, Equatable {
  /// Seconds from the clip's start.
  package var t: Double
  /// Width in pixels.
  package var width: Int
  /// Height in pixels.
  package var height: Int
  /// Size of the JPEG in bytes.
  package var bytes: Int
  /// How good the frame is, 0–1.
  package var score: Double
  /// Why the frame was chosen.
  package var reason: String
  /// The JPEG as a URI: `data:image/jpeg;base64,…`; in the lines of a batch the file below its folder,
  /// such as `previews/visit-1.jpg`.
  package var image: String
}

extension PreviewReport {
  init(_ preview: Preview) {
    self.init(
      t: preview.seconds.rounded(decimals: 3), width: preview.width, height: preview.height,
      bytes: preview.jpeg.count, score: preview.score.reported, reason: preview.reason,
      image: JPEGDataURI.text(preview.jpeg))
  }
}
