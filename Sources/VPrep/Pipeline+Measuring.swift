internal import MediaIO
internal import Services

/// Measures clips for a call: `Sampling` says how closely.
extension Pipeline {
  /// As few frames as settle the verdict, and what the call wants to see beside it.
  ///
  /// One clip has one verdict, whoever asks: every call that judges a file looks at it like this, and what
  /// is wanted beside the verdict never changes it.
  ///
  /// - Parameter isPlanned: whether the whole clip has to be seen, for a plan or for previews.
  func measureForVerdict(
    isPlanned: Bool = false
  ) throws(VPrepError) -> MeasuringPass.Measured {
    let coverage: Sampling.Coverage = showsFrames ? .even : isPlanned ? .whole : .settling
    return try pass(input, annotationFolder: gate.reporting.annotationFolder).run(
      sampling(coverage, judge: SampleJudge(judge)))
  }

  /// The same for a clip that is prepared: where it will be encoded as it is, the frames beside the verdict
  /// are measured while it is.
  func measureForPreparation() throws(VPrepError) -> (
    measured: MeasuringPass.Measured, along: MeasuringAlong?
  ) {
    guard !showsFrames else { return (try measureForVerdict(isPlanned: true), nil) }
    return try pass(input).run(sampling(.whole, judge: SampleJudge(judge))) { first in
      let planner = planner(first.clip, nil)
      guard !planner.needsTimeline else { return false }
      if case .transcode = planner.plan().action { return true }
      return false
    }
  }

  /// An output, as it will be judged by itself.
  func measureOutput(_ output: MediaInput) throws(VPrepError) -> MeasuringPass.Result {
    try pass(output, for: .recheck).run(sampling(.settling, judge: SampleJudge(judge))).judged
  }

  /// An output, in the reading that verifies it.
  func measureWhileVerifying(
    _ output: MediaInput
  ) throws(MediaError) -> (measured: MeasuringPass.Result, findings: FullDecodeCheck.Findings) {
    let (measured, findings) = try pass(output, for: .verify).verify(
      sampling(.settling, judge: SampleJudge(judge)))
    return (measured.judged, findings)
  }

  /// All parts of the clip, where nothing is judged.
  func measure() throws(VPrepError) -> MeasuringPass.Result {
    try pass(input, annotationFolder: gate.reporting.annotationFolder).run(sampling(.even)).whole
  }

  /// Whether single frames are shown, which then lie evenly spaced.
  var showsFrames: Bool {
    gate.reporting.includesTimeline || gate.reporting.annotationFolder != nil
  }

  private func sampling(_ coverage: Sampling.Coverage, judge: SampleJudge? = nil) -> Sampling {
    Sampling(
      rate: gate.judging.isExhaustive ? nil : Sampler.rate(for: service.profile.needs),
      coverage: coverage,
      threads: limits.threads, judge: judge)
  }

  private func pass(
    _ input: MediaInput, for stage: ReadingStage = .measure, annotationFolder: String? = nil
  ) -> MeasuringPass {
    MeasuringPass(
      input: input, stage: stage, limits: limits, watchdog: watchdog, engines: engines,
      annotationFolder: annotationFolder, judge: judge, stills: stage == .measure ? stills : nil,
      protected: protected)
  }
}
