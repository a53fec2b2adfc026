extension MeasurementSummary {
  /// Movement over the clip; `nil` when it was not looked at.
  public struct Motion: Sendable, Equatable {
    /// Shake of the whole picture.
    public var globalShake: Double?
    /// Range of the head's turn and place.
    public var headMotion: Double?
    /// Actions of the face, in the order of time; `nil` without a face.
    public var actions: [FaceAction]?
  }

  /// The audio stream.
  public struct Audio: Sendable, Equatable {
    /// Whether there is an audio stream that decodes.
    public var present: Bool
    /// Integrated loudness in LUFS.
    public var loudnessLUFS: Double?
    /// Loudness of the parts in which someone speaks, in LUFS.
    public var voicedLoudnessLUFS: Double?
    /// Highest sample in dB below full scale.
    public var peakDBFS: Double?
    /// Share of the clip in which someone speaks.
    public var voicedShare: Double?
  }
}

// Every key is written; a value that was not measured is an explicit `null`.

extension MeasurementSummary.Motion: Codable {
  private enum CodingKeys: String, CodingKey {
    case globalShake, headMotion, actions
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encodeRounded(globalShake, forKey: .globalShake)
    try keys.encodeRounded(headMotion, forKey: .headMotion)
    try keys.encode(actions, forKey: .actions)
  }
}

extension MeasurementSummary.Audio: Codable {
  private enum CodingKeys: String, CodingKey {
    case present, loudnessLUFS, voicedLoudnessLUFS, peakDBFS, voicedShare
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(present, forKey: .present)
    try keys.encodeRounded(loudnessLUFS, forKey: .loudnessLUFS)
    try keys.encodeRounded(voicedLoudnessLUFS, forKey: .voicedLoudnessLUFS)
    try keys.encodeRounded(peakDBFS, forKey: .peakDBFS)
    try keys.encodeRounded(voicedShare, forKey: .voicedShare)
  }
}
