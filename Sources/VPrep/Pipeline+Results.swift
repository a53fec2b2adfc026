internal import MediaIO
internal import Services

/// From what was measured and decided to what is answered.
extension Pipeline {
  func makeCheck(
    _ measured: MeasuringPass.Measured, _ verdict: Verdict, _ photo: PhotoInfo?,
    findings: [LintFinding]?, timing: CallTiming
  ) throws(VPrepError) -> Check {
    // What is said of the frames is said of those that are shown, where some are.
    let seen = showsFrames ? measured.whole : measured.judged
    let (summary, timeline) = summary(of: seen.measurements)
    var check = Check(
      clip: ClipInfo(measured.whole.clip, md5: try md5()), measurements: summary,
      timeline: timeline,
      verdict: verdict, photo: photo, requestFindings: findings,
      exploration: try exploration(verdict), timing: timing)
    check.illustration = stills.map {
      Illustration(measured.judged.measurements, verdict, by: judge, from: $0)
    }
    return check
  }

  /// What was measured in the judged window, and the frames behind it where they are asked for.
  func summary(
    of measurements: ClipMeasurements
  ) -> (MeasurementSummary, [FrameMeasurement]?) {
    let window = gate.judging.options.window
    let summary = MeasurementSummary(measurements, window: window)
    guard gate.reporting.includesTimeline else { return (summary, nil) }
    return (summary, (window.map(measurements.restricted) ?? measurements).frames)
  }

  /// What is wrong with a request that sends what a change is planned to make of a clip.
  func findings(
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

  /// What is decided about a clip by the verdict that counts; `nil` where nothing is to be decided.
  func exploration(_ verdict: Verdict) throws(VPrepError) -> Exploration.Choice? {
    guard let exploration = gate.judging.exploration,
      ExitStatus(verdict, strict: gate.judging.options.strict) == .refused
    else { return nil }
    return exploration.choice(md5: try md5())
  }

  func md5() throws(VPrepError) -> String {
    try VPrepError.wrapping { () throws(MediaError) in try digest.value() }
  }
}
