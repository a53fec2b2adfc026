/// A limit that a value crosses.
struct Crossing {
  let severity: Severity
  let limit: Limit
  /// Distance beyond the limit as a multiple of it; of 1 where the limit is 0.
  let excess: Double

  /// The same, but no failure.
  var asWarning: Crossing { Crossing(severity: .warn, limit: limit, excess: excess) }
}

/// What comparing a value with both limits of a rule gives.
struct CrossingResult {
  /// The worst limit crossed with all its conditions met; `nil` when none is.
  var worst: Crossing?
  /// A condition that would have decided and has no value.
  var unread: Measure?
}

extension Rule {
  /// Whether the request asks for this rule; rules without a switch always are.
  func isAsked(_ options: JudgeOptions) -> Bool {
    switch applies {
    case .always, .withoutFaces: true
    case .faceOcclusionDetection: options.faceOcclusionDetection
    case .eyeCloseDetection: options.eyeCloseDetection
    case .actions: options.actions.map { !$0.isEmpty } ?? true
    case .action(let kind):
      options.actions?.contains { FaceAction.Kind(number: $0) == kind } ?? false
    }
  }

  /// Compares `value` with the limits, the failing one first; `condition` reads another measure.
  func crossing(_ value: Double, condition: (Measure) -> Double?) -> CrossingResult {
    guard case .limits(let comparison, let warn, let fail) = test else { return CrossingResult() }
    var result = CrossingResult()
    for (severity, limit) in [(Severity.fail, fail), (.warn, warn)] {
      guard let limit,
        comparison.isCrossed(by: value, limit: limit.value, inclusive: limit.inclusive)
      else { continue }
      let readings = limit.conditions.map { ($0, condition($0.measure)) }
      if let missing = readings.first(where: { $0.1 == nil }) {
        result.unread = missing.0.measure
        continue
      }
      let holds = readings.allSatisfy { pair in
        pair.1.map(pair.0.holds) ?? false
      }
      if holds {
        let scale = limit.value == 0 ? 1 : limit.value.magnitude
        result.worst = Crossing(
          severity: severity, limit: limit, excess: (value - limit.value).magnitude / scale)
        return result
      }
    }
    return result
  }
}
