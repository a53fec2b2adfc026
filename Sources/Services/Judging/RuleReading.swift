/// What one rule says about one clip.
enum RuleReading {
  /// The rule is not asked here.
  case notAsked
  /// A measure is missing.
  case unmeasured(Measure, UnmeasuredReason)
  /// Nothing to say.
  case clear
  /// A limit is crossed.
  case predicts(Prediction, excess: Double)
}

extension Rule {
  /// Whether a verdict without this rule's reading is incomplete.
  func leavesVerdictOpen(_ reason: UnmeasuredReason) -> Bool {
    reason.leavesVerdictOpen || (reason == .notDecided && applies == .faceOcclusionDetection)
  }

  /// Reads the rule's measure from `evidence` and compares it.
  func read(_ evidence: Evidence) -> RuleReading {
    if case .action = applies, evidence.options.actions == nil {
      return .unmeasured(measure, .actionsNotGiven)
    }
    guard isAsked(evidence.options), applies != .withoutFaces || evidence.showsNoFace else {
      return .notAsked
    }
    if let reason = evidence.obstacle(to: measure.need) { return .unmeasured(measure, reason) }
    if case .oneOf(let accepted) = test { return readName(evidence, accepted) }
    guard let value = evidence.value(of: measure, aggregation) else {
      return .unmeasured(measure, evidence.reasonForSilence(of: measure))
    }
    let result = crossing(value) { evidence.conditionValue($0, aggregation) }
    if let crossing = result.worst.map({ mayFail(evidence) ? $0 : $0.asWarning }) {
      return .predicts(prediction(value, crossing, evidence), excess: crossing.excess)
    }
    if let missing = result.unread {
      let reason = evidence.obstacle(to: missing.need) ?? evidence.reasonForSilence(of: missing)
      return .unmeasured(missing, reason)
    }
    return .clear
  }

  /// Whether what was seen is enough for a failure: of a single frame only the absence of a face is.
  func mayFail(_ evidence: Evidence) -> Bool {
    switch measure.need {
    case .faces, .motion: evidence.searchedFrames > 1 || aggregation == .share
    case .file, .frames, .audio, .photo, .photoFaces, .bandwidth: true
    }
  }

  private func readName(_ evidence: Evidence, _ accepted: AcceptedNames) -> RuleReading {
    guard case .name(let read) = measure.reading, let value = read(evidence) else {
      return .unmeasured(measure, evidence.reasonForSilence(of: measure))
    }
    if accepted.names.contains(value) { return .clear }
    let list = accepted.names.joined(separator: ", ")
    let text = AdviceText(["value": value, "limit": list, "goal": list])
    return .predicts(
      Prediction(
        code: code, severity: accepted.severity, measure: measure.name, value: .text(value),
        limit: .text(list), provenance: accepted.citation.provenance,
        source: accepted.citation.source,
        window: measure.need == .file ? evidence.window : nil, advice: advice,
        integratorAdvice: text.fill(integratorAdvice), overridden: accepted.overridden),
      excess: 1)
  }

  private func prediction(
    _ value: Double, _ crossing: Crossing, _ evidence: Evidence
  ) -> Prediction {
    let limit = crossing.limit
    let cause = cause(evidence)
    let text = AdviceText([
      "value": measure.unit.text(value), "limit": measure.unit.text(limit.value),
      "goal": measure.unit.text(recommended),
    ])
    return Prediction(
      code: code, severity: crossing.severity, measure: measure.name, value: .number(value),
      limit: .number(limit.value), provenance: limit.citation.provenance,
      source: limit.citation.source, window: window(of: crossing, evidence),
      advice: cause?.advice ?? advice, parameters: parameters,
      integratorAdvice: text.fill(cause?.integratorAdvice ?? integratorAdvice),
      overridden: limit.overridden)
  }

  /// What the blanks of advice may hold: quantities that a person uses.
  private var parameters: [String: String] {
    measure.unit == .seconds ? ["seconds": Decimal.text(recommended, places: 1)] : [:]
  }

  /// The first cause that holds; one of which something was not measured does not.
  private func cause(_ evidence: Evidence) -> Cause? {
    causes.first { cause in
      cause.conditions.allSatisfy { condition in
        evidence.conditionValue(condition.measure, aggregation).map(condition.holds) ?? false
      }
    }
  }

  /// The value to recommend: the goal, or the warning's limit where that asks for more.
  var recommended: Double {
    guard case .limits(let comparison, let warn, let fail) = test else { return 0 }
    guard let limit = warn?.value ?? fail?.value else { return goal ?? 0 }
    guard let goal else { return limit }
    return comparison.side == .min ? max(goal, limit) : min(goal, limit)
  }

  /// The longest run of frames that cross the same limit; the judged window for a measure of
  /// the whole clip; `nil` for the photo.
  private func window(of crossing: Crossing, _ evidence: Evidence) -> TimeWindow? {
    switch measure.need {
    case .photo, .photoFaces: return nil
    case .file, .motion, .audio, .bandwidth: return evidence.window
    case .frames, .faces: break
    }
    guard case .frame = measure.reading else { return evidence.window }
    return evidence.longestRun { frame in
      guard let value = measure.value(in: frame) else { return false }
      // A share's own limit says nothing about a frame: there each frame is 0 or 1.
      if aggregation == .share { return (value < 0.5) == (side == .min) }
      guard let worst = self.crossing(value, condition: { $0.value(in: frame) }).worst else {
        return false
      }
      return crossing.severity == .warn || worst.severity == .fail
    } ?? evidence.window
  }
}

extension Evidence {
  /// A condition's value, aggregated as its rule aggregates; `nil` when its need is not met.
  func conditionValue(_ measure: Measure, _ aggregation: Aggregation) -> Double? {
    guard obstacle(to: measure.need) == nil else { return nil }
    // A rule about the whole clip, or about how many frames show something, may ask about frames;
    // their median stands for them.
    let stands = aggregation == .share && !measure.tellsPresence ? .median : aggregation
    return value(of: measure, stands)
  }

  /// The longest run of neighbouring frames that satisfy `test`, up to where the next frame begins.
  func longestRun(_ test: (FrameMeasurement) -> Bool) -> TimeWindow? {
    let frames = clip.frames
    var best: TimeWindow?
    var start: Double?
    for (index, frame) in frames.enumerated() {
      guard test(frame) else {
        start = nil
        continue
      }
      let begin = start ?? frame.time
      start = begin
      let end = index + 1 < frames.count ? frames[index + 1].time : max(window.end, frame.time)
      let run = TimeWindow(start: begin, end: end)
      if run.duration > (best?.duration ?? -1) { best = run }
    }
    return best
  }
}
