extension FitPlan {
  /// The plan with what its encoding changes in the pictures beside their size in bytes.
  func noting(_ clip: ProbedClip) -> FitPlan {
    guard case .transcode = action else { return self }
    var changes: [String] = []
    if clip.video.isInterlaced {
      changes.append("encoding makes the interlaced pictures progressive")
    }
    if clip.video.transfer.isHDR { changes.append("encoding maps HDR to SDR") }
    return adding(changes)
  }

  /// The plan with what became of the sound, where some of it is missing.
  func noting(_ sound: SoundOutcome) -> FitPlan {
    sound.reason.map { adding([$0]) } ?? self
  }

  private func adding(_ more: [String]) -> FitPlan {
    FitPlan(
      action: action, reasons: reasons + more, choice: choice, byteBudget: byteBudget,
      unmet: unmet)
  }
}
