/// Where a duration comes from.
public enum DurationSource: String, Sendable, Codable {
  /// The container's header, which the content agrees with.
  case header
  /// The content's own timestamps, because the header has none or lies.
  case content
}

/// What a clip is: the report's `input` object.
public struct InputReport: Sendable, Codable, Equatable {
  /// The path as it was given; `-` for standard input.
  public var path: String
  /// Size in bytes.
  public var bytes: Int
  /// MD5 over all bytes, 32 hexadecimal digits; `null` in a probe that was not asked for it.
  @ExplicitNull public var md5: String?
  /// `mp4`, `mov`, `3gp`, `matroska`, `webm`, `avi`, `flv`, `mpegts`, `mpeg` or `asf`.
  public var container: String
  /// Seconds from the first picture or sound to the end of both.
  public var durationSeconds: Double
  /// Where the duration comes from.
  public var durationSource: DurationSource
  /// Bits a second over the whole file.
  public var bitRate: Double
  /// The video stream.
  public var video: Video
  /// The sound track.
  @ExplicitNull public var audio: Audio?
  /// Streams that are not judged.
  public var otherStreams: [OtherStream]
  /// What the clip had to be forgiven, one sentence each.
  public var warnings: [String]

  /// The video stream.
  public struct Video: Sendable, Codable, Equatable {
    /// FFmpeg's codec name.
    public var codec: String
    /// Coded width in pixels.
    public var width: Int
    /// Coded height in pixels.
    public var height: Int
    /// Width in pixels as a viewer sees it: square pixels, upright.
    public var displayWidth: Int
    /// Height in pixels as a viewer sees it.
    public var displayHeight: Int
    /// Degrees counter-clockwise, as `ffprobe` prints it: −90 for a phone held upright.
    public var rotation: Int
    /// Frames a second, on average.
    public var frameRate: Double
    /// Whether the frames are unevenly spaced.
    public var variableFrameRate: Bool
    /// FFmpeg's pixel format.
    public var pixelFormat: String
    /// FFmpeg's name of the transfer characteristic, `unknown` when untagged.
    public var transfer: String
    /// Whether the transfer is PQ or HLG.
    public var hdr: Bool
    /// Frames that the clip shows.
    public var frames: Int
    /// Seconds from the first shown frame to the end of the last.
    public var durationSeconds: Double
    /// Whether the pictures are interlaced.
    public var interlaced: Bool
  }

  /// The sound track.
  public struct Audio: Sendable, Codable, Equatable {
    /// FFmpeg's codec name.
    public var codec: String
    /// Samples a second.
    public var sampleRate: Int
    /// Channels.
    public var channels: Int
  }

  /// A stream that is not judged.
  public struct OtherStream: Sendable, Codable, Equatable {
    /// `video`, `audio`, `data`, `subtitle` or `attachment`.
    public var kind: String
    /// FFmpeg's codec name.
    public var codec: String
  }
}

extension InputReport {
  init(_ clip: ProbedClip, md5: String?) {
    let display = clip.video.displaySize
    self.init(
      path: clip.name, bytes: clip.byteCount, md5: md5, container: clip.container,
      durationSeconds: clip.duration.rounded(decimals: 6), durationSource: clip.durationSource,
      bitRate: clip.bitRate.rounded(),
      video: Video(
        codec: clip.video.codec, width: clip.video.width, height: clip.video.height,
        displayWidth: display.width, displayHeight: display.height,
        rotation: clip.video.orientation.rotation,
        frameRate: clip.frameRate.rounded(decimals: 3),
        variableFrameRate: clip.hasVariableFrameRate, pixelFormat: clip.video.pixelFormat,
        transfer: clip.video.color.transfer.name, hdr: clip.video.color.transfer.isHDR,
        frames: clip.frames,
        durationSeconds: clip.videoDuration.rounded(decimals: 6),
        interlaced: clip.video.isInterlaced),
      audio: clip.audio.map {
        Audio(codec: $0.codec, sampleRate: $0.sampleRate, channels: $0.channels)
      },
      otherStreams: clip.others.map { OtherStream(kind: $0.kind, codec: $0.codec) },
      warnings: clip.warnings)
  }
}
