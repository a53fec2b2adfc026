internal import Services

/// How a clip was fitted: the report's `fit` object.
public struct FitReport: Sendable, Codable, Equatable {
  /// The means that was used, the least destructive first.
  public enum Action: String, Sendable, Codable {
    /// The bytes were copied as they are.
    case passthrough
    /// The streams were copied into an MP4.
    case remux
    /// A stretch was cut out by copying; the reasons say what little was encoded anew at its ends.
    case trimCopy = "trim-copy"
    /// Pictures, sound or both were encoded anew; the reasons say which.
    case transcode
  }

  /// The stretch that was kept.
  public struct Window: Sendable, Codable, Equatable {
    /// Seconds from the clip's start.
    public var start: Double
    /// Seconds from the clip's start.
    public var end: Double
    /// Why this stretch.
    public var why: String
  }

  /// The file that was written.
  public struct Output: Sendable, Codable, Equatable {
    /// Where it stands.
    public var path: String
    /// Size in bytes.
    public var bytes: Int
    /// Size after Base64, in characters.
    public var base64Bytes: Int
    /// MD5 over all bytes, 32 hexadecimal digits.
    public var md5: String
    /// Container.
    public var container: String
    /// Seconds.
    public var durationSeconds: Double
    /// Width in pixels as a viewer sees it.
    public var width: Int
    /// Height in pixels as a viewer sees it.
    public var height: Int
    /// FFmpeg's codec name.
    public var videoCodec: String
    /// FFmpeg's codec name; `null` without sound.
    @ExplicitNull public var audioCodec: String?
    /// Whether these very bytes were checked: every packet compared with the clip's where all were
    /// copied, else every picture and the whole sound track decoded without an error.
    public var verified: Bool
  }

  /// The means that was used.
  public var action: Action
  /// Why, one sentence a reason.
  public var reasons: [String]
  /// The stretch that was kept; `null` keeps all.
  @ExplicitNull public var window: Window?
  /// The file that was written; `null` where the fit was only planned.
  @ExplicitNull public var output: Output?
  /// Encoding runs that were needed; 1 without encoding, 0 where the fit was only planned.
  public var attempts: Int
  /// Codes that the output is judged worse by than the clip was, worst first; `null` where the two
  /// were not compared.
  @ExplicitNull public var worsened: [String]? = nil
  /// Codes of documented limits that the output breaks because no fit can mend what the clip lacks, worst
  /// first.
  public var unmet: [String] = []
}

extension FitReport {
  init(_ plan: FitPlan, output: Output?, attempts: Int) {
    let action: Action =
      switch plan.action {
      case .passthrough: .passthrough
      case .remux: .remux
      case .trim: .trimCopy
      case .encodeSound, .transcode: .transcode
      }
    self.init(
      action: action, reasons: plan.allReasons,
      window: plan.choice.map {
        Window(start: $0.window.start, end: $0.window.end, why: $0.why)
      },
      output: output, attempts: attempts, unmet: plan.unmet.map(\.code))
  }
}

extension FitReport.Output {
  init(_ clip: ProbedClip, path: String, md5: String, verified: Bool) {
    let display = clip.video.displaySize
    self.init(
      path: path, bytes: clip.byteCount, base64Bytes: Base64Size.encoded(clip.byteCount),
      md5: md5, container: clip.container, durationSeconds: clip.duration.rounded(decimals: 6),
      width: display.width, height: display.height, videoCodec: clip.video.codec,
      audioCodec: clip.audio?.codec, verified: verified)
  }
}
