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
  /// Megvii answers `VIDEO_UNSUPPORTED_FORMAT`; Tencent `LipSizeError` for an empty file and
  /// `LipVideoInvalid` otherwise. Every other code is listed as unmeasured.
  public static func verdict(
    forUnusable media: UnusableMedia, provider: Provider, mode: ProviderMode? = nil
  ) -> Verdict {
    let mode = provider.resolve(mode)
    let prediction = prediction(for: media, provider)
    var unmeasured: [UnmeasuredRule] = []
    for rule in RuleTable.rules(for: provider)
    where rule.belongs(to: mode) && rule.code != prediction.code && rule.tag == nil {
      let entry = UnmeasuredRule(
        code: rule.code, measure: rule.measure.name, reason: .mediaUnusable)
      if !unmeasured.contains(entry) { unmeasured.append(entry) }
    }
    return Verdict(
      provider: provider, mode: mode, outcome: .fail, predictions: [prediction],
      unmeasured: unmeasured, unpredictable: CodeCatalog.unpredictable(provider, mode: mode))
  }

  private static func prediction(for media: UnusableMedia, _ provider: Provider) -> Prediction {
    let isEmpty = media == .empty
    let code =
      switch provider {
      case .megvii: "VIDEO_UNSUPPORTED_FORMAT"
      case .tencent: TencentRules.code(isEmpty ? "LipSizeError" : "LipVideoInvalid")
      }
    let source =
      switch provider {
      case .megvii: Source.megvii + ": FFmpeg must be able to read the video"
      case .tencent:
        Source.tencent
          + (isEmpty ? ": the video is empty" : ": the video format must be correct")
      }
    return Prediction(
      code: code, severity: .fail, measure: isEmpty ? "input.bytes" : "framesDecoded",
      value: .number(0), limit: .number(1), provenance: .documented, source: source, window: nil,
      advice: "Record the video again: " + media.personalReason + ".",
      integratorAdvice: "The file cannot be used: " + media.technicalReason + ".")
  }
}

extension UnusableMedia {
  fileprivate var personalReason: String {
    switch self {
    case .empty: "the file is empty"
    case .unreadable: "this file cannot be read"
    case .noVideo: "this file has no picture"
    case .noFrames: "this file cannot be played"
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
