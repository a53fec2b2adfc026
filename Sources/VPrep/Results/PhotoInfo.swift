public import Services

/// The photo that a clip is compared with, and what was measured on it.
public struct PhotoInfo: Sendable, Equatable {
  /// The path or the name as it was given.
  public var name: String
  /// MD5 over all bytes, 32 lower-case hexadecimal digits: the request's `ImageMd5`.
  public var md5: String
  /// What was measured on it.
  public var measurements: PhotoMeasurements

  /// Makes the description of a photo.
  public init(name: String, md5: String, measurements: PhotoMeasurements) {
    self.name = name
    self.md5 = md5
    self.measurements = measurements
  }
}
