internal import FaceModel
internal import MediaIO
internal import Services

/// One call, stage by stage: file → probe → decode → measure → judge → fit → preview → report.
struct Pipeline {
  let gate: Gate
  /// Who judges what was measured.
  let judge: Judge
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog
  let engines: FaceEnginePool
  /// All that this call reads, so that no output replaces it.
  let protected: ProtectedFiles
  /// The input's MD5, computed once.
  let digest: InputDigest
  /// Small pictures of the measured frames; `nil` where nobody wants to see them.
  let stills: StillBook?
  private let started = ContinuousClock.now

  /// What is asked, in the mode that the request says.
  var service: Service { judge.service }

  /// Opens the input; nothing is read yet.
  ///
  /// - Parameter engines: the face networks of earlier calls, where there are some.
  init(
    _ gate: Gate, clip: Clip, watchdog: Watchdog, engines: FaceEnginePool
  ) throws(VPrepError) {
    self.gate = gate
    judge = Judge(gate)
    self.engines = engines
    self.watchdog = watchdog
    let limits = gate.callLimits
    self.limits = limits
    input = try VPrepError.wrapping { () throws(MediaError) in
      try MediaInput(clip.source, limits: limits, watchdog: watchdog)
    }
    digest = InputDigest(input, watchdog: watchdog)
    stills = gate.reporting.isIllustrated ? StillBook() : nil
    var protected = ProtectedFiles(gate)
    protected.add(input)
    self.protected = protected
  }

  /// Makes one call; one that fails on a clip that was written to meanwhile says so, whatever else went
  /// wrong with it.
  func run<Answer>(
    _ call: (Pipeline) throws(VPrepError) -> Answer
  ) throws(VPrepError) -> Answer {
    do throws(VPrepError) {
      return try FFmpegLog.owning { () throws(VPrepError) in try call(self) }
    } catch {
      if error.kind != .cancelled {
        try VPrepError.wrapping { () throws(MediaError) in try input.checkUnchanged() }
      }
      throw error
    }
  }

  /// The main job.
  func prepare(writingTo path: String) throws(VPrepError) -> Preparation {
    try prepare(writingTo: openTarget(path)) { (_, _) in }
  }

  /// - Parameters:
  ///   - isNamedByContent: whether a copy of a clip that is no MP4 gets the usual ending of its own
  ///     container.
  ///   - announce: called when all is done but for the output's name.
  func prepare(
    writingTo target: OutputTarget, isNamedByContent: Bool = false,
    announce: (Preparation, inout OutputFile) throws(VPrepError) -> Void
  ) throws(VPrepError) -> Preparation {
    digest.start()
    let photo = try readPhoto()
    let first = try timed { () throws(VPrepError) in try measureForPreparation() }
    let verdict = judgement(of: first.value.measured.judged.measurements, photo)
    let skipped = try hopelessChange(
      first.value.measured, verdict, isMeasuredLater: first.value.along != nil)
    if let skipped {
      return try prepareNothing(
        first.value.measured, verdict, photo, change: skipped, measuring: first.duration)
    }
    let prepared = try timed { () throws(VPrepError) in
      try fitForPreparation(
        first.value.measured, first.value.along, to: target, isNamedByContent: isNamedByContent)
    }
    let whole = prepared.value.whole
    let outputVerdict = try rejudge(prepared.value.fitted, verdict: verdict, photo: photo)
    let previews = try timed { () throws(VPrepError) in
      try render(whole, count: gate.reporting.previewCount)
    }
    let output = prepared.value.fitted.output
    let preparation = Preparation(
      // The output is what will be uploaded.
      check: try makeCheck(
        MeasuringPass.Measured(judged: first.value.measured.judged, whole: whole), verdict, photo,
        findings: findings(
          clip: SentFile(md5: output.md5, bytes: output.byteCount), photo: photo?.sent),
        timing: timing([
          .measure: first.duration, .fit: prepared.duration, .preview: previews.duration,
        ])),
      change: prepared.value.fitted.change, output: output, outputVerdict: outputVerdict,
      worsened: outputVerdict.codesWorse(than: verdict), previews: previews.value,
      noPreviews: gate.reporting.previewCount > 0 ? noPreviews(whole) : nil)
    var file = prepared.value.fitted.file
    try announce(preparation, &file)
    try place(file)
    return preparation
  }

  /// What is said of a clip that is not encoded.
  private func prepareNothing(
    _ measured: MeasuringPass.Measured, _ verdict: Verdict, _ photo: PhotoInfo?, change: FitChange,
    measuring: Duration
  ) throws(VPrepError) -> Preparation {
    let previews = try timed { () throws(VPrepError) in
      try render(measured.whole, count: gate.reporting.previewCount)
    }
    let check = try makeCheck(
      measured, verdict, photo,
      findings: findings(of: change, to: measured.whole, photo: photo?.sent),
      timing: timing([.measure: measuring, .preview: previews.duration]))
    return Preparation(
      check: check, change: change, output: nil, outputVerdict: nil, previews: previews.value,
      noPreviews: gate.reporting.previewCount > 0 ? noPreviews(measured.whole) : nil)
  }

  func probe() throws(VPrepError) -> Probe {
    if gate.reporting.includesDigest { digest.start() }
    let probed = try timed { () throws(VPrepError) in
      return try VPrepError.wrapping { () throws(MediaError) in
        try ClipProbe(input: input, limits: limits, watchdog: watchdog).run()
      }
    }
    return Probe(
      clip: ClipInfo(probed.value, md5: gate.reporting.includesDigest ? try md5() : nil),
      timing: timing([.probe: probed.duration]))
  }

  func check() throws(VPrepError) -> Check {
    digest.start()
    let photo = try readPhoto()
    let measured = try timed { () throws(VPrepError) in try measureForVerdict() }
    let verdict = judgement(of: measured.value.judged.measurements, photo)
    return try makeCheck(
      measured.value, verdict, photo,
      findings: findings(
        clip: SentFile(md5: md5(), bytes: measured.value.whole.clip.byteCount), photo: photo?.sent),
      timing: timing([.measure: measured.duration]))
  }

  /// Writes a copy that meets the limits.
  func fit(to path: String) throws(VPrepError) -> Fit {
    let target = try openTarget(path)
    let found = try probeForFit()
    try requireMet(found.clip, found.measured)
    let fitted = try timed { () throws(VPrepError) in
      try fit(found.clip, found.measured, to: target)
    }
    let result = Fit(
      clip: ClipInfo(found.clip, md5: try md5()), change: fitted.value.change,
      output: fitted.value.output, timing: timing(found.stages, fit: fitted.duration))
    try place(fitted.value.file)
    return result
  }

  /// Plans what `fit` would do and writes nothing.
  func planFit() throws(VPrepError) -> PlannedFit {
    let found = try probeForFit()
    try requireMet(found.clip, found.measured)
    let planned = try timed { () throws(VPrepError) in try plan(found.clip, found.measured) }
    return PlannedFit(
      clip: ClipInfo(found.clip, md5: try md5()), change: planned.value,
      timing: timing(found.stages, fit: planned.duration))
  }

  /// Everything that `prepare` decides before it writes: the verdict on the clip, and the plan.
  func planPreparation() throws(VPrepError) -> PlannedPreparation {
    digest.start()
    let photo = try readPhoto()
    let measured = try timed { () throws(VPrepError) in try measureForVerdict(isPlanned: true) }
    let whole = measured.value.whole
    let verdict = judgement(of: measured.value.judged.measurements, photo)
    let change: FitChange
    if let skipped = try hopelessChange(measured.value, verdict, isMeasuredLater: false) {
      change = skipped
    } else {
      change = try plan(whole.clip, whole)
    }
    let findings = try findings(of: change, to: whole, photo: photo?.sent)
    return PlannedPreparation(
      check: try makeCheck(
        measured.value, verdict, photo, findings: findings,
        timing: timing([.measure: measured.duration])),
      change: change)
  }

  func preview(count: Int, writingTo path: String?) throws(VPrepError) -> Previews {
    try Gate.validate(previewCount: count)
    let files = try path.map { (path) throws(VPrepError) in
      try VPrepError.wrapping { () throws(MediaError) in
        try PreviewFiles(path, count: count, protecting: protected)
      }
    }
    digest.start()
    let measured = try timed { () throws(VPrepError) in try measure(previews: count) }
    let pictures = try timed { () throws(VPrepError) in
      try render(measured.value, count: count)
    }
    try VPrepError.wrapping { () throws(MediaError) in try files?.write(pictures.value) }
    let (summary, timeline) = summary(of: measured.value.measurements)
    return Previews(
      clip: ClipInfo(measured.value.clip, md5: try md5()), measurements: summary,
      timeline: timeline, pictures: pictures.value, noPreviews: noPreviews(measured.value),
      timing: timing([.measure: measured.duration, .preview: pictures.duration]))
  }

  // MARK: - Stages

  /// - Parameter start: where in the clip the measured file begins, in seconds.
  func judgement(
    of measurements: ClipMeasurements, _ photo: PhotoInfo?, cutFrom start: Double = 0
  ) -> Verdict {
    let window = judge.options.window.map {
      TimeWindow(start: max(0, $0.start - start), end: $0.end - start)
    }
    return judge.judging(window).verdict(of: measurements, photo: photo?.measurements)
      .translated(by: gate.reporting.advice)
  }

  private func render(
    _ measured: MeasuringPass.Result, count: Int
  ) throws(VPrepError) -> [Preview] {
    guard count > 0 else { return [] }
    let choices = PreviewPicker.choose(
      measured.measurements.frames, count: count, by: judge.frameLimits)
    let places = measured.basis.places
    return try VPrepError.wrapping { () throws(MediaError) in
      defer { measured.basis.candidates?.removeAll() }
      return try PreviewRenderer(
        input: input, clip: measured.clip, limits: limits, watchdog: watchdog,
        style: PreviewStyle(gate.reporting)
      ).render(
        choices.map {
          let place = places[$0.index]
          return PreviewRenderer.Wanted(
            choice: $0, place: place, kept: measured.basis.candidates?[place])
        })
    }
  }

  private func noPreviews(_ measured: MeasuringPass.Result) -> NoPreviews? {
    PreviewPicker.obstacle(measured.measurements, by: judge.frameLimits)
  }

  // MARK: - Results

  private func makeCheck(
    _ measured: MeasuringPass.Measured, _ verdict: Verdict, _ photo: PhotoInfo?,
    findings: [LintFinding]?, timing: CallTiming
  ) throws(VPrepError) -> Check {
    // What is said of the frames is said of those that are shown, where some are.
    let seen = showsFrames ? measured.whole : measured.judged
    let (summary, timeline) = summary(of: seen.measurements)
    var check = Check(
      clip: ClipInfo(measured.whole.clip, md5: try md5()), measurements: summary,
      timeline: timeline,
      verdict: verdict, photo: photo, requestFindings: findings, timing: timing)
    check.illustration = stills.map {
      Illustration(measured.judged.measurements, verdict, by: judge, from: $0)
    }
    return check
  }

  /// What was measured in the judged window, and the frames behind it where they are asked for.
  private func summary(
    of measurements: ClipMeasurements
  ) -> (MeasurementSummary, [FrameMeasurement]?) {
    let window = gate.judging.options.window
    let summary = MeasurementSummary(measurements, window: window)
    guard gate.reporting.includesTimeline else { return (summary, nil) }
    return (summary, (window.map(measurements.restricted) ?? measurements).frames)
  }

  /// What is wrong with a request that sends what a change is planned to make of a clip.
  private func findings(
    of change: FitChange, to whole: MeasuringPass.Result, photo: SentFile?
  ) throws(VPrepError) -> [LintFinding]? {
    // What will be sent is written later, unless it is the clip itself.
    let isClip = change.action == .passthrough
    return findings(
      clip: SentFile(
        md5: isClip ? try md5() : nil,
        bytes: isClip ? whole.clip.byteCount : planner(whole.clip, whole).limit),
      photo: photo)
  }

  func md5() throws(VPrepError) -> String {
    try VPrepError.wrapping { () throws(MediaError) in try digest.value() }
  }

  func timed<R: ~Copyable>(
    _ body: () throws(VPrepError) -> R
  ) throws(VPrepError) -> Timed<R> {
    let start = ContinuousClock.now
    let value = try body()
    return Timed(value: value, duration: ContinuousClock.now - start)
  }

  private func timing(
    _ stages: [CallTiming.Stage: Duration], fit: Duration? = nil
  ) -> CallTiming {
    var stages = stages
    stages[.fit] = fit ?? stages[.fit]
    return CallTiming(total: ContinuousClock.now - started, stages: stages)
  }
}

/// A value and how long it took.
struct Timed<Value: ~Copyable>: ~Copyable {
  let value: Value
  let duration: Duration
}

extension Timed: Copyable where Value: Copyable {}
