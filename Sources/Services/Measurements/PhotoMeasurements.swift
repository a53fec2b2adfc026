/// What was measured on the photo that the clip is compared with (Tencent's `ImageUrl`).
public struct PhotoMeasurements: Sendable, Equatable {
  /// Size of the file in bytes.
  public var bytes: Int
  /// What the content is: `jpeg`, `png`, or FFmpeg's name of anything else.
  public var format: String
  /// Width in pixels, upright.
  public var width: Int
  /// Height in pixels, upright.
  public var height: Int
  /// How many faces it shows; `nil` when faces were not looked for.
  public var faceCount: Int?
  /// The largest face; `nil` when there is none or faces were not looked for.
  public var face: FaceMeasurement?

  /// Makes the measurements of a photo.
  public init(
    bytes: Int, format: String, width: Int, height: Int, faceCount: Int? = nil,
    face: FaceMeasurement? = nil
  ) {
    self.bytes = bytes
    self.format = format
    self.width = width
    self.height = height
    self.faceCount = faceCount
    self.face = face
  }
}
