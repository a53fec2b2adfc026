internal import MediaIO
internal import Services

/// Measures clips for a call: `Sampling` says how closely.
extension Pipeline {
  /// As few frames as settle the verdict, and what the call wants to see beside it.
  ///
  /// One clip has one verdict, whoever asks: every call that judges a file looks at it like this, and what
  /// is wanted beside the verdict never changes it.
  ///
  /// - Parameters:
  ///   - isPlanned: whether the whole clip has to be seen, for a plan or for previews.
  ///   - previews: how many frames will be shown.
  func measureForVerdict(
    isPlanned: Bool = false, previews: Int = 0
  ) throws(VPrepError) -> MeasuringPass.Measured {
    let coverage: Sampling.Coverage = showsFrames ? .even : isPlanned ? .whole : .settling
    return try pass(
      input, annotationFolder: gate.reporting.annotationFolder, keepingFor: previews
    ).run(sampling(coverage, judge: SampleJudge(judge)))
  }

  /// The same for a clip that is prepared: where it will be encoded as it is, the frames beside the verdict
  /// are measured while it is.
  func measureForPreparation() throws(VPrepError) -> (
    measured: MeasuringPass.Measured, along: MeasuringAlong?
  ) {
    let previews = gate.reporting.previewCount
    guard !showsFrames else {
      return (try measureForVerdict(isPlanned: true, previews: previews), nil)
    }
    return try pass(input, keepingFor: previews).run(
      sampling(.whole, judge: SampleJudge(judge)), expectsCopy: expectsCopy
    ) { first in
      let planner = planner(first.clip, nil)
      guard !planner.needsTimeline else { return .plan }
      if case .transcode = planner.plan().action { return .encode }
      return planner.mayBeShortened ? .plan : .copy
    }
  }

  /// Whether all of a clip will probably be copied by `fit`, by what its header says.
  func expectsWholeCopy(_ demuxer: borrowing Demuxer) -> Bool {
    guard gate.fitting.window == nil, expectsCopy(demuxer) else { return false }
    guard let audio = demuxer.audio else { return true }
    return FitPlanner.copies(audio: audio.codec)
      && (judge.limits.safeAudioCodecs?.contains(audio.codec.rawValue) ?? true)
  }

  /// Whether a clip will probably be copied as long as it is, by what its header says.
  private func expectsCopy(_ demuxer: borrowing Demuxer) -> Bool {
    guard let video = demuxer.video else { return false }
    let limits = judge.limits
    return input.byteCount <= min(limits.maximumBytes, gate.fitting.maximumBytes ?? .max)
      && FitPlanner.copies(video.codec)
      && (limits.safeVideoCodecs?.contains(video.codec.rawValue) ?? true)
      && (video.headerDuration ?? demuxer.headerDuration ?? .infinity)
        <= (limits.recommendedDuration?.upperBound ?? .infinity) + WindowChooser.slack
  }

  /// An output, as it will be judged by itself.
  func measureOutput(_ output: MediaInput) throws(VPrepError) -> MeasuringPass.Result {
    try pass(output, for: .recheck).run(sampling(.settling, judge: SampleJudge(judge))).judged
  }

  /// An output, in the reading that verifies it.
  func measureWhileVerifying(
    _ output: MediaInput, comparing samples: QualitySamples?
  ) throws(MediaError) -> (measured: MeasuringPass.Result, findings: FullDecodeCheck.Findings) {
    let (measured, findings) = try pass(output, for: .verify).verify(
      sampling(.settling, judge: SampleJudge(judge)), comparing: samples)
    return (measured.judged, findings)
  }

  /// All parts of the clip, where nothing is judged.
  ///
  /// - Parameter previews: how many frames will be shown.
  func measure(previews: Int = 0) throws(VPrepError) -> MeasuringPass.Result {
    try pass(
      input, annotationFolder: gate.reporting.annotationFolder, keepingFor: previews
    ).run(sampling(.even)).whole
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
    _ input: MediaInput, for stage: ReadingStage = .measure, annotationFolder: String? = nil,
    keepingFor previews: Int = 0
  ) -> MeasuringPass {
    MeasuringPass(
      input: input, stage: stage, limits: limits, watchdog: watchdog, engines: engines,
      annotationFolder: annotationFolder, judge: judge, stills: stage == .measure ? stills : nil,
      previewLimits: previews > 0 ? judge.frameLimits : nil, protected: protected)
  }
}
