internal import FaceModel
internal import MediaIO
internal import ProviderRules

/// One call, stage by stage: file → probe → decode → measure → judge → fit → preview → report.
struct Pipeline {
  let gate: Gate
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog
  let engines: FaceEnginePool
  /// The input's MD5, computed once.
  private let digest: InputDigest
  private let started = ContinuousClock.now

  /// Opens the input; nothing is read yet.
  ///
  /// - Parameter engines: the face networks of earlier calls, where there are some.
  init(
    _ gate: Gate, clip: Clip, watchdog: Watchdog, engines: FaceEnginePool = FaceEnginePool()
  ) throws(VPrepError) {
    self.gate = gate
    self.engines = engines
    self.watchdog = watchdog
    var limits = gate.inputLimits
    limits.threads = min(max(gate.codecThreads, 1), 16)
    self.limits = limits
    input = try VPrepError.wrapping { () throws(MediaError) in
      try MediaInput(clip.source, limits: limits, watchdog: watchdog)
    }
    digest = InputDigest(input, watchdog: watchdog)
  }

  /// Makes one call; one that fails on a clip that was written to meanwhile says so, whatever else went
  /// wrong with it.
  func run<Answer>(
    _ call: (Pipeline) throws(VPrepError) -> Answer
  ) throws(VPrepError) -> Answer {
    do throws(VPrepError) {
      return try call(self)
    } catch {
      if error.kind != .cancelled {
        try VPrepError.wrapping { () throws(MediaError) in try input.checkUnchanged() }
      }
      throw error
    }
  }

  /// The main job.
  func prepare(writingTo path: String) throws(VPrepError) -> Report {
    digest.start()
    let photo = try readPhoto()
    let measured = try timed(measureForPreparation)
    let (judged, whole) = (measured.value.judged, measured.value.whole)
    let verdict = judge(judged.measurements, photo)
    let fitted = try timed { () throws(VPrepError) in try fit(whole.clip, whole, to: path) }
    let outputVerdict = try rejudge(fitted.value, verdict: verdict, photo: photo)
    let previews = try timed { () throws(VPrepError) in
      try render(whole, count: gate.previewCount)
    }
    var report = try makeReport(judged, of: whole.clip, verdict: verdict)
    report.photo = photo.map(PhotoReport.init)
    report.fit = fitted.value
    report.fit?.worsened = outputVerdict.codesWorse(than: verdict)
    // The output is what will be uploaded.
    report.lint = findings(
      md5: fitted.value.output?.md5 ?? "", bytes: fitted.value.output?.bytes ?? 0,
      photoMD5: photo?.md5)
    report.outputVerdict = outputVerdict
    report.previews = previews.value.map(PreviewReport.init)
    report.timing = makeTiming(
      measure: measured.seconds, fit: fitted.seconds, preview: previews.seconds)
    return report
  }

  func probe() throws(VPrepError) -> Report {
    if gate.includesDigest { digest.start() }
    let probed = try timed { () throws(VPrepError) in
      return try VPrepError.wrapping { () throws(MediaError) in
        try ClipProbe(input: input, limits: limits, watchdog: watchdog).run()
      }
    }
    var report = Report(probed.value, md5: gate.includesDigest ? try md5() : nil)
    report.timing = makeTiming(probe: probed.seconds)
    return report
  }

  func check() throws(VPrepError) -> Report {
    digest.start()
    let photo = try readPhoto()
    let measured = try timed { () throws(VPrepError) in try measureForVerdict(input) }
    let verdict = judge(measured.value.measurements, photo)
    var report = try makeReport(measured.value, verdict: verdict)
    report.photo = photo.map(PhotoReport.init)
    report.lint = findings(
      md5: try md5(), bytes: report.input.bytes, photoMD5: photo?.md5)
    report.timing = makeTiming(measure: measured.seconds)
    return report
  }

  /// - Parameter path: where the output goes; `nil` plans the fit and writes nothing.
  func fit(to path: String?) throws(VPrepError) -> Report {
    digest.start()
    let probed = try timed { () throws(VPrepError) in
      return try VPrepError.wrapping { () throws(MediaError) in
        try ClipProbe(input: input, limits: limits, watchdog: watchdog).run(walkingPackets: true)
      }
    }
    // Only a plan that may shorten the clip has to know what it shows.
    let measured =
      planner(probed.value, nil).needsTimeline ? try timed(measure) : nil
    let clip = measured?.value.clip ?? probed.value
    // A copy that the service's own document refuses is no fit; `prepare` says so by its verdict.
    let planner = planner(clip, measured?.value)
    try planner.check()
    let plan = planner.plan()
    if let error = VPrepError(unmetOf: plan, file: input.name) { throw error }
    let fitted = try timed { () throws(VPrepError) in try fit(clip, measured?.value, to: path) }
    var report = try Report(clip, md5: md5())
    report.fit = fitted.value
    report.timing = makeTiming(
      probe: probed.seconds, measure: measured?.seconds, fit: fitted.seconds)
    return report
  }

  /// Everything that `prepare` decides before it writes: the verdict on the clip, and the plan.
  func planPreparation() throws(VPrepError) -> Report {
    digest.start()
    let photo = try readPhoto()
    let measured = try timed(measureForPreparation)
    let (judged, whole) = (measured.value.judged, measured.value.whole)
    let verdict = judge(judged.measurements, photo)
    var report = try makeReport(judged, of: whole.clip, verdict: verdict)
    report.photo = photo.map(PhotoReport.init)
    let planned = try fit(whole.clip, whole, to: nil)
    report.fit = planned
    // What will be sent is written later, unless it is the clip itself.
    let isClip = planned.action == .passthrough
    report.lint = findings(
      md5: isClip ? try md5() : nil,
      bytes: isClip ? report.input.bytes : planner(whole.clip, whole).limit,
      photoMD5: photo?.md5)
    report.timing = makeTiming(measure: measured.seconds)
    return report
  }

  func preview(count: Int, writingTo path: String?) throws(VPrepError) -> Report {
    digest.start()
    let measured = try timed(measure)
    let pictures = try timed { () throws(VPrepError) in
      try render(measured.value, count: count)
    }
    if let path {
      try VPrepError.wrapping { () throws(MediaError) in
        try PreviewFiles.write(pictures.value, to: path, input: input)
      }
    }
    var report = try makeReport(measured.value, verdict: nil)
    report.previews = pictures.value.map(PreviewReport.init)
    report.timing = makeTiming(measure: measured.seconds, preview: pictures.seconds)
    return report
  }

  // MARK: - Stages

  private func measure() throws(VPrepError) -> MeasuringPass.Result {
    try measure(input, annotationFolder: gate.annotationFolder)
  }

  /// What `check` would judge, and what all pictures show, for the plan and the previews.
  ///
  /// Both come from one look where that saw all. Damage that only the second one found is judged too.
  private func measureForPreparation() throws(VPrepError) -> (
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
  private func measureForVerdict(
    _ input: MediaInput, for stage: ReadingStage = .measure
  ) throws(VPrepError) -> MeasuringPass.Result {
    // Who asks for frames gets them evenly spaced.
    guard !gate.isExhaustive, !gate.includesTimeline, gate.annotationFolder == nil else {
      let folder = stage == .measure ? gate.annotationFolder : nil
      return try measure(input, for: stage, annotationFolder: folder)
    }
    let sampled = try measureSampled(input, for: stage)
    let isNear = Judge.isNearFailure(
      sampled.measurements, provider: gate.provider, mode: mode, options: options,
      overrides: gate.overrides)
    guard isNear else { return sampled }
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
    if first.isDoubtful { return try measure(input, for: stage) }
    return look.isSteady(first.measurements) ? first : try pass.secondLook(after: first)
  }

  private var firstLook: FirstLook {
    let question = DecodingPlan.Question(mode)
    let (provider, mode, options, overrides) = (gate.provider, mode, options, gate.overrides)
    var look = FirstLook(question: question) {
      Judge.isSteady(
        $0, provider: provider, mode: mode, options: options, overrides: overrides,
        certainty: question == .state
          ? .everyLimit : .failingExtremes(leftOut: DecodingPlan.longestMissed))
    } isUnderWay: {
      Judge.isUnderWay(
        $0, last: DecodingPlan.underWay, provider: provider, mode: mode, options: options,
        overrides: overrides)
    }
    // Lips are what a spoken number shows; nothing is asked of the eyes that a sample does not tell.
    look.asksForEyes = mode != .lip
    return look
  }

  private func measure(
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
      samplingRate: gate.isExhaustive ? nil : Sampler.rate(for: mode),
      annotationFolder: annotationFolder, look: look)
  }

  /// - Parameter start: where in the clip the measured file begins, in seconds.
  private func judge(
    _ measurements: ClipMeasurements, _ photo: PhotoReader.Photo?, cutFrom start: Double = 0
  ) -> Verdict {
    var options = self.options
    options.window = options.window.map {
      TimeWindow(start: max(0, $0.start - start), end: $0.end - start)
    }
    return Judge.judge(
      measurements, provider: gate.provider, mode: mode, options: options,
      photo: photo?.measurements, overrides: gate.overrides)
  }

  private func planner(_ clip: ProbedClip, _ measured: MeasuringPass.Result?) -> FitPlanner {
    FitPlanner(
      clip: clip, limits: .limits(for: gate.provider, mode: mode),
      maximumBytes: gate.maximumBytes, window: gate.window,
      policy: WindowPolicy(gate.provider, mode: mode),
      timeline: measured.map {
        JudgedTimeline(
          $0.measurements, voiced: $0.basis.voiced, provider: gate.provider, mode: mode,
          options: options, overrides: gate.overrides)
      },
      recipient: Recipient(provider: gate.provider, mode: mode, overrides: gate.overrides))
  }

  private func fit(
    _ clip: ProbedClip, _ measured: MeasuringPass.Result?, to path: String?
  ) throws(VPrepError) -> FitReport {
    let planner = planner(clip, measured)
    try planner.check()
    guard let path else { return FitReport(planner.plan(), output: nil, attempts: 0) }
    let name = OutputName(path: path)
    if planner.plan().action != .passthrough { try name.requireMP4() }
    let fitter = Fitter(
      input: input, clip: clip, limits: limits, watchdog: watchdog, inputDigest: digest)
    var report = try fitter.run(planner, to: path)
    if report.action == .passthrough, let note = name.note(copying: clip.container) {
      report.reasons.append(note)
    }
    return report
  }

  /// Judges the output as it stands on disk; an exact copy needs no second look.
  private func rejudge(
    _ fit: FitReport, verdict: Verdict, photo: PhotoReader.Photo?
  ) throws(VPrepError) -> Verdict {
    guard let path = fit.output?.path, fit.action != .passthrough else { return verdict }
    let output = try VPrepError.wrapping { () throws(MediaError) in
      try MediaInput(.file(path), limits: limits)
    }
    return judge(
      try measureForVerdict(output, for: .recheck).measurements, photo,
      cutFrom: fit.window?.start ?? 0)
  }

  private func render(
    _ measured: MeasuringPass.Result, count: Int
  ) throws(VPrepError) -> [PreviewRenderer.Picture] {
    guard count > 0 else { return [] }
    let choices = PreviewPicker.choose(measured.measurements.frames, count: count)
    let places = measured.basis.places
    return try VPrepError.wrapping { () throws(MediaError) in
      try PreviewRenderer(
        input: input, clip: measured.clip, limits: limits, watchdog: watchdog
      ).render(choices.map { PreviewRenderer.Wanted(choice: $0, place: places[$0.index]) })
    }
  }

  // MARK: - Report

  private func makeReport(
    _ measured: MeasuringPass.Result, of clip: ProbedClip? = nil, verdict: Verdict?
  ) throws(VPrepError) -> Report {
    var report = try Report(clip ?? measured.clip, md5: md5())
    report.measured = MeasuredReport(
      measured.measurements, window: gate.options.window, timeline: gate.includesTimeline)
    report.verdict = verdict
    return report
  }

  func md5() throws(VPrepError) -> String {
    try VPrepError.wrapping { () throws(MediaError) in try digest.value() }
  }

  private func timed<R>(
    _ body: () throws(VPrepError) -> R
  ) throws(VPrepError) -> Timed<R> {
    let start = ContinuousClock.now
    let value = try body()
    return Timed(value: value, seconds: Self.seconds(since: start))
  }

  private func makeTiming(
    probe: Double? = nil, measure: Double? = nil, fit: Double? = nil, preview: Double? = nil
  ) -> Report.Timing {
    Report.Timing(
      probe: probe, decode: nil, measure: measure, fit: fit, preview: preview,
      total: Self.seconds(since: started))
  }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let (whole, atto) = (ContinuousClock.now - start).components
    return (Double(whole) + Double(atto) * 1e-18).rounded(decimals: 4)
  }
}

/// A value and the seconds that it took.
private struct Timed<Value> {
  let value: Value
  let seconds: Double
}
