internal import Kernels
internal import MediaIO
internal import Services

/// Carries out a fit: the output is verified before it may have its name.
struct Fitter {
  let input: MediaInput
  var clip: ProbedClip
  let limits: InputLimits
  let watchdog: Watchdog
  let inputDigest: InputDigest
  /// Whether data that may identify people stay in the pictures of a copy.
  let keepsMetadata: Bool
  /// Reads an output completely and measures it meanwhile, for a call that judges it; `nil` measures
  /// nothing.
  var measuring:
    (
      (MediaInput, QualitySamples?) throws(MediaError) -> (
        measured: MeasuringPass.Result, findings: FullDecodeCheck.Findings
      )
    )?

  /// Measures the clip while it is encoded; `nil` where it is measured already.
  var along: MeasuringAlong?

  /// A verified output that has no name yet.
  struct Fitted: ~Copyable {
    var change: FitChange
    /// What is to be said of the output.
    var output: FitOutput
    var file: OutputFile
    /// What the output holds.
    let content: MediaInput
    /// What was measured on it while it was verified; `nil` where it was not.
    var measured: MeasuringPass.Result?
  }

  /// An output that was read back.
  struct Checked {
    let found: ProbedClip
    var isVerified: Bool { isCompared || found.decodesCleanly }
    /// Whether it was compared with a clip that decodes.
    var isCompared = false
    var measured: MeasuringPass.Result?
    /// How well its pictures were encoded; `nil` where they were copied.
    var quality: FitQuality?
  }

  func run(
    _ planner: FitPlanner, to target: OutputTarget
  ) throws(VPrepError) -> Fitted {
    var plan = planner.plan()
    while true {
      do throws(MediaError) {
        return try carryOut(plan, planner: planner, to: target)
      } catch {
        // What cannot be copied as it is, or is not sound when it was, can still be encoded.
        // Where it cannot be stored, nothing else can.
        guard plan.action.copiesPictures, error.cause == .unusableOutput else {
          throw VPrepError(blamed(error))
        }
        plan = planner.transcodeInstead(
          of: plan, because: "the clip cannot be copied: \(error.detail)")
      }
    }
  }

  /// Blames the clip for a faulty output if the clip itself is faulty.
  private func blamed(_ error: MediaError) -> MediaError {
    guard error.cause == .unusableOutput else { return error }
    var source = clip
    if !clip.isDecoded {
      do throws(MediaError) {
        source = try FullDecodeCheck(input: input, limits: limits, watchdog: watchdog).run().clip
      } catch {
        return error
      }
    }
    return Self.blaming(source, for: error)
  }

  static func blaming(_ clip: ProbedClip, for error: MediaError) -> MediaError {
    guard error.cause == .unusableOutput, clip.isFaulty else { return error }
    return MediaError(
      error.stage, file: clip.name, cause: .corrupt,
      detail: "too little of the clip can be read for a valid output: \(error.detail)",
      advice: "The file is damaged; record the clip again.")
  }

  func carryOut(
    _ plan: FitPlan, planner: FitPlanner, to target: OutputTarget
  ) throws(MediaError) -> Fitted {
    if plan.action != .passthrough { try target.checkPipe() }
    switch plan.action {
    case .passthrough:
      let output = try OutputFile(target)
      try output.copy(input)
      return try finish(output, plan, attempts: 1) { (content) throws(MediaError) in
        // What was decoded to the end without a complaint need not be decoded again.
        return clip.decodesCleanly
          ? Checked(found: clip) : try verify(content, plan, duration: clip.videoDuration)
      }
    case .remux:
      return try copy(plan, to: target) { (output) throws(MediaError) in
        try Remuxer.run(
          input, clip: clip, pictures: pictures, audioBitRate: nil, limits: limits,
          watchdog: watchdog, to: output)
      }
    case .encodeAudio(let bitRate):
      return try copy(plan, to: target) { (output) throws(MediaError) in
        try Remuxer.run(
          input, clip: clip, pictures: pictures, audioBitRate: bitRate, limits: limits,
          watchdog: watchdog, to: output)
      }
    case .trim(let cut, let bitRate):
      return try copy(plan, to: target) { (output) throws(MediaError) in
        try Trimmer.run(
          input, pictures: pictures, cut: cut,
          spareBytes: plan.byteBudget - planner.bytes(of: cut), audioBitRate: bitRate,
          limits: limits, watchdog: watchdog, to: output)
      }
    case .transcode(let encoding):
      return try transcode(encoding, plan: plan, planner: planner, to: target)
    }
  }

  private var pictures: PictureCopy { PictureCopy(clip, keepsMetadata: keepsMetadata) }

  /// Writes a copy with `body` and verifies it.
  ///
  /// If the clip itself was decoded without an error message, the copy is compared with it; otherwise
  /// the copy is decoded completely.
  private func copy(
    _ plan: FitPlan, to target: OutputTarget,
    _ body: (borrowing OutputFile) throws(MediaError) -> Remuxer.Outcome
  ) throws(MediaError) -> Fitted {
    let output = try OutputFile(target)
    let copied = try body(output)
    let mayBeCompared = output.byteCount <= plan.byteBudget && clip.decodesCleanly
    var audioOutcome = copied.audioOutcome
    if plan.window == nil { audioOutcome = audioOutcome?.moved(by: -clip.videoStart) }
    let heard = audioOutcome ?? AudioOutcome()
    var duration = clip.videoDuration
    var shown = clip.shownPackets
    if case .trim(let cut, _) = plan.action { (duration, shown) = (cut.seconds, cut.copiedFrames) }
    let expected = CopyVerifier.Expectation(
      pictures: shown, seconds: duration, frameInterval: frameInterval)
    return try finish(output, plan.noting(heard), attempts: 1) { (content) throws(MediaError) in
      if mayBeCompared, let ledger = copied.ledger,
        let found = try CopyVerifier(limits: limits, watchdog: watchdog)
          .run(content, ledger, expected)
      {
        return Checked(found: found, isCompared: true)
      }
      return try verify(content, plan, duration: duration, audioOutcome: heard)
    }
  }

  func verify(
    _ content: MediaInput, _ plan: FitPlan, duration: Double, audioOutcome: AudioOutcome? = nil,
    comparing samples: QualitySamples? = nil
  ) throws(MediaError) -> Checked {
    let size =
      switch plan.action {
      case .transcode(let target): (target.width, target.height)
      case .passthrough, .remux, .encodeAudio, .trim: clip.video.displaySize
      }
    var verifier = OutputVerifier(
      limits: limits, watchdog: watchdog, source: input, window: plan.window)
    verifier.samples = samples
    var measured: MeasuringPass.Result?
    // A copy that was judged as the clip is not judged again.
    if let measuring, plan.action != .passthrough {
      verifier.reading = { (content) throws(MediaError) in
        let reading = try measuring(content, samples)
        measured = reading.measured
        return reading.findings
      }
    }
    let found = try verifier.verify(
      content,
      OutputVerifier.Expectation(
        duration: duration, frameInterval: frameInterval, audioOutcome: audioOutcome,
        byteBudget: plan.byteBudget, size: size,
        mayHoldOthers: plan.action == .passthrough,
        hasBars: clip.pictureSizes.holdsOtherShapes(than: size)))
    return Checked(found: found, measured: measured, quality: samples?.quality)
  }

  /// Seconds that one picture is shown.
  private var frameInterval: Double { clip.frameRate > 0 ? 1 / clip.frameRate : 0.04 }

  /// Checks a written file with `check` and computes its MD5 meanwhile.
  func finish(
    _ output: consuming OutputFile, _ plan: FitPlan, attempts: Int,
    _ check: (MediaInput) throws(MediaError) -> Checked
  ) throws(MediaError) -> Fitted {
    let path = output.path
    let content = try output.reading(limits: limits)
    let digest = InputDigest(content, watchdog: watchdog)
    digest.start()
    let checked = try check(content)
    try input.checkUnchanged()
    let md5 = try digest.value()
    if plan.action == .passthrough, try md5 != inputDigest.value() {
      throw MediaError(
        .write, file: path, cause: .output, detail: "the copy differs from what was written")
    }
    return Fitted(
      change: FitChange(plan),
      output: FitOutput(
        checked.found, path: path, md5: md5, isVerified: checked.isVerified, attempts: attempts,
        quality: checked.quality),
      file: output, content: content, measured: checked.measured)
  }
}
