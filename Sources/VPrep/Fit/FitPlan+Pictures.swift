extension FitPlan {
  /// The plan with what its encoding changes in the pictures beside their size in bytes.
  func noting(_ clip: ProbedClip, decodeErrors: Int = 0) -> FitPlan {
    guard case .transcode = action else { return self }
    var changes: [String] = []
    if decodeErrors > 0, !clip.isDamaged {
      changes.append("\(decodeErrors) errors while decoding; what can be decoded is kept")
    }
    if clip.video.isInterlaced {
      changes.append("encoding makes the interlaced pictures progressive")
    }
    if clip.video.transfer.isHDR { changes.append("encoding maps HDR to SDR") }
    return FitPlan(
      action: action, reasons: reasons + changes, choice: choice, byteBudget: byteBudget)
  }
}
