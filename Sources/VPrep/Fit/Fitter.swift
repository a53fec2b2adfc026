internal import MediaIO
internal import ProviderRules

/// Carries out a fit: the output appears under its name verified, or not at all.
struct Fitter {
  let input: MediaInput
  let clip: ProbedClip
  let limits: InputLimits
  let watchdog: Watchdog

  /// Encoding runs before a fit is given up; each one aims lower by what the last was over.
  private static let mostAttempts = 5

  func run(
    _ planner: FitPlanner, to path: String
  ) throws(VPrepError) -> FitReport {
    var plan = planner.plan()
    while true {
      do throws(MediaError) {
        return try carryOut(plan, planner: planner, to: path)
      } catch {
        // A stream that MP4 cannot hold as it is can still be encoded anew.
        guard plan.action == .remux, error.stage == .mux else { throw VPrepError(error) }
        plan = planner.transcodeInstead(
          of: plan, because: "the streams cannot be copied: \(error.detail)")
      }
    }
  }

  private func carryOut(
    _ plan: FitPlan, planner: FitPlanner, to path: String
  ) throws(MediaError) -> FitReport {
    switch plan.action {
    case .passthrough:
      let output = try OutputFile(path, input: input)
      try output.copy(input)
      try output.commit()
      return FitReport(
        plan, output: FitReport.Output(clip, path: path, md5: try input.md5()), attempts: 1)
    case .remux:
      let output = try OutputFile(path, input: input)
      try Remuxer(input: input, limits: limits, watchdog: watchdog)
        .run(to: output.temporaryPath, file: path)
      let found = try verify(output.temporaryPath, path: path, plan, duration: clip.videoDuration)
      return try finish(output, found, plan, attempts: 1)
    case .transcode(let target):
      return try transcode(target, plan: plan, planner: planner, to: path)
    }
  }

  private func transcode(
    _ first: TranscodeTarget, plan: FitPlan, planner: FitPlanner, to path: String
  ) throws(MediaError) -> FitReport {
    var target = first
    var budget = plan.byteBudget
    for attempt in 1...Self.mostAttempts {
      let output = try OutputFile(path, input: input)
      let transcoder = try Transcoder(
        input, clip: clip, target: target, window: plan.window, limits: limits,
        watchdog: watchdog, path: output.temporaryPath, file: path)
      let frames = try transcoder.run()
      guard frames > 0 else {
        throw MediaError(
          .encode, file: path, cause: .limitExceeded,
          detail: "the kept stretch holds no frame of the clip")
      }
      let size = output.byteCount
      if size <= plan.byteBudget {
        let kept = plan.window.map { min($0.end, clip.videoDuration) - $0.start }
        let found = try verify(
          output.temporaryPath, path: path, plan, duration: kept ?? clip.videoDuration)
        return try finish(output, found, plan, attempts: attempt)
      }
      budget = Int(Double(budget) * Double(plan.byteBudget) / Double(size) * 0.97)
      target = planner.target(budget: budget, duration: target.duration)
    }
    throw MediaError(
      .encode, file: path, cause: .limitExceeded,
      detail: "the clip cannot be brought to \(plan.byteBudget) bytes",
      advice: "Keep a shorter stretch with --window.")
  }

  private func verify(
    _ temporary: String, path: String, _ plan: FitPlan, duration: Double
  ) throws(MediaError) -> ProbedClip {
    try OutputVerifier(limits: limits, watchdog: watchdog).verify(
      temporary, name: path,
      OutputVerifier.Expectation(
        duration: duration, frameInterval: clip.frameRate > 0 ? 1 / clip.frameRate : 0.04,
        hasAudio: clip.audio != nil, byteBudget: plan.byteBudget))
  }

  private func finish(
    _ output: consuming OutputFile, _ found: ProbedClip, _ plan: FitPlan, attempts: Int
  ) throws(MediaError) -> FitReport {
    let path = output.path
    let md5 = try MediaInput(.file(output.temporaryPath), limits: limits).md5()
    try output.commit()
    return FitReport(
      plan, output: FitReport.Output(found, path: path, md5: md5), attempts: attempts)
  }
}
