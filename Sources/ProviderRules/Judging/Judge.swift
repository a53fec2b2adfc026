/// Decides from measurements whether a provider is expected to accept a clip.
public enum Judge {
  /// Judges one clip for one provider.
  ///
  /// - Parameters:
  ///   - measurements: What was measured on the clip.
  ///   - provider: Who is asked.
  ///   - mode: Tencent's liveness type; `nil` for its default. Ignored for a provider without modes.
  ///   - options: What the request will say, and the stretch to judge.
  ///   - photo: The comparison photo; its rules stay unmeasured without it.
  ///   - overrides: The caller's own limits.
  /// - Returns: `fail` when any rule fails; otherwise `incomplete` when something that decides was
  ///   not measured; otherwise `warn` when any rule warns; otherwise `pass`.
  public static func judge(
    _ measurements: ClipMeasurements, provider: Provider, mode: ProviderMode? = nil,
    options: JudgeOptions = JudgeOptions(), photo: PhotoMeasurements? = nil,
    overrides: RuleOverrides = .none
  ) -> Verdict {
    let mode = provider.resolve(mode)
    let rules = overrides.applied(to: RuleTable.rules(for: provider))
    let evidence = Evidence(
      measurements, photo: photo, options: options,
      qualityRules: RuleTable.quality(rules))
    var found: [Ranked] = []
    var unmeasured: [UnmeasuredRule] = []
    var tags: [String] = []
    var isOpen = false
    for rule in rules where rule.belongs(to: mode) {
      switch rule.read(evidence) {
      case .notAsked, .clear: break
      case .unmeasured(let measure, let reason):
        let entry = UnmeasuredRule(code: rule.code, measure: measure.name, reason: reason)
        if !unmeasured.contains(entry) { unmeasured.append(entry) }
        isOpen = isOpen || rule.leavesVerdictOpen(reason)
      case .predicts(let prediction, let excess):
        if let tag = rule.tag {
          if !tags.contains(tag) { tags.append(tag) }
        } else {
          found.append(Ranked(prediction: prediction, excess: excess))
        }
      }
    }
    let predictions = found.sorted(by: Ranked.isWorse).map(\.prediction)
    return Verdict(
      provider: provider, mode: mode, outcome: outcome(predictions, isOpen: isOpen),
      predictions: predictions, unmeasured: unmeasured,
      unpredictable: CodeCatalog.unpredictable(provider, mode: mode), tags: tags)
  }

  /// Orders the frames that show a face as the provider's server is expected to, best first.
  ///
  /// The order is that of the rules which judge quality: fewest failures, then fewest warnings,
  /// then the least excess, then the sharpest face. Frames outside `options.window` are left out.
  /// Empty when faces were not looked for. `FrameRank.index` counts in `measurements.frames`.
  public static func rankFrames(
    _ measurements: ClipMeasurements, provider: Provider,
    options: JudgeOptions = JudgeOptions(), overrides: RuleOverrides = .none
  ) -> [FrameRank] {
    let rules = RuleTable.quality(overrides.applied(to: RuleTable.rules(for: provider)))
    return FrameRanking.rank(measurements, by: rules, options: options).filter {
      options.window?.contains($0.time) ?? true
    }
  }

  private static func outcome(
    _ predictions: [Prediction], isOpen: Bool
  ) -> Outcome {
    if predictions.contains(where: { $0.severity == .fail }) { return .fail }
    if isOpen { return .incomplete }
    return predictions.isEmpty ? .pass : .warn
  }

  /// A prediction with how far it is beyond its limit.
  private struct Ranked {
    let prediction: Prediction
    let excess: Double

    /// Failing before warning, the stronger source first, then the larger excess; the names settle
    /// the rest, so that equal clips give equal reports.
    static func isWorse(_ first: Ranked, _ second: Ranked) -> Bool {
      let (a, b) = (first.prediction, second.prediction)
      if a.severity != b.severity { return a.severity == .fail }
      if a.provenance != b.provenance { return a.provenance.rank < b.provenance.rank }
      if first.excess != second.excess { return first.excess > second.excess }
      return (a.code, a.measure) < (b.code, b.measure)
    }
  }
}

extension Provenance {
  /// Position in the order of strength, 0 for the strongest.
  fileprivate var rank: Int {
    Self.allCases.firstIndex(of: self) ?? Self.allCases.count
  }
}
