internal import MediaIO
internal import Services

/// The calls beside the main job.
extension Pipeline {
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
    let found = try probeForFit(isPlanned: true)
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
}
