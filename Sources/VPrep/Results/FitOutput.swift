/// A file that `fit` or `prepare` wrote.
public struct FitOutput: Sendable, Equatable {
  /// Where it stands.
  public var path: String
  /// Size in bytes.
  public var byteCount: Int
  /// MD5 over all bytes, 32 lower-case hexadecimal digits.
  public var md5: String
  /// Container, named as in ``ClipInfo/container``.
  public var container: String
  /// Seconds.
  public var durationSeconds: Double
  /// Width in pixels as a viewer sees it.
  public var width: Int
  /// Height in pixels as a viewer sees it.
  public var height: Int
  /// FFmpeg's codec name.
  public var videoCodec: String
  /// FFmpeg's codec name; `nil` without audio.
  public var audioCodec: String?
  /// Whether the file was verified: every packet compared with the clip's if all were copied, else
  /// all video and audio decoded without an error.
  public var isVerified: Bool
  /// Number of attempts; 1 without encoding.
  public var attempts: Int
  /// How well the pictures were encoded; `nil` where they were copied.
  public var quality: FitQuality?

  /// Makes the description of an output.
  public init(
    path: String, byteCount: Int, md5: String, container: String, durationSeconds: Double,
    width: Int, height: Int, videoCodec: String, audioCodec: String? = nil, isVerified: Bool = true,
    attempts: Int = 1, quality: FitQuality? = nil
  ) {
    self.path = path
    self.byteCount = byteCount
    self.md5 = md5
    self.container = container
    self.durationSeconds = durationSeconds
    self.width = width
    self.height = height
    self.videoCodec = videoCodec
    self.audioCodec = audioCodec
    self.isVerified = isVerified
    self.attempts = attempts
    self.quality = quality
  }
}

extension FitOutput {
  init(
    _ clip: ProbedClip, path: String, md5: String, isVerified: Bool, attempts: Int,
    quality: FitQuality?
  ) {
    let display = clip.video.displaySize
    self.init(
      path: path, byteCount: clip.byteCount, md5: md5, container: clip.container.rawValue,
      durationSeconds: clip.duration, width: display.width, height: display.height,
      videoCodec: clip.video.codec.rawValue, audioCodec: clip.audio?.codec.rawValue,
      isVerified: isVerified,
      attempts: attempts, quality: quality)
  }
}
