internal import MediaIO
internal import ProviderRules

/// Carries out a fit: the output appears under its name verified, or not at all.
struct Fitter {
  let input: MediaInput
  let clip: ProbedClip
  let limits: InputLimits
  let watchdog: Watchdog

  /// Encoding runs before a fit is given up or the best one so far is taken.
  private static let mostAttempts = 8
  /// The share of its bytes from which an encode is good enough.
  private static let goodUse = 0.95
  /// Where a further attempt aims: a little under the limit.
  private static let aim = 0.98
  /// Seconds from which a second encode is steered as well: it starts where the first one ended.
  private static let steerable = 3.0
  /// Quality that no longer shows any loss: bytes that are left over then stay unused.
  private static let transparentQuality = 12.0

  func run(
    _ planner: FitPlanner, to path: String
  ) throws(VPrepError) -> FitReport {
    if let window = planner.window, window.start >= clip.videoDuration {
      throw VPrepError(
        kind: .badRequest, stage: "fit", file: clip.name,
        message: "the kept stretch starts at \(window.start.formatted(decimals: 2)) s, "
          + "the clip ends at \(clip.videoDuration.formatted(decimals: 2)) s",
        advice: "Give a stretch inside the clip with --window.")
    }
    var plan = planner.plan()
    while true {
      do throws(MediaError) {
        return try carryOut(plan, planner: planner, to: path)
      } catch {
        // What cannot be copied as it is, or is not sound when it was, can still be encoded anew.
        guard plan.action.copiesPictures, error.stage == .mux || error.stage == .verify else {
          throw VPrepError(error)
        }
        plan = planner.transcodeInstead(
          of: plan, because: "a copy will not do: \(error.detail)")
      }
    }
  }

  private func carryOut(
    _ plan: FitPlan, planner: FitPlanner, to path: String
  ) throws(MediaError) -> FitReport {
    switch plan.action {
    case .passthrough:
      let output = try OutputFile(path, input: input)
      try output.copy(input)
      // What was decoded to the end while it was measured need not be decoded again.
      let found =
        clip.isDecoded
        ? clip
        : try verify(output.temporaryPath, path: path, plan, duration: clip.videoDuration)
      let md5 = try MediaInput(.file(output.temporaryPath), limits: limits).md5()
      guard try md5 == input.md5() else {
        throw MediaError(
          .write, file: path, cause: .output, detail: "the copy is not what was written")
      }
      try output.commit()
      return FitReport(
        plan, output: FitReport.Output(found, path: path, md5: md5), attempts: 1)
    case .remux:
      return try remux(plan, soundBitRate: nil, to: path)
    case .encodeSound(let bitRate):
      return try remux(plan, soundBitRate: bitRate, to: path)
    case .transcode(let target):
      return try transcode(target, plan: plan, planner: planner, to: path)
    }
  }

  private func remux(
    _ plan: FitPlan, soundBitRate: Int?, to path: String
  ) throws(MediaError) -> FitReport {
    let output = try OutputFile(path, input: input)
    try Remuxer(
      input, soundBitRate: soundBitRate, limits: limits, watchdog: watchdog,
      path: output.temporaryPath, file: path
    ).run()
    let found = try verify(output.temporaryPath, path: path, plan, duration: clip.videoDuration)
    return try finish(output, found, plan, attempts: 1)
  }

  /// Encodes until the size is right: nearly always once, since the encoder is steered on its way.
  ///
  /// A clip of a second or two is over before it can be steered; what it came to then says which
  /// constant quality hits the size. The best encode under the limit is kept.
  private func transcode(
    _ first: TranscodeTarget, plan: FitPlan, planner: FitPlanner, to path: String
  ) throws(MediaError) -> FitReport {
    var target = first
    var search = QualitySearch(aim: Self.aim)
    var best: OutputFile?
    var bestSize = 0
    var attempts = 0
    while attempts < Self.mostAttempts {
      attempts += 1
      let output = try OutputFile(path, input: input)
      let outcome = try Transcoder(
        input, clip: clip, target: target, window: plan.window, limits: limits,
        watchdog: watchdog, path: output.temporaryPath, file: path
      ).run()
      guard outcome.frames > 0 else {
        throw MediaError(
          .encode, file: path, cause: .limitExceeded,
          detail: "the kept stretch holds no frame of the clip")
      }
      let size = output.byteCount
      let use = Double(size) / Double(plan.byteBudget)
      if use <= 1, size > bestSize {
        bestSize = size
        best = consume output
      }
      if use <= 1, use >= Self.goodUse || outcome.quality <= Self.transparentQuality { break }
      let next = search.next(after: outcome.quality, use: use)
      if attempts == 1, target.duration >= Self.steerable {
        target.startQuality = outcome.quality
        target.videoBytes = Int(Double(target.videoBytes) * Self.aim / use)
      } else {
        target.quality = next
      }
    }
    guard let best else {
      throw MediaError(
        .encode, file: path, cause: .limitExceeded,
        detail: "the clip cannot be brought to \(plan.byteBudget) bytes",
        advice: "Keep a shorter stretch with --window.")
    }
    let kept = plan.window.map { min($0.end, clip.videoDuration) - $0.start }
    let found = try verify(
      best.temporaryPath, path: path, plan, duration: kept ?? clip.videoDuration)
    return try finish(best, found, plan.noting(clip), attempts: attempts)
  }

  private func verify(
    _ temporary: String, path: String, _ plan: FitPlan, duration: Double
  ) throws(MediaError) -> ProbedClip {
    let size =
      switch plan.action {
      case .transcode(let target): (target.width, target.height)
      case .passthrough, .remux, .encodeSound: clip.video.displaySize
      }
    return try OutputVerifier(
      limits: limits, watchdog: watchdog, source: input, window: plan.window
    ).verify(
      temporary, name: path,
      OutputVerifier.Expectation(
        duration: duration, frameInterval: clip.frameRate > 0 ? 1 / clip.frameRate : 0.04,
        hasAudio: clip.audio != nil, byteBudget: plan.byteBudget, size: size,
        mayHoldOthers: plan.action == .passthrough))
  }

  private func finish(
    _ output: consuming OutputFile, _ found: ProbedClip, _ plan: FitPlan, attempts: Int
  ) throws(MediaError) -> FitReport {
    let path = output.path
    let md5 = try MediaInput(.file(output.temporaryPath), limits: limits).md5()
    try output.commit()
    return FitReport(
      plan, output: FitReport.Output(found, path: path, md5: md5), attempts: attempts)
  }
}
