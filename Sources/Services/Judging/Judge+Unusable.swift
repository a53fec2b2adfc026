/// Why a file could not be measured at all.
public enum UnusableMedia: String, Sendable, Codable, CaseIterable {
  /// The file has no bytes.
  case empty
  /// No known container, or one that is refused.
  case unreadable
  /// There is no video stream.
  case noVideo
  /// The video decodes to no frame.
  case noFrames
}

extension Judge {
  /// The verdict for a file that could not be measured: it fails with the provider's format code.
  ///
  /// Every other code is listed as unmeasured.
  public func verdict(ofUnusable media: UnusableMedia) -> Verdict {
    let prediction = prediction(for: media)
    var unmeasured: [UnmeasuredRule] = []
    for rule in rules where rule.code != prediction.code && rule.tag == nil {
      let entry = UnmeasuredRule(
        code: rule.code, measure: rule.measure.name, reason: .mediaUnusable)
      if !unmeasured.contains(entry) { unmeasured.append(entry) }
    }
    return Verdict(
      provider: service.provider, mode: service.mode, outcome: .fail, predictions: [prediction],
      unmeasured: unmeasured, unpredictable: service.profile.unpredictableCodes)
  }

  private func prediction(for media: UnusableMedia) -> Prediction {
    let refusal = service.profile.refusal(media)
    return Prediction(
      code: refusal.code, severity: .fail,
      measure: media == .empty ? "input.bytes" : "framesDecoded", value: .number(0),
      limit: .number(1), provenance: .documented, source: refusal.source, window: nil,
      advice: media.advice,
      integratorAdvice: "The file cannot be used: " + media.technicalReason + ".")
  }
}

extension UnusableMedia {
  var advice: Advice {
    switch self {
    case .empty: .fileEmpty
    case .unreadable: .fileUnreadable
    case .noVideo: .fileWithoutPicture
    case .noFrames: .fileUnplayable
    }
  }

  fileprivate var technicalReason: String {
    switch self {
    case .empty: "it has no bytes; check what the recorder writes and the upload"
    case .unreadable: "its container is unknown or refused"
    case .noVideo: "it has no video stream"
    case .noFrames: "its video stream decodes to no frame"
    }
  }
}
