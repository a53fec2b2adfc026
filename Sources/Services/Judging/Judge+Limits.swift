extension Judge {
  /// What a file must keep to, with the caller's own limits in place of the service's.
  ///
  /// Of a limit that is switched off the file is free, but for its size.
  package var limits: ProviderLimits {
    let own = service.profile.limits
    let (least, most) = (ends(of: .durationSeconds, .min), ends(of: .durationSeconds, .max))
    // Without a recommendation there are no rules on both sides.
    let recommended = own.recommendedDuration.map { _ in
      range(least?.warn ?? 0, most?.warn ?? .infinity)
    }
    let accepted =
      own.recommendedDuration == nil
      ? own.acceptedDuration : range(least?.fail ?? 0, most?.fail ?? .infinity)
    let base64 = own.maximumBase64Bytes.map { size(.base64Bytes) ?? $0 }
    return ProviderLimits(
      maximumBytes: base64.map(Base64Size.largestRaw) ?? size(.bytes) ?? own.maximumBytes,
      maximumBase64Bytes: base64, acceptedContainers: names(.container, own.acceptedContainers),
      safeVideoCodecs: names(.videoCodec, own.safeVideoCodecs),
      safeAudioCodecs: names(.audioCodec, own.safeAudioCodecs),
      recommendedDuration: recommended,
      durationMustExceed: own.durationMustExceed.map { _ in least?.fail ?? 0 },
      acceptedDuration: accepted, minimumShortSide: own.minimumShortSide,
      minimumLongSide: own.minimumLongSide, minimumFaceWidth: own.minimumFaceWidth,
      maximumPhotoBase64Bytes: own.maximumPhotoBase64Bytes, downloadSeconds: own.downloadSeconds,
      needsAudio: own.needsAudio)
  }

  /// Share of the frames that must show a face before a rule warns that a server may miss it, 0–1.
  package var leastFaceShare: Double {
    let ends = [Measure.framesWithFaceShare, .framesWithCompleteFaceShare].compactMap {
      self.ends(of: $0, .min)
    }
    return ends.compactMap { $0.warn ?? $0.fail }.max() ?? 0
  }

  /// The limits by which single frames are compared, whatever the mode.
  package var frameLimits: FrameLimits {
    var limits = FrameLimits(dark: 0, bright: 255, width: 1, sharpness: 0)
    // The first rule of a measure counts.
    for rule in qualityRules.reversed() { limits.take(rule) }
    return limits
  }

  private func range(_ lower: Double, _ upper: Double) -> ClosedRange<Double> {
    min(lower, upper)...upper
  }

  private func ends(of measure: Measure, _ side: Comparison.Side) -> LimitEnds? {
    rules.first { $0.measure.name == measure.name && $0.side == side }?.ends
  }

  private func size(_ measure: Measure) -> Int? {
    ends(of: measure, .max)?.fail.flatMap { Int(exactly: $0.rounded(.down)) }
  }

  private func names(_ measure: Measure, _ own: [String]?) -> [String]? {
    own.map { own in
      for rule in rules where rule.measure.name == measure.name {
        if case .oneOf(let accepted) = rule.test {
          return accepted.names.filter { $0 != Measure.noAudioStream }
        }
      }
      return own
    }
  }
}

/// The limits by which single frames are compared.
package struct FrameLimits: Sendable, Equatable {
  /// Mean luma of the face below which it counts as dark, and above which as bright, 0–255.
  package private(set) var dark, bright: Double
  /// Width of the face in pixels that is recommended.
  package private(set) var width: Double
  /// Sharpness of the face below which it counts as blurred.
  package private(set) var sharpness: Double

  package init(dark: Double, bright: Double, width: Double, sharpness: Double) {
    (self.dark, self.bright, self.width, self.sharpness) = (dark, bright, width, sharpness)
  }

  /// Takes over what a rule says; a limit that is switched off compares no frames.
  fileprivate mutating func take(_ rule: Rule) {
    let warn = rule.ends.warn
    switch (rule.measure.name, rule.side) {
    case (Measure.faceMean.name, .min): dark = warn ?? 0
    case (Measure.faceMean.name, .max): bright = warn ?? 255
    case (Measure.widthPixels.name, .min): width = rule.recommended
    case (Measure.faceSharpness.name, .min): sharpness = warn ?? 0
    default: break
    }
  }
}

/// The values at which a rule warns and fails; `nil` where it does not.
private struct LimitEnds {
  var warn: Double?
  var fail: Double?
}

extension Rule {
  fileprivate var ends: LimitEnds {
    guard case .limits(_, let warn, let fail) = test else { return LimitEnds() }
    return LimitEnds(warn: warn?.value, fail: fail?.value)
  }
}
