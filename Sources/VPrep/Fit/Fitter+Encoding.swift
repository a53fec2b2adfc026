internal import MediaIO
internal import Services

/// Encodes where nothing can be copied.
extension Fitter {
  /// Encoding runs before a fit is given up or the best one so far is taken.
  private static let mostAttempts = 8
  /// The share of its bytes from which an encode is good enough.
  private static let goodUse = 0.95
  /// Where a further attempt aims: a little under the limit.
  private static let aim = 0.98
  /// Quality that no longer shows any loss: bytes that are left over then stay unused.
  private static let transparentQuality = 12.0

  /// Encodes until the size is right: nearly always once, since the encoder is steered on its way.
  ///
  /// A clip of a second is over before it can be steered; what it came to then says which constant
  /// quality hits the size. The best encode under the limit is kept.
  func transcode(
    _ first: TranscodeTarget, plan: FitPlan, planner: FitPlanner, to place: OutputTarget
  ) throws(MediaError) -> Fitted {
    var target = first
    var search = QualitySearch(aim: Self.aim)
    var best: OutputFile?
    var samples: QualitySamples?
    var bestSize = 0
    var seconds = clip.videoDuration
    var heard = AudioOutcome()
    var errors = 0
    var attempts = 0
    while attempts < Self.mostAttempts {
      attempts += 1
      let output = try OutputFile(place)
      let outcome = try Transcoder.run(
        input, clip: clip, target: target, window: plan.window, limits: limits,
        watchdog: watchdog, to: output, along: attempts == 1 ? along : nil)
      guard outcome.frames > 0 else {
        throw MediaError(
          .encode, file: place.path, cause: .limitExceeded,
          detail: "the window contains no frame of the clip")
      }
      if clip.pictureSizes.isConstant, !outcome.pictureSizes.isConstant {
        return try transcodeAgain(plan, planner, knowing: outcome.pictureSizes, to: place)
      }
      seconds = outcome.seconds
      heard = outcome.audioOutcome ?? AudioOutcome()
      errors = outcome.decodeErrors
      let size = output.byteCount
      let use = Double(size) / Double(plan.byteBudget)
      if use <= 1, size > bestSize {
        bestSize = size
        best = consume output
        samples = outcome.samples
      }
      if use <= 1, use >= Self.goodUse || outcome.quality <= Self.transparentQuality { break }
      let next = search.next(
        after: outcome.quality, use: use, isConstant: outcome.isConstant)
      // At the end of the scale there is no other encode to try.
      if next == target.quality { break }
      if attempts == 1, !outcome.isConstant {
        target.startQuality = outcome.quality
        // Steering does not exceed its bytes by much, so more of them are not what was missing.
        target.videoBytes = Int(saturating: Double(target.videoBytes) * min(1, Self.aim / use))
      } else {
        target.quality = next
      }
    }
    guard let best else {
      throw MediaError(
        .encode, file: place.path, cause: .limitExceeded,
        detail: "the clip cannot be brought to \(plan.byteBudget) bytes",
        advice: "Keep a shorter window.")
    }
    let noted = plan.noting(clip, decodeErrors: errors).noting(heard)
    return try finish(best, noted, attempts: attempts) { (content) throws(MediaError) in
      // The same for all encodes of the window: it begins with its first picture.
      return try verify(
        content, plan, duration: seconds, audioOutcome: heard, comparing: samples)
    }
  }

  /// Encodes a clip whose pictures proved to change their size: now it is known which one they get.
  private func transcodeAgain(
    _ plan: FitPlan, _ planner: FitPlanner, knowing sizes: PictureSizes, to target: OutputTarget
  ) throws(MediaError) -> Fitted {
    var (fitter, planner) = (self, planner)
    fitter.clip.pictureSizes = sizes
    planner.clip.pictureSizes = sizes
    return try fitter.carryOut(planner.retargeted(plan), planner: planner, to: target)
  }
}
