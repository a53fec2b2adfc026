internal import MediaIO
internal import ProviderRules

/// How a clip is brought under a provider's limits, and why so.
struct FitPlan: Equatable, Sendable {
  /// The cheapest means that satisfies every limit.
  enum Action: Equatable, Sendable {
    /// The bytes are copied as they are.
    case passthrough
    /// The streams are copied into an MP4 with its index in front.
    case remux
    /// A stretch is copied; the sound too, or encoded anew at so many bits a second.
    case trim(StreamCut, soundBitRate: Int?)
    /// The pictures are copied into an MP4, the sound is encoded anew at so many bits a second.
    case encodeSound(bitRate: Int)
    /// Pictures and sound are encoded anew.
    case transcode(TranscodeTarget)

    /// Whether pictures go into the output as they are.
    var copiesPictures: Bool {
      switch self {
      case .passthrough, .remux, .trim, .encodeSound: true
      case .transcode: false
      }
    }
  }

  let action: Action
  /// One sentence a reason, the decisive one first.
  let reasons: [String]
  /// The stretch that is kept and why; `nil` keeps all.
  let choice: WindowChoice?
  /// Most bytes that the output may have.
  let byteBudget: Int
  /// Documented limits that the output will break, because no fit can mend what it lacks; worst first.
  var unmet: [Prediction] = []

  /// The stretch that is kept, in seconds from the clip's first picture; `nil` keeps all.
  var window: TimeWindow? { choice?.window }

  /// The reasons, with what was spared.
  var allReasons: [String] {
    switch action {
    case .passthrough, .remux, .transcode: reasons
    case .encodeSound: reasons + ["only the sound is encoded anew, the pictures are copied"]
    case .trim(let cut, let soundBitRate):
      reasons + [Self.spared(cut, soundIsCopied: soundBitRate == nil)]
    }
  }

  private static func spared(_ cut: StreamCut, soundIsCopied: Bool) -> String {
    let sound = soundIsCopied ? "" : "; the sound is encoded anew"
    if cut.isPlain { return "every picture is copied\(sound)" }
    return "\(cut.copiedFrames) pictures are copied, "
      + "\(cut.encodedFrames) beside the key frames are encoded anew\(sound)"
  }
}

/// What a transcode aims at.
struct TranscodeTarget: Equatable, Sendable {
  /// Upright size in pixels, both even.
  var width: Int
  var height: Int
  /// Bytes for the pictures.
  var videoBytes: Int
  /// Bits a second for the sound, 0 without a sound track.
  var audioBitRate: Int
  /// Seconds of output.
  var duration: Double
  /// Quality that is held, on x264's scale; `nil` steers it.
  var quality: Double?
  /// Quality to start with where it is steered; `nil` guesses it.
  var startQuality: Double?
}

/// Plans a fit from what is known about the clip; reads and writes nothing.
struct FitPlanner {
  var clip: ProbedClip
  let limits: ProviderLimits
  /// The caller's own limit, below the provider's.
  let maximumBytes: Int?
  /// The caller's choice, which wins; one that holds the whole clip keeps all.
  let window: TimeWindow?
  /// What the provider wants to see of a clip that is shortened; `nil` never shortens one unasked.
  var policy: WindowPolicy?
  /// The clip as it was judged; without it nothing is shortened unasked.
  var timeline: JudgedTimeline?
  /// Whom the output is for; `nil` asks nobody whether its documented limits are met.
  var recipient: Recipient?

  /// Whether data that may identify people stay in what is copied.
  var keepsMetadata = false

  /// Codecs that an MP4 holds and every FFmpeg reads.
  private static let copyableVideo: Set<String> = ["h264", "hevc", "mpeg4", "av1"]
  private static let copyableAudio: Set<String> = ["aac", "mp3"]

  /// Bytes that the index of an MP4 needs, in all and for each frame of video and of AAC.
  ///
  /// Tables of size, composition offset, time-to-sample, sync and chunk; 12 a frame were measured.
  private static let indexBytes = (fixed: 1400, videoFrame: 14, audioFrame: 9)
  /// Bits that one pixel of one frame should get: below it x264's veryfast preset shows blocks.
  private static let bitsPerPixel = 0.05
  /// The share of the source's own bits, as H.264, with which its pixels are kept where it has fewer.
  private static let leastOfSource = 0.8

  /// The most bytes that the output may have.
  var limit: Int { min(limits.maximumBytes, maximumBytes ?? .max) }
  var isTooLarge: Bool { clip.byteCount > limit }

  func plan() -> FitPlan {
    named(unmetOf: cheapestPlan())
  }

  private func cheapestPlan() -> FitPlan {
    var reasons = self.reasons
    let choice = keptStretch
    if let choice { reasons.append(choice.reason) }
    if reasons.isEmpty {
      return FitPlan(
        action: .passthrough, reasons: ["the clip already meets every limit"], choice: nil,
        byteBudget: limit)
    }
    reasons += changes.filter { !reasons.contains($0) }
    if copiesPictures, let action = copy(choice) {
      return FitPlan(action: action, reasons: reasons, choice: choice, byteBudget: limit)
    }
    if !clip.packets.hasTimes {
      reasons.append("its pictures come without the times at which they are shown")
    }
    return transcode(choice, budget: limit, reasons: reasons)
  }

  /// The means of copying all or a stretch; `nil` where there is none within the limit.
  private func copy(_ choice: WindowChoice?) -> FitPlan.Action? {
    if let choice { return trim(choice.window) }
    guard !isTooLarge else { return nil }
    // What is hidden between shown pictures is left out as at the ends of a stretch.
    if clip.packets.hidesBetween { return trim(TimeWindow(start: 0, end: .infinity)) }
    if soundIsCopied { return .remux }
    return soundBitRate(
      beside: clip.videoBytes, seconds: clip.duration, within: min(limit, clip.byteCount)
    ).map { .encodeSound(bitRate: $0) }
  }

  /// Whether the pictures can stand in an MP4 as they are.
  var copiesPictures: Bool {
    unsafeVideo == nil && pictureFitsMP4 && !clip.isDamaged && clip.packets.hasTimes
      && !clip.picturesGoBack && !clip.contents.videoChanges && clip.pictureSizes.isConstant
      && (clip.decodesCleanly || !clip.isDecoded)
      && (keepsMetadata || !clip.contents.holdsUserData
        || UserDataFilter.cleans(clip.video.codec))
  }

  private func transcode(_ choice: WindowChoice?, budget limit: Int, reasons: [String]) -> FitPlan {
    let kept = choice.map { min($0.window.end, clip.videoDuration) - $0.window.start }
    let seconds = min(kept ?? clip.duration, clip.duration)
    let budget = min(limit, sourceBytes(seconds: seconds))
    let target = target(budget: budget, duration: seconds, window: choice?.window)
    return FitPlan(
      action: .transcode(target), reasons: reasons, choice: choice, byteBudget: budget)
  }

  /// What the clip would have as H.264: more bytes would not bring back what it lost.
  ///
  /// For a stretch of it half as many again are allowed for what a second encoding loses, and never more
  /// than for all.
  private func sourceBytes(seconds: Double) -> Int {
    let pictures = Double(clip.videoBytes)
    let whole =
      Double(clip.byteCount) + pictures * (CodecEfficiency.h264Bytes(for: clip.video.codec) - 1)
    let share = clip.duration > 0 ? min(1, seconds / clip.duration) : 1
    let bytes = share < 1 ? min(whole * share * 1.5 + Self.smallestStretch, whole) : whole
    return max(Int(saturating: min(bytes, Double(limits.maximumBytes))), 1)
  }

  /// Bytes that a stretch of any clip may have beside its share: an index, and a key frame that the
  /// source had elsewhere.
  private static let smallestStretch = 16_384.0

  /// The plan after an encode told what sizes the pictures have.
  func retargeted(_ plan: FitPlan) -> FitPlan {
    named(unmetOf: transcode(plan.choice, budget: plan.byteBudget, reasons: plan.reasons))
  }

  /// The plan after a copy proved impossible.
  func transcodeInstead(of plan: FitPlan, because reason: String) -> FitPlan {
    named(
      unmetOf: transcode(plan.choice, budget: plan.byteBudget, reasons: plan.reasons + [reason]))
  }

  var unsafeVideo: String? {
    guard let safe = limits.safeVideoCodecs, !safe.contains(clip.video.codec) else { return nil }
    return clip.video.codec
  }

  var unsafeAudio: String? {
    guard let safe = limits.safeAudioCodecs, let audio = clip.audio, !safe.contains(audio.codec)
    else { return nil }
    return audio.codec
  }

  var pictureFitsMP4: Bool { Self.copyableVideo.contains(clip.video.codec) }

  var soundFitsMP4: Bool {
    clip.audio.map { Self.copyableAudio.contains($0.codec) } ?? true
  }

  var soundIsCopied: Bool {
    unsafeAudio == nil && soundFitsMP4 && !clip.contents.audioChanges && !clip.soundGoesBack
  }

  /// The rate for new sound beside copied pictures: what the old sound took, at most AAC's transparent
  /// rate; `nil` where the pictures leave too little room.
  func soundBitRate(beside pictures: Int, seconds: Double, within limit: Int) -> Int? {
    guard let audio = clip.audio, clip.duration > 0, seconds > 0 else { return nil }
    let old = Double(max(0, clip.byteCount - clip.videoBytes)) * 8 / clip.duration
    let room = Double(limit - pictures - indexBytes(seconds: seconds)) * 8
    let rate = min(
      Self.transparentSound(channels: audio.channels), max(old, Self.leastSound), room / seconds)
    // AAC's encoder may exceed its rate a little on a short clip.
    return rate >= Self.leastSound ? Int(saturating: rate * 0.93) : nil
  }

  /// Bits a second with which speech survives AAC.
  private static let leastSound = 24_000.0

  private static func transparentSound(channels: Int) -> Double {
    channels > 1 ? 128_000 : 96_000
  }

  func indexBytes(seconds: Double) -> Int {
    let frames = max(1, clip.frameRate * seconds)
    let rate = clip.audio.map { AudioEncoder.sampleRate(for: $0.sampleRate) } ?? 0
    let blocks = Double(rate) * seconds / 1024
    let bytes =
      frames * Double(Self.indexBytes.videoFrame) + blocks * Double(Self.indexBytes.audioFrame)
    return Self.indexBytes.fixed + Int(min(bytes, 1e12))
  }

  /// Divides the bytes between sound, pictures and index, then finds a picture size that the rate
  /// can fill.
  ///
  /// - Parameter window: the stretch that is kept, for the sizes of its pictures and of the face.
  func target(budget: Int, duration: Double, window: TimeWindow? = nil) -> TranscodeTarget {
    let seconds = max(duration, 0.04)
    let available = Double(max(0, budget - indexBytes(seconds: seconds))) * 8 / seconds
    let audio = clip.audio.map { Self.audioBitRate(channels: $0.channels, available: available) }
    let video = max(available - Double(audio ?? 0), 10_000)
    let size = pictureSize(bitRate: video, window: window)
    return TranscodeTarget(
      width: size.width, height: size.height, videoBytes: Int(saturating: video * seconds / 8),
      audioBitRate: audio ?? 0, duration: seconds)
  }

  /// AAC's transparent rate where it fits, else a tenth of what there is; speech survives 24 kbit/s.
  private static func audioBitRate(channels: Int, available: Double) -> Int {
    Int(saturating: max(leastSound, min(transparentSound(channels: channels), available / 10)))
  }

  /// The display size, even, shrunk until each pixel gets its bits; never below what the face's limits
  /// need, nor below 480 × 640 unless the source is.
  private func pictureSize(bitRate: Double, window: TimeWindow?) -> (width: Int, height: Int) {
    let (width, height) = clip.commonSize(in: window)
    let pixels = max(Double(width) * Double(height) * max(clip.frameRate, 1), 1)
    let affordable = (bitRate / (neededBits(pixels: pixels) * pixels)).squareRoot()
    let floor = max(
      Double(limits.minimumShortSide) / Double(max(1, min(width, height))),
      Double(limits.minimumLongSide) / Double(max(1, max(width, height))),
      timeline?.leastScale(window) ?? 0)
    let scale = min(1, max(affordable, floor))
    return (Self.even(Double(width) * scale), Self.even(Double(height) * scale))
  }

  /// Bits that a pixel needs to be worth keeping: where the source made do with fewer, so can the output.
  ///
  /// - Parameter pixels: a second of the source.
  private func neededBits(pixels: Double) -> Double {
    guard clip.videoDuration > 0, clip.videoBytes > 0 else { return Self.bitsPerPixel }
    let bytes = Double(clip.videoBytes) * CodecEfficiency.h264Bytes(for: clip.video.codec)
    let own = bytes * 8 / clip.videoDuration / pixels
    return min(Self.bitsPerPixel, own * Self.leastOfSource)
  }

  static func even(_ value: Double) -> Int { max(2, Int(saturating: value.rounded()) & ~1) }
}
