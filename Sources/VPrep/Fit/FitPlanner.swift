internal import MediaIO
internal import Services

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
  var recipient: Judge?

  /// Whether data that may identify people stay in what is copied.
  var keepsMetadata = false

  /// Whether an MP4 holds video of a codec, and every FFmpeg reads it there.
  static func copies(_ codec: CodecName) -> Bool { copyableVideo.contains(codec) }
  /// The same of audio.
  static func copies(audio codec: CodecName) -> Bool { copyableAudio.contains(codec) }

  private static let copyableVideo: Set<CodecName> = [.h264, .hevc, .mpeg4, .av1]
  private static let copyableAudio: Set<CodecName> = [.aac, .mp3]

  /// The most bytes that the output may have.
  var limit: Int { min(limits.maximumBytes, maximumBytes ?? .max) }
  var isTooLarge: Bool { clip.byteCount > limit }

  func plan() -> FitPlan {
    named(unmetOf: cheapestPlan())
  }

  private func cheapestPlan() -> FitPlan {
    var reasons = self.reasons
    let choice = keptWindow
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
      reasons.append("its frames have no presentation timestamps")
    }
    return transcode(choice, budget: limit, reasons: reasons)
  }

  /// The action that copies the clip or a window of it; `nil` if there is none within the limit.
  private func copy(_ choice: WindowChoice?) -> FitPlan.Action? {
    if let choice { return trim(choice.window) }
    guard !isTooLarge else { return nil }
    // What is hidden between shown pictures is left out as at the ends of a window.
    if clip.packets.hidesBetween { return trim(TimeWindow(start: 0, end: .infinity)) }
    if audioIsCopied { return .remux }
    return audioBitRate(
      beside: clip.videoBytes, seconds: clip.duration, within: min(limit, clip.byteCount)
    ).map { .encodeAudio(bitRate: $0) }
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

  /// The plan after an encode told what sizes the pictures have.
  func retargeted(_ plan: FitPlan) -> FitPlan {
    named(unmetOf: transcode(plan.choice, budget: plan.byteBudget, reasons: plan.reasons))
  }

  /// The plan after a copy proved impossible.
  func transcodeInstead(of plan: FitPlan, because reason: String) -> FitPlan {
    named(
      unmetOf: transcode(plan.choice, budget: plan.byteBudget, reasons: plan.reasons + [reason]))
  }

  var unsafeVideo: CodecName? {
    guard let safe = limits.safeVideoCodecs, !safe.contains(clip.video.codec.rawValue)
    else { return nil }
    return clip.video.codec
  }

  var unsafeAudio: CodecName? {
    guard let safe = limits.safeAudioCodecs, let audio = clip.audio,
      !safe.contains(audio.codec.rawValue)
    else { return nil }
    return audio.codec
  }

  var pictureFitsMP4: Bool { Self.copyableVideo.contains(clip.video.codec) }

  var audioFitsMP4: Bool {
    clip.audio.map { Self.copies(audio: $0.codec) } ?? true
  }

  var audioIsCopied: Bool {
    unsafeAudio == nil && audioFitsMP4 && !clip.contents.audioChanges && !clip.audioGoesBack
  }
}
