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
  let started = ContinuousClock.now

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
    var check = try makeCheck(
      MeasuringPass.Measured(judged: first.value.measured.judged, whole: whole), verdict, photo,
      findings: findings(
        clip: SentFile(md5: output.md5, bytes: output.byteCount), photo: photo?.sent),
      timing: timing([
        .measure: first.duration, .fit: prepared.duration, .preview: previews.duration,
      ]))
    // The output is what will be uploaded.
    check.exploration = try exploration(outputVerdict)
    let preparation = Preparation(
      check: check, change: prepared.value.fitted.change, output: output,
      outputVerdict: outputVerdict,
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

  func render(
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

  func noPreviews(_ measured: MeasuringPass.Result) -> NoPreviews? {
    PreviewPicker.obstacle(measured.measurements, by: judge.frameLimits)
  }

  func timed<R: ~Copyable>(
    _ body: () throws(VPrepError) -> R
  ) throws(VPrepError) -> Timed<R> {
    let start = ContinuousClock.now
    let value = try body()
    return Timed(value: value, duration: ContinuousClock.now - start)
  }

  func timing(
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
