internal import Kernels
internal import MediaIO
internal import Services

/// Which window of the clip is kept, and whether it can be copied.
extension FitPlanner {
  /// Bits that one pixel of one frame needs at the least, at the smallest picture: four times the rate from
  /// which the rule on compression warns.
  private static let leastBitsPerPixel = 0.02

  /// Refuses a window without a frame: one after the clip's end, or one between two frames.
  func check() throws(VPrepError) {
    guard let window else { return }
    let (start, end) = (window.start.formatted(decimals: 3), window.end.formatted(decimals: 3))
    guard window.start < clip.videoDuration else {
      throw refusal(
        "the window starts at \(start) s, "
          + "the clip ends at \(clip.videoDuration.formatted(decimals: 2)) s")
    }
    guard !clip.packetSizes.times.contains(where: window.contains) else { return }
    throw refusal("the window \(start)–\(end) s contains no frame of the clip")
  }

  private func refusal(_ message: String) -> VPrepError {
    VPrepError(
      kind: .badRequest, stage: "fit", file: clip.name, message: message,
      advice: "Give a longer window inside the clip.")
  }

  /// The window that is kept; `nil` keeps all.
  var keptWindow: WindowChoice? {
    if let window {
      guard !holdsAll(window) else { return nil }
      let (start, end) = (window.start, min(window.end, clip.videoDuration))
      return WindowChoice(
        window: TimeWindow(start: start, end: end), why: "the caller's choice",
        reason: "the caller keeps \(start.formatted(decimals: 2))–\(end.formatted(decimals: 2)) s")
    }
    return chosenWindow ?? windowWithFrames
  }

  /// Seconds for which audio may go on when the pictures have ended: recorders stop the two apart.
  private static let longestTail = 2.0

  /// A window with all frames, if the audio continues long after them and would be uploaded without
  /// video.
  private var windowWithFrames: WindowChoice? {
    guard clip.soundTail > Self.longestTail else { return nil }
    let seconds = clip.soundTail.formatted(decimals: 2)
    return WindowChoice(
      window: TimeWindow(start: 0, end: clip.videoDuration), why: "all pictures",
      reason: "the audio continues for \(seconds) s after the last frame")
  }

  /// The window that the service needs; `nil` if it is the complete clip.
  private var chosenWindow: WindowChoice? {
    guard let policy, let timeline else { return nil }
    return WindowChooser(
      policy: policy, timeline: timeline, limits: limits, duration: clip.videoDuration,
      cuts: copiesPictures ? cuts : nil, bytes: bytes(of:), byteLimit: limit,
      isTooLarge: isTooLarge, affordableSeconds: affordableSeconds
    ).choose()
  }

  /// Whether a plan may depend on what the clip shows, so that it must be measured first.
  var needsTimeline: Bool {
    guard timeline == nil, let policy else { return false }
    if dropsPixels { return true }
    guard window == nil else { return false }
    let isTooLong = clip.videoDuration > limits.acceptedDuration.upperBound + WindowChooser.slack
    switch policy {
    case .bestSeconds:
      let most = limits.recommendedDuration?.upperBound ?? .infinity
      return (isTooLarge || isTooLong) && clip.videoDuration > most + WindowChooser.slack
    case .voiced: return isTooLarge || isTooLong
    case .moving: return isTooLarge
    case .longEnough: return isTooLarge && affordableSeconds < clip.videoDuration
    }
  }

  /// Whether a window may be chosen, if only to copy it; `WindowChooser` then asks what the clip shows.
  var mayBeShortened: Bool {
    guard let policy, window == nil else { return false }
    switch policy {
    case .bestSeconds, .voiced:
      let most = limits.recommendedDuration?.upperBound ?? .infinity
      return isTooLarge || clip.videoDuration > most + WindowChooser.slack
    case .moving, .longEnough: return isTooLarge
    }
  }

  /// Whether the pictures get smaller, which the size of the face in them may forbid.
  private var dropsPixels: Bool {
    guard case .transcode(let target) = plan().action else { return false }
    let (width, height) = clip.video.displaySize
    return target.width < Self.even(Double(width)) || target.height < Self.even(Double(height))
  }

  private func holdsAll(_ window: TimeWindow) -> Bool {
    let half = clip.frameRate > 0 ? 0.5 / clip.frameRate : 0.02
    return window.start <= half && window.end >= clip.videoDuration - half
  }

  /// Seconds that the bytes last at the smallest picture with the fewest bits a pixel.
  private var affordableSeconds: Double {
    let least = target(budget: 1, duration: max(clip.videoDuration, 0.04))
    let rate =
      Double(least.width * least.height) * max(clip.frameRate, 1) * Self.leastBitsPerPixel
      + Double(least.audioBitRate)
    return Double(limit) * 8 / max(rate, 1)
  }

  /// The cuts that the clip allows; a container with two clocks does not lead to a time.
  private var cuts: CutFinder? { clip.hasClockJumps ? nil : CutFinder(clip.packets) }

  /// The action that copies a window; `nil` if it cannot be copied within the limit.
  func trim(_ window: TimeWindow) -> FitPlan.Action? {
    guard let cut = cuts?.cut(window), cut.isPlain || allowsSmartCut else {
      return nil
    }
    if audioIsCopied {
      return bytes(of: cut) <= limit ? .trim(cut, audioBitRate: nil) : nil
    }
    let rate = audioBitRate(beside: cut.bytes, seconds: cut.seconds, within: limit)
    return rate.map { .trim(cut, audioBitRate: $0) }
  }

  /// Whether pictures encoded here can stand in one stream with the clip's own: H.264 as phones write
  /// it, with its parameter sets in the container's header.
  private var allowsSmartCut: Bool {
    clip.video.codec == .h264 && ["yuv420p", "yuvj420p"].contains(clip.video.pixelFormat)
      && !clip.video.isInterlaced && clip.video.width % 2 == 0 && clip.video.height % 2 == 0
      && (clip.container.isISOBaseMedia || [.flv, .matroska].contains(clip.container))
  }

  /// Bytes of the file that a cut comes to: its pictures, its part of the audio, the index.
  func bytes(of cut: StreamCut) -> Int {
    let share = clip.duration > 0 ? min(1, cut.seconds / clip.duration) : 1
    let audioBytes = Double(max(0, clip.byteCount - clip.videoBytes)) * share
    return cut.bytes + Int(saturating: audioBytes) + indexBytes(seconds: cut.seconds)
  }
}
