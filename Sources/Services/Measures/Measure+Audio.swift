/// The audio stream.
extension Measure {
  static let audioPresent = whole(
    "audio.present", .count, "1 with a sound track that decodes, 0 without", need: .audio
  ) { evidence in
    if let audio = evidence.clip.audio { return audio.present ? 1 : 0 }
    return evidence.clip.file.audioCodec == nil ? 0 : nil
  }

  static let peakDBFS = whole("audio.peakDBFS", .dBFS, "highest sample", need: .audio) {
    $0.present?.peakDBFS
  }

  static let voicedLoudness = whole(
    "audio.voicedLoudnessLUFS", .lufs,
    "loudness of the voiced parts, or of the whole track where they are not told apart",
    need: .audio
  ) { $0.present?.voicedLoudnessLUFS ?? $0.present?.loudnessLUFS }

  static let voicedShare = whole(
    "audio.voicedShare", .share, "share of the clip in which someone speaks", need: .audio
  ) { $0.present?.voicedShare }

  static let audioMeasures: [Measure] = [audioPresent, peakDBFS, voicedLoudness, voicedShare]
}

extension Evidence {
  /// What was measured on an audio stream that is there.
  fileprivate var present: AudioMeasurement? {
    clip.audio.flatMap { $0.present ? $0 : nil }
  }
}
