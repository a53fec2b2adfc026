/// What the container and the streams say about a clip, after rotation.
public struct ClipFacts: Sendable, Equatable {
  /// The demuxer's family: `mp4`, `mov`, `matroska`, `webm`, `avi`, `flv`, `mpegts`, `mpeg`, `asf`, `3gp`.
  public var container: String
  /// Size of the file in bytes.
  public var bytes: Int
  /// Duration in seconds; from the content if the header's is wrong.
  public var durationSeconds: Double
  /// FFmpeg's name of the video codec, such as `h264`.
  public var videoCodec: String
  /// FFmpeg's name of the audio codec; `nil` without audio.
  public var audioCodec: String?
  /// Width in pixels as a viewer sees it.
  public var displayWidth: Int
  /// Height in pixels as a viewer sees it.
  public var displayHeight: Int
  /// Mean frames per second.
  public var frameRate: Double
  /// Bits per second, averaged over the whole file.
  public var bitRate: Double
  /// Frames that were decoded.
  public var framesDecoded: Int
  /// Packets or frames that the decoder reported as damaged.
  public var decodeErrors: Int
  /// Seconds that the header promises beyond the content, as where an upload broke off; 0 otherwise.
  public var missingSeconds: Double

  /// Makes the facts of a clip.
  public init(
    container: String, bytes: Int, durationSeconds: Double, videoCodec: String,
    audioCodec: String?, displayWidth: Int, displayHeight: Int, frameRate: Double,
    bitRate: Double, framesDecoded: Int, decodeErrors: Int = 0,
    missingSeconds: Double = 0
  ) {
    self.container = container
    self.bytes = bytes
    self.durationSeconds = durationSeconds
    self.videoCodec = videoCodec
    self.audioCodec = audioCodec
    self.displayWidth = displayWidth
    self.displayHeight = displayHeight
    self.frameRate = frameRate
    self.bitRate = bitRate
    self.framesDecoded = framesDecoded
    self.decodeErrors = decodeErrors
    self.missingSeconds = missingSeconds
  }
}
