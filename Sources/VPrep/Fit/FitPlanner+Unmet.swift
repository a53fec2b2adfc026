internal import MediaIO
internal import Services

extension FitPlanner {
  /// The plan with the documented limits that its output will break, and with a sentence on each: a clip
  /// that is too short stays so.
  func named(unmetOf plan: FitPlan) -> FitPlan {
    guard let recipient else { return plan }
    let unmet = recipient.unmetLimits(facts(of: plan))
    guard !unmet.isEmpty else { return plan }
    let sentences = unmet.map { "no fit can repair \($0.code): \($0.integratorAdvice)" }
    let reasons = plan.action == .passthrough ? [] : plan.reasons
    return FitPlan(
      action: plan.action, reasons: reasons + sentences, choice: plan.choice,
      byteBudget: plan.byteBudget, unmet: unmet)
  }

  /// What the planned output will be, as far as limits on files ask for it.
  private func facts(of plan: FitPlan) -> ClipFacts {
    var facts = ClipFacts(clip)
    if let window = plan.window {
      facts.durationSeconds = min(window.end, clip.videoDuration) - window.start
    }
    guard plan.action != .passthrough else { return facts }
    facts.container = ContainerFormat.mp4.rawValue
    facts.bytes = min(clip.byteCount, plan.byteBudget)
    facts.decodeErrors = 0
    if case .transcode(let target) = plan.action {
      (facts.displayWidth, facts.displayHeight) = (target.width, target.height)
      facts.videoCodec = CodecName.h264.rawValue
    }
    return facts
  }
}

extension VPrepError {
  /// The error of a clip whose plan leaves documented limits unmet; `nil` where it meets them all.
  init?(unmetOf plan: FitPlan, file: String) {
    guard let worst = plan.unmet.first else { return nil }
    self.init(
      kind: .limitsCannotBeMet, stage: "fit", file: file,
      message: plan.unmet.map(\.integratorAdvice).joined(separator: " "), advice: worst.advice,
      code: worst.code)
  }
}
