internal import Kernels

/// One preview picture: an entry of the report's `previews`.
public struct PreviewReport: Sendable, Codable, Equatable {
  /// Seconds from the clip's start.
  public var t: Double
  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// Size of the JPEG in bytes.
  public var bytes: Int
  /// How good the frame is, 0–1.
  public var score: Double
  /// The JPEG as a data URI: `data:image/jpeg;base64,…`.
  public var image: String
}

extension PreviewReport {
  init(_ picture: PreviewRenderer.Picture) {
    self.init(
      t: picture.choice.time.rounded(decimals: 3), width: picture.width, height: picture.height,
      bytes: picture.jpeg.count, score: picture.choice.score.rounded(decimals: 4),
      image: "data:image/jpeg;base64," + Base64.encode(picture.jpeg.span))
  }
}
