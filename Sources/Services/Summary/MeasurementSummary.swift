/// One value a measure for the judged stretch of a clip: the report's `measurements` object.
///
/// Values are medians over the frames that have one; what differs says so. A value that is not a
/// finite number is left out like one that was not measured.
public struct MeasurementSummary: Sendable, Equatable {
  /// Frames that were decoded.
  public var framesDecoded: Int
  /// Frames that were measured in the judged stretch.
  public var framesMeasured: Int
  /// Light.
  public var brightness: Brightness
  /// Blur.
  public var sharpness: Sharpness
  /// Standard deviation of the noise in luma steps.
  public var noise: Double?
  /// The face; `nil` when faces were not looked for.
  public var face: Face?
  /// Movement.
  public var motion: Motion
  /// The sound track; `nil` when it was not looked at.
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
