extension FitPlan {
  /// The plan with what its encoding changes in the pictures beside their size in bytes.
  func noting(_ clip: ProbedClip) -> FitPlan {
    guard case .transcode = action else { return self }
    var changes: [String] = []
    if clip.video.isInterlaced {
      changes.append("encoding makes the interlaced pictures progressive")
    }
    let color = clip.video.color.assumed(width: clip.video.width, height: clip.video.height)
    if color.transfer.isHDR {
      changes.append("encoding maps HDR to SDR")
    } else if color.primaries == .bt2020 {
      changes.append("encoding converts BT.2020 colours to BT.709")
    }
    return FitPlan(
      action: action, reasons: reasons + changes, choice: choice, byteBudget: byteBudget)
  }
}
