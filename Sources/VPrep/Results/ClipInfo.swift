internal import MediaIO

/// Where a duration comes from.
public enum DurationSource: String, Sendable, Codable {
  /// The container's header, which the content agrees with.
  case header
  /// The content's own timestamps, because the header has none or lies.
  case content
}

/// What a clip is: its container, its streams and how long it really is.
public struct ClipInfo: Sendable, Equatable {
  /// The path or the name as it was given; `-` for standard input.
  public var name: String
  /// Size in bytes.
  public var byteCount: Int
  /// MD5 over all bytes, 32 lower-case hexadecimal digits; `nil` in a probe that was not asked for it.
  public var md5: String?
  /// `mp4`, `mov`, `3gp`, `matroska`, `webm`, `avi`, `flv`, `mpegts`, `mpeg` or `asf`.
  public var container: String
  /// Seconds from the first frame or audio sample to the end of the last.
  public var durationSeconds: Double
  /// Where the duration comes from.
  public var durationSource: DurationSource
  /// Bits per second over the whole file.
  public var bitRate: Double
  /// The video stream.
  public var video: Video
  /// The audio stream; `nil` without one.
  public var audio: Audio?
  /// Streams that are not judged.
  public var otherStreams: [OtherStream]
  /// What is wrong with the clip but does not prevent reading it, one sentence each.
  public var warnings: [String]

  /// Makes the description of a clip.
  public init(
    name: String, byteCount: Int, md5: String? = nil, container: String, durationSeconds: Double,
    durationSource: DurationSource = .header, bitRate: Double, video: Video, audio: Audio? = nil,
    otherStreams: [OtherStream] = [], warnings: [String] = []
  ) {
    self.name = name
    self.byteCount = byteCount
    self.md5 = md5
    self.container = container
    self.durationSeconds = durationSeconds
    self.durationSource = durationSource
    self.bitRate = bitRate
    self.video = video
    self.audio = audio
    self.otherStreams = otherStreams
    self.warnings = warnings
  }
}

extension ClipInfo {
  init(_ clip: ProbedClip, md5: String?) {
    self.init(
      name: clip.name, byteCount: clip.byteCount, md5: md5, container: clip.container.rawValue,
      durationSeconds: clip.duration, durationSource: clip.durationSource, bitRate: clip.bitRate,
      video: Video(clip),
      audio: clip.audio.map {
        Audio(codec: $0.codec.rawValue, sampleRate: $0.sampleRate, channels: $0.channels)
      },
      otherStreams: clip.others.map { OtherStream(kind: $0.kind, codec: $0.codec.rawValue) },
      warnings: clip.warnings)
  }
}
