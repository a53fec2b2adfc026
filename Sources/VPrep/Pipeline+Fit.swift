internal import MediaIO
internal import Services

/// From a clip that is known to an output that may have its name.
extension Pipeline {
  /// What a fit has to know of the clip, and how long the stages took that found it out.
  ///
  /// - Parameter isPlanned: whether nothing is written, so that nothing has to decode.
  func probeForFit(isPlanned: Bool = false) throws(VPrepError) -> (
    clip: ProbedClip, measured: MeasuringPass.Result?, stages: [CallTiming.Stage: Duration]
  ) {
    digest.start()
    let probed = try timed { () throws(VPrepError) in
      try VPrepError.wrapping { () throws(MediaError) in
        try ClipProbe(input: input, limits: limits, watchdog: watchdog).run(scanningPackets: true) {
          !isPlanned && expectsWholeCopy($0)
        }
      }
    }
    // Only a plan that may shorten the clip has to know what it shows.
    let measured =
      planner(probed.value, nil).needsTimeline
      ? try timed { () throws(VPrepError) in try measure() } : nil
    var stages: [CallTiming.Stage: Duration] = [.probe: probed.duration]
    stages[.measure] = measured?.duration
    return (measured?.value.clip ?? probed.value, measured?.value, stages)
  }

  func planner(_ clip: ProbedClip, _ measured: MeasuringPass.Result?) -> FitPlanner {
    FitPlanner(
      clip: clip, limits: judge.limits,
      maximumBytes: gate.fitting.maximumBytes, window: gate.fitting.window,
      policy: service.profile.window,
      timeline: measured.map {
        JudgedTimeline($0.measurements, voiced: $0.basis.voiced, judge: judge)
      },
      recipient: judge,
      keepsMetadata: gate.fitting.keepsMetadata)
  }

  /// Throws where the copy would be one that the service's own document refuses, which is no fit;
  /// `prepare` says so by its verdict.
  func requireMet(
    _ clip: ProbedClip, _ measured: MeasuringPass.Result?
  ) throws(VPrepError) {
    let planner = planner(clip, measured)
    try planner.check()
    if let error = VPrepError(unmetOf: planner.plan(), file: input.name) { throw error }
  }

  /// What would be done.
  func plan(
    _ clip: ProbedClip, _ measured: MeasuringPass.Result?
  ) throws(VPrepError) -> FitChange {
    let planner = planner(clip, measured)
    try planner.check()
    return FitChange(planner.plan())
  }

  /// What would be done to a clip that only a new recording can help, and why it is not; `nil` where the
  /// clip is fitted: it may be accepted, need not be encoded, or is encoded at the caller's wish.
  ///
  /// - Parameter isMeasuredLater: whether the plan needs nothing of what the clip shows.
  func hopelessChange(
    _ measured: MeasuringPass.Measured, _ verdict: Verdict, isMeasuredLater: Bool
  ) throws(VPrepError) -> FitChange? {
    guard !gate.fitting.encodesHopeless, verdict.outcome == .fail,
      try exploration(verdict)?.chosen != true
    else { return nil }
    let planner = planner(measured.whole.clip, isMeasuredLater ? nil : measured.whole)
    try planner.check()
    let plan = planner.plan()
    guard case .transcode = plan.action else { return nil }
    let clip = measured.judged.measurements
    // A window that is too short may be a part of a clip that is not.
    let unmet = plan.unmet.filter { limit in
      limit.remedy == .retake
        && judge.unmetLimits(clip.file).contains {
          $0.code == limit.code && $0.measure == limit.measure
        }
    }
    let failures = unmet + judge.hopelessFailures(clip)
    guard let worst = failures.first else { return nil }
    var codes: [String] = []
    for failure in failures where !codes.contains(failure.code) { codes.append(failure.code) }
    var change = FitChange(plan)
    change.skipped =
      "Only a new recording can repair \(codes.joined(separator: ", ")), so the clip is not encoded. "
      + worst.integratorAdvice
    return change
  }

  /// Writes and verifies the output.
  ///
  /// - Parameters:
  ///   - isNamedByContent: whether a copy of a clip that is no MP4 gets another ending.
  ///   - isJudged: whether the output will be judged as well.
  ///   - along: measures the clip where it is encoded.
  func fit(
    _ clip: ProbedClip, _ measured: MeasuringPass.Result?, to target: OutputTarget,
    isNamedByContent: Bool = false, isJudged: Bool = false, along: MeasuringAlong? = nil
  ) throws(VPrepError) -> Fitter.Fitted {
    let planner = planner(clip, measured)
    try planner.check()
    let name = OutputName(path: target.path)
    if planner.plan().action != .passthrough { try name.requireMP4() }
    var fitter = Fitter(
      input: input, clip: clip, limits: limits, watchdog: watchdog, inputDigest: digest,
      keepsMetadata: gate.fitting.keepsMetadata)
    fitter.along = along
    if isJudged { fitter.measuring = measureWhileVerifying }
    var fitted = try fitter.run(planner, to: target)
    guard fitted.change.action == .passthrough else { return fitted }
    if isNamedByContent {
      fitted.file.target.rename(
        to: OutputName(path: target.name).named(after: clip.container))
      fitted.output.path = fitted.file.path
    } else if let note = name.note(copying: clip.container) {
      fitted.change.reasons.append(note)
    }
    return fitted
  }

  /// Fits a clip for `prepare`, and measures meanwhile what was not measured yet.
  ///
  /// - Returns: the output, and what the whole clip shows.
  func fitForPreparation(
    _ measured: MeasuringPass.Measured, _ along: MeasuringAlong?, to target: OutputTarget,
    isNamedByContent: Bool
  ) throws(VPrepError) -> Prepared {
    func fit(
      _ whole: MeasuringPass.Result, knowing timeline: MeasuringPass.Result?,
      along: MeasuringAlong?
    ) throws(VPrepError) -> Fitter.Fitted {
      try self.fit(
        whole.clip, timeline, to: target, isNamedByContent: isNamedByContent, isJudged: true,
        along: along)
    }
    guard let along else {
      let whole = measured.whole
      return Prepared(fitted: try fit(whole, knowing: whole, along: nil), whole: whole)
    }
    let fitted = try fit(measured.whole, knowing: nil, along: along)
    if let whole = along.result { return Prepared(fitted: fitted, whole: whole) }
    // What is damaged is planned, measured and encoded by one thread.
    let whole = try VPrepError.wrapping { () throws(MediaError) in try along.readAlone() }
    return Prepared(fitted: try fit(whole, knowing: whole, along: nil), whole: whole)
  }

  /// An output, and what the whole clip shows.
  struct Prepared: ~Copyable {
    var fitted: Fitter.Fitted
    let whole: MeasuringPass.Result
  }

  /// Opens the folder of an output, and removes there what runs that died have left.
  func openTarget(_ path: String) throws(VPrepError) -> OutputTarget {
    let target = try VPrepError.wrapping { () throws(MediaError) in
      try OutputTarget(path, protecting: protected)
    }
    target.folder.sweep()
    return target
  }

  /// Gives the output its name, the last thing that a call does.
  func place(_ output: consuming OutputFile) throws(VPrepError) {
    do throws(MediaError) { try output.commit() } catch { throw VPrepError(error) }
  }

  /// Judges the output; an exact copy needs no second look.
  func rejudge(
    _ fitted: borrowing Fitter.Fitted, verdict: Verdict, photo: PhotoInfo?
  ) throws(VPrepError) -> Verdict {
    guard fitted.change.action != .passthrough else { return verdict }
    let measured: MeasuringPass.Result
    if let known = fitted.measured {
      measured = known
    } else {
      measured = try measureOutput(fitted.content)
    }
    return judgement(
      of: measured.measurements, photo, cutFrom: fitted.change.window?.start ?? 0)
  }
}
