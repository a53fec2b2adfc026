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
  private let started = ContinuousClock.now

  /// What is asked, in the mode that the request says.
  var service: Service { judge.service }

  /// Opens the input; nothing is read yet.
  ///
  /// - Parameter engines: the face networks of earlier calls, where there are some.
  init(
    _ gate: Gate, clip: Clip, watchdog: Watchdog, engines: FaceEnginePool = FaceEnginePool()
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
  func prepare(writingTo path: String) throws(VPrepError) -> Report {
    try prepare(writingTo: openTarget(path)) { (_, _) in }
  }

  /// - Parameters:
  ///   - isNamedByContent: whether a copy of a clip that is no MP4 gets the usual ending of its own
  ///     container.
  ///   - announce: called when all is done but for the output's name.
  func prepare(
    writingTo target: OutputTarget, isNamedByContent: Bool = false,
    announce: (Report, inout OutputFile) throws(VPrepError) -> Void
  ) throws(VPrepError) -> Report {
    digest.start()
    let photo = try readPhoto()
    let measured = try timed(measureForPreparation)
    let (judged, whole) = (measured.value.judged, measured.value.whole)
    let verdict = judgement(of: judged.measurements, photo)
    let fitted = try timed { () throws(VPrepError) in
      try fit(whole.clip, whole, to: target, isNamedByContent: isNamedByContent)
    }
    let outputVerdict = try rejudge(fitted.value, verdict: verdict, photo: photo)
    let previews = try timed { () throws(VPrepError) in
      try render(whole, count: gate.previewCount)
    }
    var report = try makeReport(judged, of: whole.clip, verdict: verdict)
    report.photo = photo.map(PhotoReport.init)
    report.fit = fitted.value.report
    report.fit?.worsened = outputVerdict.codesWorse(than: verdict)
    // The output is what will be uploaded.
    report.lint = findings(
      md5: report.fit?.output?.md5 ?? "", bytes: report.fit?.output?.bytes ?? 0,
      photoMD5: photo?.md5)
    report.outputVerdict = outputVerdict
    report.previews = previews.value.map(PreviewReport.init)
    report.timing = makeTiming(
      measure: measured.seconds, fit: fitted.seconds, preview: previews.seconds)
    var output = fitted.value.output
    try announce(report, &output)
    try place(output)
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
    let verdict = judgement(of: measured.value.measurements, photo)
    var report = try makeReport(measured.value, verdict: verdict)
    report.photo = photo.map(PhotoReport.init)
    report.lint = findings(
      md5: try md5(), bytes: report.input.bytes, photoMD5: photo?.md5)
    report.timing = makeTiming(measure: measured.seconds)
    return report
  }

  /// Writes a copy that meets the limits.
  func fit(to path: String) throws(VPrepError) -> Report {
    let target = try openTarget(path)
    let (clip, measured, times) = try probeForFit()
    try requireMet(clip, measured)
    let fitted = try timed { () throws(VPrepError) in try fit(clip, measured, to: target) }
    var report = try Report(clip, md5: md5())
    report.fit = fitted.value.report
    report.timing = makeTiming(probe: times.probe, measure: times.measure, fit: fitted.seconds)
    try place(fitted.value.output)
    return report
  }

  /// Plans what `fit` would do and writes nothing.
  func planFit() throws(VPrepError) -> Report {
    let (clip, measured, times) = try probeForFit()
    try requireMet(clip, measured)
    let planned = try timed { () throws(VPrepError) in try plan(clip, measured) }
    var report = try Report(clip, md5: md5())
    report.fit = planned.value
    report.timing = makeTiming(probe: times.probe, measure: times.measure, fit: planned.seconds)
    return report
  }

  /// Everything that `prepare` decides before it writes: the verdict on the clip, and the plan.
  func planPreparation() throws(VPrepError) -> Report {
    digest.start()
    let photo = try readPhoto()
    let measured = try timed(measureForPreparation)
    let (judged, whole) = (measured.value.judged, measured.value.whole)
    let verdict = judgement(of: judged.measurements, photo)
    var report = try makeReport(judged, of: whole.clip, verdict: verdict)
    report.photo = photo.map(PhotoReport.init)
    let planned = try plan(whole.clip, whole)
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
    let files = try path.map { (path) throws(VPrepError) in
      try VPrepError.wrapping { () throws(MediaError) in
        try PreviewFiles(path, count: count, protecting: protected)
      }
    }
    digest.start()
    let measured = try timed(measure)
    let pictures = try timed { () throws(VPrepError) in
      try render(measured.value, count: count)
    }
    try VPrepError.wrapping { () throws(MediaError) in try files?.write(pictures.value) }
    var report = try makeReport(measured.value, verdict: nil)
    report.previews = pictures.value.map(PreviewReport.init)
    report.timing = makeTiming(measure: measured.seconds, preview: pictures.seconds)
    return report
  }

  // MARK: - Stages

  /// - Parameter start: where in the clip the measured file begins, in seconds.
  func judgement(
    of measurements: ClipMeasurements, _ photo: PhotoReader.Photo?, cutFrom start: Double = 0
  ) -> Verdict {
    let window = judge.options.window.map {
      TimeWindow(start: max(0, $0.start - start), end: $0.end - start)
    }
    return judge.judging(window).verdict(of: measurements, photo: photo?.measurements)
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

  func timed<R: ~Copyable>(
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
struct Timed<Value: ~Copyable>: ~Copyable {
  let value: Value
  let seconds: Double
}

extension Timed: Copyable where Value: Copyable {}
