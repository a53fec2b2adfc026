internal import MediaIO
internal import Services

/// How closely a clip is looked at.
extension Pipeline {
  func measure() throws(VPrepError) -> MeasuringPass.Result {
    try measure(input, annotationFolder: gate.reporting.annotationFolder)
  }

  /// What `check` would judge, and what all pictures show, for the plan and the previews.
  ///
  /// Both come from one look where that saw all. Damage that only the second one found is judged too.
  func measureForPreparation() throws(VPrepError) -> (
    judged: MeasuringPass.Result, whole: MeasuringPass.Result
  ) {
    let judged = try measureForVerdict(input)
    guard !judged.clip.isDecoded else { return (judged, judged) }
    let whole = try makePass(input).secondLook(after: judged)
    return (whole.clip.isDamaged ? whole : judged, whole)
  }

  /// As few frames as settle the verdict: near a failure all of them.
  ///
  /// One clip has one verdict, whoever asks: every call that judges a file looks at it like this.
  func measureForVerdict(
    _ input: MediaInput, for stage: ReadingStage = .measure
  ) throws(VPrepError) -> MeasuringPass.Result {
    // Who asks for frames gets them evenly spaced.
    guard !gate.judging.isExhaustive, !gate.reporting.includesTimeline,
      gate.reporting.annotationFolder == nil
    else {
      let folder = stage == .measure ? gate.reporting.annotationFolder : nil
      return try measure(input, for: stage, annotationFolder: folder)
    }
    let sampled = try measureSampled(input, for: stage)
    guard judge.isNearFailure(sampled.measurements) else { return sampled }
    var pass = makePass(input, for: stage)
    pass.samplingRate = nil
    return try pass.secondLook(after: sampled)
  }

  /// A first look at a part of the pictures where that settles the verdict, else a second one at all.
  private func measureSampled(
    _ input: MediaInput, for stage: ReadingStage
  ) throws(VPrepError) -> MeasuringPass.Result {
    let look = firstLook
    let pass = makePass(input, for: stage, look: look)
    let first = try pass.run()
    if first.clip.isDecoded { return first }
    if first.isDoubtful {
      var whole = makePass(input, for: stage)
      if first.pictureErrors > 0 { whole.limits.threads = 1 }
      return try whole.run()
    }
    return look.isSteady(first.measurements) ? first : try pass.secondLook(after: first)
  }

  private var firstLook: FirstLook {
    let needs = service.profile.needs
    let question = DecodingPlan.Question(needs)
    let judge = judge
    var look = FirstLook(question: question) {
      judge.isSteady(
        $0,
        certainty: question == .state
          ? .everyLimit : .failingExtremes(leftOut: DecodingPlan.longestMissed))
    } isUnderWay: {
      judge.isUnderWay($0, last: DecodingPlan.underWay)
    }
    look.asksForEyes = needs.eyes
    return look
  }

  func measure(
    _ input: MediaInput, for stage: ReadingStage = .measure, annotationFolder: String? = nil
  ) throws(VPrepError) -> MeasuringPass.Result {
    try makePass(input, for: stage, annotationFolder: annotationFolder).run()
  }

  private func makePass(
    _ input: MediaInput, for stage: ReadingStage = .measure, annotationFolder: String? = nil,
    look: FirstLook? = nil
  ) -> MeasuringPass {
    MeasuringPass(
      input: input, stage: stage, limits: limits, watchdog: watchdog, engines: engines,
      samplingRate: gate.judging.isExhaustive ? nil : Sampler.rate(for: service.profile.needs),
      annotationFolder: annotationFolder, protected: protected, look: look)
  }
}
