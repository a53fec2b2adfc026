/// What a clip is: the report's `input` object.
package struct InputReport: Sendable, Codable, Equatable {
  /// The path as it was given; `-` for standard input.
  package var path: String
  /// Size in bytes.
  package var bytes: Int
  /// MD5 over all bytes, 32 hexadecimal digits; `null` in a probe that was not asked for it.
  @ExplicitNull package var md5: String?
  /// `mp4`, `mov`, `3gp`, `matroska`, `webm`, `avi`, `flv`, `mpegts`, `mpeg` or `asf`.
  package var container: String
  /// Seconds from the first picture or audio to the end of both.
  package var durationSeconds: Double
  /// Where the duration comes from.
  package var durationSource: DurationSource
  /// Bits per second over the whole file.
  package var bitRate: Double
  /// The video stream.
  package var video: Video
  /// The audio stream.
  @ExplicitNull package var audio: Audio?
  /// Streams that are not judged.
  package var otherStreams: [OtherStream]
  /// What the clip had to be forgiven, one sentence each.
  package var warnings: [String]

  /// The video stream.
  package struct Video: Sendable, Codable, Equatable {
    /// FFmpeg's codec name.
    package var codec: String
    /// Coded width in pixels.
    package var width: Int
    /// Coded height in pixels.
    package var height: Int
    /// Width in pixels as a viewer sees it: square pixels, upright.
    package var displayWidth: Int
    /// Height in pixels as a viewer sees it.
    package var displayHeight: Int
    /// Degrees counter-clockwise, as `ffprobe` prints it: −90 for a phone held upright.
    package var rotation: Int
    /// Frames per second, on average.
    package var frameRate: Double
    /// Whether the frames are unevenly spaced.
    package var variableFrameRate: Bool
    /// FFmpeg's pixel format.
    package var pixelFormat: String
    /// FFmpeg's name of the transfer characteristic, `unknown` when untagged.
    package var transfer: String
    /// Whether the transfer is PQ or HLG.
    package var hdr: Bool
    /// Frames that the clip shows.
    package var frames: Int
    /// Seconds from the first shown frame to the end of the last.
    package var durationSeconds: Double
    /// Whether the pictures are interlaced.
    package var interlaced: Bool
  }

  /// The audio stream.
  package struct Audio: Sendable, Codable, Equatable {
    /// FFmpeg's codec name.
    package var codec: String
    /// Samples per second.
    package var sampleRate: Int
    /// Channels.
    package var channels: Int
  }

  /// A stream that is not judged.
  package struct OtherStream: Sendable, Codable, Equatable {
    /// `video`, `audio`, `data`, `subtitle` or `attachment`.
    package var kind: String
    /// FFmpeg's codec name.
    package var codec: String
  }
}

extension InputReport {
  init(_ clip: ClipInfo) {
    self.init(
      path: clip.name, bytes: clip.byteCount, md5: clip.md5, container: clip.container,
      durationSeconds: clip.durationSeconds.rounded(decimals: 6),
      durationSource: clip.durationSource, bitRate: clip.bitRate.rounded(),
      video: Video(clip.video),
      audio: clip.audio.map {
        Audio(codec: $0.codec, sampleRate: $0.sampleRate, channels: $0.channels)
      },
      otherStreams: clip.otherStreams.map { OtherStream(kind: $0.kind, codec: $0.codec) },
      warnings: clip.warnings)
  }
}

extension InputReport.Video {
  init(_ video: ClipInfo.Video) {
    self.init(
      codec: video.codec, width: video.width, height: video.height,
      displayWidth: video.displayWidth, displayHeight: video.displayHeight,
      rotation: video.rotation, frameRate: video.frameRate.rounded(decimals: 3),
      variableFrameRate: video.hasVariableFrameRate, pixelFormat: video.pixelFormat,
      transfer: video.transfer, hdr: video.isHDR, frames: video.frameCount,
      durationSeconds: video.durationSeconds.rounded(decimals: 6),
      interlaced: video.isInterlaced)
  }
}
