internal import MediaIO
internal import Services

/// How a clip is brought under a provider's limits, and why so.
struct FitPlan: Equatable, Sendable {
  /// The cheapest means that satisfies every limit.
  enum Action: Equatable, Sendable {
    /// The bytes are copied as they are.
    case passthrough
    /// The streams are copied into an MP4 with its index in front.
    case remux
    /// A window is copied; the audio is copied too, or encoded at this many bits per second.
    case trim(StreamCut, audioBitRate: Int?)
    /// The video is copied into an MP4; the audio is encoded at this many bits per second.
    case encodeAudio(bitRate: Int)
    /// Pictures and audio are encoded.
    case transcode(TranscodeTarget)

    /// Whether pictures go into the output as they are.
    var copiesPictures: Bool {
      switch self {
      case .passthrough, .remux, .trim, .encodeAudio: true
      case .transcode: false
      }
    }
  }

  let action: Action
  /// One sentence a reason, the decisive one first.
  let reasons: [String]
  /// The window that is kept and why; `nil` keeps all.
  let choice: WindowChoice?
  /// Most bytes that the output may have.
  let byteBudget: Int
  /// Documented limits that the output will break and that no fit can repair; worst first.
  var unmet: [Prediction] = []

  /// The window that is kept, in seconds from the clip's first picture; `nil` keeps all.
  var window: TimeWindow? { choice?.window }

  /// The reasons, with what was spared.
  var allReasons: [String] {
    switch action {
    case .passthrough, .remux, .transcode: reasons
    case .encodeAudio: reasons + ["only the audio is encoded; the video is copied"]
    case .trim(let cut, let audioBitRate):
      reasons + [Self.spared(cut, audioIsCopied: audioBitRate == nil)]
    }
  }

  private static func spared(_ cut: StreamCut, audioIsCopied: Bool) -> String {
    let audio = audioIsCopied ? "" : "; the audio is encoded"
    if cut.isPlain { return "every frame is copied\(audio)" }
    return "\(cut.copiedFrames) frames are copied, "
      + "\(cut.encodedFrames) at the ends are encoded\(audio)"
  }
}

/// What a transcode aims at.
struct TranscodeTarget: Equatable, Sendable {
  /// Upright size in pixels, both even.
  var width: Int
  var height: Int
  /// Bytes for the pictures.
  var videoBytes: Int
  /// Bits per second for the audio, 0 without an audio stream.
  var audioBitRate: Int
  /// Seconds of output.
  var duration: Double
  /// Quality that is held, on x264's scale; `nil` steers it.
  var quality: Double?
  /// Quality to start with where it is steered; `nil` guesses it.
  var startQuality: Double?
}
