extension FitPlan {
  /// The plan with what its encoding changes in the pictures beside their size in bytes.
  func noting(_ clip: ProbedClip, decodeErrors: Int = 0) -> FitPlan {
    guard case .transcode(let target) = action else { return self }
    var changes: [String] = []
    if decodeErrors > 0, !clip.isDamaged {
      changes.append("\(decodeErrors) errors while decoding; what can be decoded is kept")
    }
    if clip.video.isInterlaced {
      changes.append("encoding makes the interlaced pictures progressive")
    }
    if let note = clip.pictureSizes.note(from: clip.videoStart) {
      let hasBars = clip.pictureSizes.holdsOtherShapes(than: (target.width, target.height))
      let bars = "; those of another shape than \(target.width)×\(target.height) get black bars"
      changes.append(note + (hasBars ? bars : ""))
    }
    let color = clip.video.color.assumed(width: clip.video.width, height: clip.video.height)
    if color.transfer.isHDR {
      changes.append("encoding maps HDR to SDR")
    } else if color.primaries == .bt2020 {
      changes.append("encoding converts BT.2020 colours to BT.709")
    }
    return adding(changes)
  }

  /// The plan with what became of the audio, where some of it is missing.
  func noting(_ outcome: AudioOutcome) -> FitPlan {
    outcome.reason.map { adding([$0]) } ?? self
  }

  private func adding(_ more: [String]) -> FitPlan {
    FitPlan(
      action: action, reasons: reasons + more, choice: choice, byteBudget: byteBudget,
      unmet: unmet)
  }
}
