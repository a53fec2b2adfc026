/// Measurements of the audio.
public struct AudioMeasurement: Sendable, Equatable {
  /// Whether there is an audio stream that decodes to at least one sample.
  public var present: Bool
  /// Highest sample in dB below full scale; `-infinity` is written as −120.
  public var peakDBFS: Double?
  /// Integrated loudness by ITU-R BS.1770 in LUFS; `nil` when not measured.
  public var loudnessLUFS: Double?
  /// Loudness of the voiced parts alone in LUFS; `nil` when not measured.
  public var voicedLoudnessLUFS: Double?
  /// Share of the clip in which someone speaks, 0–1; `nil` when not measured.
  public var voicedShare: Double?
  /// The track piece by piece; empty where it was not looked at so closely.
  package var frames: [AudioFrame] = []

  /// Makes an audio measurement.
  public init(
    present: Bool, peakDBFS: Double? = nil, loudnessLUFS: Double? = nil,
    voicedLoudnessLUFS: Double? = nil, voicedShare: Double? = nil
  ) {
    self.present = present
    self.peakDBFS = peakDBFS
    self.loudnessLUFS = loudnessLUFS
    self.voicedLoudnessLUFS = voicedLoudnessLUFS
    self.voicedShare = voicedShare
  }
}
