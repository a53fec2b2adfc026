import Services

/// Judges made for one question.
extension Judge {
  static func judge(
    _ measurements: ClipMeasurements, provider: Provider, mode: ProviderMode? = nil,
    options: JudgeOptions = JudgeOptions(), photo: PhotoMeasurements? = nil,
    overrides: RuleOverrides = .none
  ) -> Verdict {
    Judge(.of(provider, mode), options: options, overrides: overrides)
      .verdict(of: measurements, photo: photo)
  }

  static func verdict(
    forUnusable media: UnusableMedia, provider: Provider, mode: ProviderMode? = nil
  ) -> Verdict {
    Judge(.of(provider, mode)).verdict(ofUnusable: media)
  }

  static func rankFrames(
    _ measurements: ClipMeasurements, provider: Provider, options: JudgeOptions = JudgeOptions()
  ) -> [FrameRank] {
    Judge(Service(provider), options: options).rankFrames(measurements)
  }

  static func isSettled(
    _ measurements: ClipMeasurements, provider: Provider, mode: ProviderMode? = nil,
    options: JudgeOptions = JudgeOptions(), certainty: Certainty
  ) -> Bool {
    Judge(.of(provider, mode), options: options).isSettled(measurements, certainty: certainty)
  }

  static func isUnderWay(
    _ measurements: ClipMeasurements, last seconds: Double, provider: Provider,
    mode: ProviderMode? = nil, options: JudgeOptions = JudgeOptions()
  ) -> Bool {
    Judge(.of(provider, mode), options: options).isUnderWay(measurements, last: seconds)
  }

  static func isNearFailure(
    _ measurements: ClipMeasurements, provider: Provider, mode: ProviderMode? = nil,
    options: JudgeOptions = JudgeOptions()
  ) -> Bool {
    Judge(.of(provider, mode), options: options).isNearFailure(measurements)
  }
}

extension Service {
  /// The service in a mode; in its default one where the provider does not have it.
  static func of(_ provider: Provider, _ mode: ProviderMode?) -> Service {
    Service(provider, mode: mode) ?? Service(provider)
  }
}
