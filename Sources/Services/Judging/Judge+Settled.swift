/// Whether a verdict from a part of the frames stands.
extension Judge {
  /// How certain a verdict must be to count as settled.
  package enum Certainty: Sendable, Equatable {
    /// No rule may be near any of its limits, and each half of the frames must say the same: for few
    /// frames, far apart.
    case everyLimit
    /// As `everyLimit`, but an extreme may be near a limit that only warns, and nothing may be
    /// predicted that could have happened in between: for frames between which no more than so many
    /// seconds were left out.
    case failingExtremes(leftOut: Double)
  }

  /// Distance from a limit, as a part of it, within which a value may be on the other side of it once
  /// more frames are seen: chosen, not measured.
  private static let nearness = 0.1

  /// Whether more frames of the same clip cannot be expected to change the verdict.
  ///
  /// Only rules that read frames are asked. A failure is never settled: it has to be seen in all
  /// frames that are usually measured.
  package func isSettled(_ measurements: ClipMeasurements, certainty: Certainty) -> Bool {
    let whole = evidence(measurements)
    let parts = Self.halves(of: measurements).map { evidence($0) }
    return rules.allSatisfy { rule in
      guard rule.readsFrames else { return true }
      return rule.isSettled(whole, parts: parts, certainty, nearness: Self.nearness)
    }
  }

  /// Whether a movement that has not gone far enough yet may still be going on: in the last frames
  /// it went notably further than ever.
  ///
  /// - Parameter seconds: length of the window at the end that counts as last.
  package func isUnderWay(_ measurements: ClipMeasurements, last seconds: Double) -> Bool {
    let whole = evidence(measurements)
    let frames = whole.clip.frames
    guard let end = frames.last?.time else { return false }
    let last = frames.firstIndex { $0.time > end - seconds } ?? 0
    return rules.contains { rule in
      guard rule.measure.heldSeconds != nil,
        case .predicts = rule.read(whole), case .limits(_, let warn, let fail) = rule.test,
        let limit = fail ?? warn, let extreme = whole.value(of: rule.measure, rule.aggregation)
      else { return false }
      // A face at rest trembles, and now and then further than ever.
      let notable = rule.measure.distance(at: limit.value, Self.nearness) ?? 0
      // Of a clip that has just begun the first frame shows the face at rest.
      return frames.prefix(max(last, 1)).allSatisfy { frame in
        rule.measure.value(in: frame).map { ($0 - extreme).magnitude > notable } ?? true
      }
    }
  }

  /// Whether a measure of the frames is so near a limit at which the clip fails that single frames
  /// decide: then all of them are to be measured.
  package func isNearFailure(_ measurements: ClipMeasurements) -> Bool {
    let whole = evidence(measurements)
    return rules.contains { rule in
      guard rule.readsFrames, rule.isAsked(options),
        case .limits(let comparison, _, let fail?) = rule.test,
        let value = whole.value(of: rule.measure, rule.aggregation)
      else { return false }
      return rule.standing(value, comparison, fail, whole, nearness: Self.nearness) == .near
    }
  }

  /// Whether a failure is so far beyond its limit that the pictures of an encode would show it too.
  func isFarBeyond(_ prediction: Prediction, _ measurements: ClipMeasurements) -> Bool {
    let whole = evidence(measurements)
    return rules.contains { rule in
      guard rule.code == prediction.code, rule.measure.name == prediction.measure,
        rule.isAsked(options), case .limits(let comparison, _, let fail?) = rule.test,
        let value = whole.value(of: rule.measure, rule.aggregation)
      else { return false }
      return rule.standing(value, comparison, fail, whole, nearness: Self.nearness) == .crossed
    }
  }

  /// The earlier, the later, every even and every odd frame.
  private static func halves(of measurements: ClipMeasurements) -> [ClipMeasurements] {
    let count = measurements.frames.count
    let choices: [(Int) -> Bool] = [
      { $0 < count / 2 }, { $0 >= count / 2 }, { $0.isMultiple(of: 2) }, { !$0.isMultiple(of: 2) },
    ]
    return choices.map { isChosen in
      var half = measurements
      half.frames = measurements.frames.enumerated().filter { isChosen($0.offset) }.map(\.element)
      return half
    }
  }
}

extension Limit {
  /// Whether a condition reads how faces change over the clip, which a few frames, far apart, do not tell.
  ///
  /// The person's own movements have rules of their own (`heldSeconds`).
  fileprivate var restsOnMovement: Bool {
    conditions.contains { condition in
      guard case .whole = condition.measure.reading else { return false }
      return condition.measure.need == .faces
    }
  }
}

/// Where a value lies against one limit of a rule and its conditions.
private enum Standing {
  case clear, near, crossed
}

extension Rule {
  /// Whether the rule's reading depends on which frames were measured.
  fileprivate var readsFrames: Bool {
    switch measure.need {
    case .frames, .faces, .motion: true
    case .file, .audio, .photo, .photoFaces, .bandwidth: false
    }
  }

  fileprivate func isSettled(
    _ whole: Evidence, parts: [Evidence], _ certainty: Judge.Certainty, nearness: Double
  ) -> Bool {
    let reading = read(whole)
    let isExtreme = [.minimum, .maximum, .bestFrames].contains(aggregation)
    if case .predicts(let prediction, _) = reading {
      guard prediction.severity == .warn else { return false }
      if case .failingExtremes(let leftOut) = certainty, !isAverage {
        guard isExtreme, let heldSeconds = measure.heldSeconds, heldSeconds > leftOut else {
          return false
        }
      }
    }
    guard case .limits(let comparison, let warn, let fail) = test, isAsked(whole.options),
      let value = whole.value(of: measure, aggregation)
    else { return true }
    if let fail, fail.restsOnMovement,
      comparison.isCrossed(by: value, limit: fail.value, inclusive: fail.inclusive)
    {
      return false
    }
    let limits = certainty == .everyLimit || !isExtreme ? [warn, fail] : [fail]
    for case let limit? in limits
    where standing(value, comparison, limit, whole, nearness: nearness) == .near { return false }
    // Extremes and movements differ between halves by their nature.
    guard isAverage else { return true }
    return parts.allSatisfy { read($0).severity == reading.severity }
  }

  /// Whether a part of the frames, spread over the clip, tells what all of them do.
  private var isAverage: Bool { aggregation == .median || aggregation == .share }

  fileprivate func standing(
    _ value: Double, _ comparison: Comparison, _ limit: Limit, _ evidence: Evidence,
    nearness: Double
  ) -> Standing {
    var worst = comparison.standing(
      of: value, limit: limit.value, inclusive: limit.inclusive,
      within: measure.distance(at: limit.value, nearness))
    for condition in limit.conditions {
      guard let found = evidence.conditionValue(condition.measure, aggregation) else {
        return .clear
      }
      switch condition.comparison.standing(
        of: found, limit: condition.value, inclusive: false,
        within: condition.measure.distance(at: condition.value, nearness))
      {
      case .clear: return .clear
      case .near: if worst == .crossed { worst = .near }
      case .crossed: break
      }
    }
    return worst
  }
}

extension RuleReading {
  fileprivate var severity: Severity? {
    if case .predicts(let prediction, _) = self { prediction.severity } else { nil }
  }
}

extension Measure {
  /// How far from `limit` a value still is near it; `nil` for a number of things, which more frames
  /// only add to.
  ///
  /// Near the end of a share's range the way to that end counts: a whole face is not nearly cut off.
  fileprivate func distance(at limit: Double, _ nearness: Double) -> Double? {
    switch unit {
    case .count: nil
    case .share where limit > 0 && limit < 1: nearness * min(limit, 1 - limit)
    default: nearness * (limit == 0 ? 1 : limit.magnitude)
    }
  }
}

extension Comparison {
  /// - Parameter distance: up to which a value is near; `nil` where none is.
  fileprivate func standing(
    of value: Double, limit: Double, inclusive: Bool, within distance: Double?
  ) -> Standing {
    if let distance, (value - limit).magnitude <= distance { return .near }
    return isCrossed(by: value, limit: limit, inclusive: inclusive) ? .crossed : .clear
  }
}
