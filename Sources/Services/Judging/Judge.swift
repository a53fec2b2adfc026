/// Predicts from measurements whether a service will accept a clip.
///
/// A judge is made once, from a service, the options and the caller's limits. It can judge any
/// number of clips, from several threads.
public struct Judge: Sendable {
  /// Who is asked.
  public let service: Service
  /// What the request will say, and the window to judge.
  public private(set) var options: JudgeOptions
  /// The rules of the service's mode, with the caller's limits in place.
  let rules: [Rule]
  /// Those of the provider by which frames are ranked: the ones that look at the best frames.
  let qualityRules: [Rule]
  /// How likely a refusal is, where that was learned.
  private let refusal: RefusalModel?

  /// Makes a judge.
  ///
  /// - Parameters:
  ///   - service: Who is asked.
  ///   - options: What the request will say, and the window to judge.
  ///   - overrides: The caller's own limits.
  public init(
    _ service: Service, options: JudgeOptions = JudgeOptions(), overrides: RuleOverrides = .none
  ) {
    self.service = service
    self.options = options
    self.options.actions = options.actions ?? service.profile.actions.standard
    refusal = overrides.refusal
    let table = overrides.applied(to: service.profile.table)
    rules = table.filter { $0.belongs(to: service.mode) }.map { $0.counting(in: service.mode) }
    qualityRules = table.filter { $0.aggregation == .bestFrames }.firstOfEachMeasure
  }

  /// The same judge for another window; `nil` judges the complete clip.
  public func judging(_ window: TimeWindow?) -> Judge {
    var judge = self
    judge.options.window = window
    return judge
  }

  /// Judges one clip.
  ///
  /// - Parameters:
  ///   - measurements: What was measured on the clip.
  ///   - photo: The comparison photo; its rules stay unmeasured without it.
  /// - Returns: `fail` when any rule fails; otherwise `incomplete` when something that decides was
  ///   not measured; otherwise `warn` when any rule warns; otherwise `pass`.
  public func verdict(
    of measurements: ClipMeasurements, photo: PhotoMeasurements? = nil
  ) -> Verdict {
    let evidence = evidence(measurements, photo: photo)
    var found: [Ranked] = []
    var unmeasured: [UnmeasuredRule] = []
    var tags: [String] = []
    var isOpen = false
    for rule in rules {
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
          found.append(
            Ranked(
              prediction: prediction, excess: excess,
              isAbsence: rule.measure.tellsPresence && evidence.showsNoFace))
        }
      }
    }
    let predictions = found.sorted(by: Ranked.isWorse).map(\.prediction)
    let values = values(in: evidence)
    return Verdict(
      provider: service.provider, mode: service.mode,
      outcome: Self.outcome(predictions, isOpen: isOpen), predictions: predictions,
      unmeasured: unmeasured, unpredictable: service.profile.unpredictableCodes, tags: tags,
      readings: values.map(\.value), refusal: refusal(predictions, values))
  }

  /// Orders the frames that show a face as the provider's server is expected to, best first.
  ///
  /// The order is that of the rules which judge quality: fewest failures, then fewest warnings,
  /// then the least excess, then the sharpest face. Frames outside `options.window` are left out.
  /// Empty when faces were not looked for. `FrameRank.index` counts in `measurements.frames`.
  public func rankFrames(_ measurements: ClipMeasurements) -> [FrameRank] {
    FrameRanking.rank(measurements.withConfirmedFaces, by: qualityRules, options: options).filter {
      options.window?.contains($0.time) ?? true
    }
  }

  /// What the rules read.
  func evidence(_ measurements: ClipMeasurements, photo: PhotoMeasurements? = nil) -> Evidence {
    Evidence(measurements, photo: photo, options: options, qualityRules: qualityRules)
  }

  /// How likely a refusal is; `nil` without a model, and where a document settles it.
  private func refusal(
    _ predictions: [Prediction], _ values: [(rule: Rule, value: RuleValue)]
  ) -> Refusal? {
    guard let model = refusal,
      !predictions.contains(where: { $0.severity == .fail && $0.provenance == .documented })
    else { return nil }
    let distances = values.compactMap { rule, read in
      read.counts.contains(.fail) ? rule.distance(read.value) : nil
    }
    return distances.max().map(model.refusal)
  }

  private static func outcome(
    _ predictions: [Prediction], isOpen: Bool
  ) -> Outcome {
    if predictions.contains(where: { $0.severity == .fail }) { return .fail }
    if isOpen { return .incomplete }
    return predictions.isEmpty ? .pass : .warn
  }

  /// A prediction with how far it is beyond its limit, and whether it says that there is no face.
  private struct Ranked {
    let prediction: Prediction
    let excess: Double
    let isAbsence: Bool

    /// Failing before warning, a missing face before all else, the stronger source first, then the larger excess; the names settle
    /// the rest, so that equal clips give equal reports.
    static func isWorse(_ first: Ranked, _ second: Ranked) -> Bool {
      let (a, b) = (first.prediction, second.prediction)
      if a.severity != b.severity { return a.severity == .fail }
      if first.isAbsence != second.isAbsence { return first.isAbsence }
      if a.provenance != b.provenance { return a.provenance.rank < b.provenance.rank }
      if first.excess != second.excess { return first.excess > second.excess }
      return (a.code, a.measure) < (b.code, b.measure)
    }
  }
}

extension [Rule] {
  /// One rule for each measure and side: codes of several modes may judge by the same limits.
  fileprivate var firstOfEachMeasure: [Rule] {
    var found: Set<String> = []
    return filter { found.insert("\($0.measure.name) \($0.side?.rawValue ?? "")").inserted }
  }
}

extension Provenance {
  /// Position in the order of strength, 0 for the strongest.
  fileprivate var rank: Int {
    Self.allCases.firstIndex(of: self) ?? Self.allCases.count
  }
}
