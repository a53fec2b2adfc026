/// One value per measure for the judged window: the report's `measurements` object.
///
/// Values are medians over the frames that have one, unless stated otherwise. A value that is not
/// finite is treated as not measured.
public struct MeasurementSummary: Sendable, Equatable {
  /// Frames that were decoded.
  public var framesDecoded: Int
  /// Frames that were measured in the judged window.
  public var framesMeasured: Int
  /// Light.
  public var brightness: Brightness
  /// Blur.
  public var sharpness: Sharpness
  /// Standard deviation of the noise in luma steps.
  public var noise: Double?
  /// The tracked face; `nil` if faces were not measured.
  public var face: Face?
  /// Movement.
  public var motion: Motion
  /// The audio; `nil` if it was not measured.
  public var audio: Audio?
}

// Every key is written; a value that was not measured is an explicit `null`.

extension MeasurementSummary: Codable {
  private enum CodingKeys: String, CodingKey {
    case framesDecoded, framesMeasured, brightness, sharpness, noise, face, motion, audio
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(framesDecoded, forKey: .framesDecoded)
    try keys.encode(framesMeasured, forKey: .framesMeasured)
    try keys.encode(brightness, forKey: .brightness)
    try keys.encode(sharpness, forKey: .sharpness)
    try keys.encodeRounded(noise, forKey: .noise)
    try keys.encode(face, forKey: .face)
    try keys.encode(motion, forKey: .motion)
    try keys.encode(audio, forKey: .audio)
  }
}
