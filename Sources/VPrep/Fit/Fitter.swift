internal import MediaIO
internal import ProviderRules

/// Carries out a fit: the output appears under its name verified, or not at all.
struct Fitter {
  let input: MediaInput
  var clip: ProbedClip
  let limits: InputLimits
  let watchdog: Watchdog
  let inputDigest: InputDigest

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
      return try finish(output, plan, attempts: 1) { (temporary) throws(MediaError) in
        // What was decoded to the end without a complaint need not be decoded again.
        let found =
          clip.decodesCleanly
          ? clip : try verify(temporary, path: path, plan, duration: clip.videoDuration)
        return (found, Self.isSound(found))
      }
    case .remux:
      return try copy(plan, to: path) { (temporary) throws(MediaError) in
        try Remuxer.run(
          input, clip: clip, pictures: pictures, soundBitRate: nil, limits: limits,
          watchdog: watchdog,
          path: temporary, file: path)
      }
    case .encodeSound(let bitRate):
      return try copy(plan, to: path) { (temporary) throws(MediaError) in
        try Remuxer.run(
          input, clip: clip, pictures: pictures, soundBitRate: bitRate, limits: limits,
          watchdog: watchdog, path: temporary, file: path)
      }
    case .trim(let cut, let bitRate):
      return try copy(plan, to: path) { (temporary) throws(MediaError) in
        try Trimmer.run(
          input, pictures: pictures, cut: cut,
          spareBytes: plan.byteBudget - planner.bytes(of: cut), soundBitRate: bitRate,
          limits: limits, watchdog: watchdog, path: temporary, file: path)
      }
    case .transcode(let target):
      return try transcode(target, plan: plan, planner: planner, to: path)
    }
  }

  private var pictures: PictureCopy { PictureCopy(clip, keepsMetadata: false) }

  /// Writes a copy with `body` and checks it: against what was copied and what the clip shows where
  /// the clip itself was decoded without a complaint, else by decoding it whole.
  private func copy(
    _ plan: FitPlan, to path: String, _ body: (String) throws(MediaError) -> Remuxer.Outcome
  ) throws(MediaError) -> FitReport {
    let output = try OutputFile(path, input: input)
    let copied = try body(output.temporaryPath)
    let mayBeCompared = output.byteCount <= plan.byteBudget && clip.decodesCleanly
    var sound = copied.sound
    if plan.window == nil { sound = sound?.moved(by: -clip.videoStart) }
    let heard = sound ?? SoundOutcome()
    var duration = clip.videoDuration
    var shown = clip.shownPackets
    if case .trim(let cut, _) = plan.action { (duration, shown) = (cut.seconds, cut.copiedFrames) }
    let expected = CopyVerifier.Expectation(
      pictures: shown, seconds: duration, frameInterval: frameInterval)
    return try finish(output, plan.noting(heard), attempts: 1) { (temporary) throws(MediaError) in
      if mayBeCompared, let ledger = copied.ledger,
        let found = try CopyVerifier(limits: limits, watchdog: watchdog)
          .run(temporary, ledger, expected)
      {
        return (found, true)
      }
      let found = try verify(temporary, path: path, plan, duration: duration, sound: heard)
      return (found, Self.isSound(found))
    }
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
    var seconds = clip.videoDuration
    var heard = SoundOutcome()
    var errors = 0
    var attempts = 0
    while attempts < Self.mostAttempts {
      attempts += 1
      let output = try OutputFile(path, input: input)
      let outcome = try Transcoder.run(
        input, clip: clip, target: target, window: plan.window, limits: limits,
        watchdog: watchdog, path: output.temporaryPath, file: path)
      guard outcome.frames > 0 else {
        throw MediaError(
          .encode, file: path, cause: .limitExceeded,
          detail: "the kept stretch holds no frame of the clip")
      }
      if clip.pictureSizes.isConstant, !outcome.pictureSizes.isConstant {
        return try transcodeAgain(plan, planner, knowing: outcome.pictureSizes, to: path)
      }
      seconds = outcome.seconds
      heard = outcome.sound ?? SoundOutcome()
      errors = outcome.decodeErrors
      let size = output.byteCount
      let use = Double(size) / Double(plan.byteBudget)
      if use <= 1, size > bestSize {
        bestSize = size
        best = consume output
      }
      if use <= 1, use >= Self.goodUse || outcome.quality <= Self.transparentQuality { break }
      let next = search.next(
        after: outcome.quality, use: use, isConstant: target.quality != nil)
      // At the end of the scale there is no other encode to try.
      if next == target.quality { break }
      if attempts == 1, target.duration >= Self.steerable {
        target.startQuality = outcome.quality
        target.videoBytes = Int(saturating: Double(target.videoBytes) * Self.aim / use)
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
    let noted = plan.noting(clip, decodeErrors: errors).noting(heard)
    return try finish(best, noted, attempts: attempts) {
      (temporary) throws(MediaError) in
      // The same for all encodes of the stretch: it begins with its first picture.
      let found = try verify(temporary, path: path, plan, duration: seconds, sound: heard)
      return (found, Self.isSound(found))
    }
  }

  /// Encodes a clip whose pictures proved to change their size: now it is known which one they get.
  private func transcodeAgain(
    _ plan: FitPlan, _ planner: FitPlanner, knowing sizes: PictureSizes, to path: String
  ) throws(MediaError) -> FitReport {
    var (fitter, planner) = (self, planner)
    fitter.clip.pictureSizes = sizes
    planner.clip.pictureSizes = sizes
    return try fitter.carryOut(planner.retargeted(plan), planner: planner, to: path)
  }

  private func verify(
    _ temporary: String, path: String, _ plan: FitPlan, duration: Double,
    sound: SoundOutcome? = nil
  ) throws(MediaError) -> ProbedClip {
    let size =
      switch plan.action {
      case .transcode(let target): (target.width, target.height)
      case .passthrough, .remux, .encodeSound, .trim: clip.video.displaySize
      }
    return try OutputVerifier(
      limits: limits, watchdog: watchdog, source: input, window: plan.window
    ).verify(
      temporary, name: path,
      OutputVerifier.Expectation(
        duration: duration, frameInterval: frameInterval, sound: sound,
        byteBudget: plan.byteBudget, size: size,
        mayHoldOthers: plan.action == .passthrough,
        hasBars: clip.pictureSizes.holdsOtherShapes(than: size)))
  }

  /// Seconds that one picture is shown.
  private var frameInterval: Double { clip.frameRate > 0 ? 1 / clip.frameRate : 0.04 }

  /// Whether everything in the file was decoded without a complaint.
  private static func isSound(_ found: ProbedClip) -> Bool { found.decodesCleanly }

  /// Checks a written file with `check`, computes its MD5 meanwhile, and gives it its name.
  private func finish(
    _ output: consuming OutputFile, _ plan: FitPlan, attempts: Int,
    _ check: (String) throws(MediaError) -> (found: ProbedClip, isVerified: Bool)
  ) throws(MediaError) -> FitReport {
    let path = output.path
    let digest = InputDigest(
      try MediaInput(.file(output.temporaryPath), limits: limits), watchdog: watchdog)
    digest.start()
    let (found, isVerified) = try check(output.temporaryPath)
    try input.checkUnchanged()
    let md5 = try digest.value()
    if plan.action == .passthrough, try md5 != inputDigest.value() {
      throw MediaError(
        .write, file: path, cause: .output, detail: "the copy is not what was written")
    }
    try output.commit()
    return FitReport(
      plan, output: FitReport.Output(found, path: path, md5: md5, verified: isVerified),
      attempts: attempts)
  }
}
