internal import MediaIO

extension ClipInfo {
  /// The video stream of a clip.
  public struct Video: Sendable, Equatable {
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
    /// Frames per second, on average.
    public var frameRate: Double
    /// Whether the frames are unevenly spaced.
    public var hasVariableFrameRate: Bool
    /// FFmpeg's pixel format.
    public var pixelFormat: String
    /// FFmpeg's name of the transfer characteristic, `unknown` when untagged.
    public var transfer: String
    /// Whether the transfer is PQ or HLG.
    public var isHDR: Bool
    /// Frames that the clip shows.
    public var frameCount: Int
    /// Seconds from the first shown frame to the end of the last.
    public var durationSeconds: Double
    /// Whether the pictures are interlaced.
    public var isInterlaced: Bool

    /// Makes the description of a video stream.
    public init(
      codec: String, width: Int, height: Int, displayWidth: Int, displayHeight: Int,
      rotation: Int = 0, frameRate: Double, hasVariableFrameRate: Bool = false,
      pixelFormat: String = "yuv420p", transfer: String = "unknown", isHDR: Bool = false,
      frameCount: Int, durationSeconds: Double, isInterlaced: Bool = false
    ) {
      self.codec = codec
      self.width = width
      self.height = height
      self.displayWidth = displayWidth
      self.displayHeight = displayHeight
      self.rotation = rotation
      self.frameRate = frameRate
      self.hasVariableFrameRate = hasVariableFrameRate
      self.pixelFormat = pixelFormat
      self.transfer = transfer
      self.isHDR = isHDR
      self.frameCount = frameCount
      self.durationSeconds = durationSeconds
      self.isInterlaced = isInterlaced
    }

    init(_ clip: ProbedClip) {
      let display = clip.video.displaySize
      self.init(
        codec: clip.video.codec.rawValue, width: clip.video.width, height: clip.video.height,
        displayWidth: display.width, displayHeight: display.height,
        rotation: clip.video.orientation.rotation, frameRate: clip.frameRate,
        hasVariableFrameRate: clip.hasVariableFrameRate, pixelFormat: clip.video.pixelFormat,
        transfer: clip.video.color.transfer.name, isHDR: clip.video.color.transfer.isHDR,
        frameCount: clip.frames, durationSeconds: clip.videoDuration,
        isInterlaced: clip.video.isInterlaced)
    }
  }

  /// The audio stream of a clip.
  public struct Audio: Sendable, Equatable {
    /// FFmpeg's codec name.
    public var codec: String
    /// Samples per second.
    public var sampleRate: Int
    /// Channels.
    public var channels: Int

    /// Makes the description of an audio stream.
    public init(codec: String, sampleRate: Int, channels: Int) {
      self.codec = codec
      self.sampleRate = sampleRate
      self.channels = channels
    }
  }

  /// A stream that is not judged.
  public struct OtherStream: Sendable, Equatable {
    /// `video`, `audio`, `data`, `subtitle` or `attachment`.
    public var kind: String
    /// FFmpeg's codec name.
    public var codec: String

    /// Makes the description of a stream.
    public init(kind: String, codec: String) {
      self.kind = kind
      self.codec = codec
    }
  }
}
