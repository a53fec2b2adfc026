/// What the rules whose limits can be wrong read of a clip.
extension Judge {
  /// The rules of the service's mode with a limit that no document gives, in the order of the table.
  package var movableRules: [Rule] { rules.filter(\.isMovable) }

  /// The value of each of them that was asked and measured, with its rule.
  func values(in evidence: Evidence) -> [(rule: Rule, value: RuleValue)] {
    movableRules.compactMap { rule in rule.value(in: evidence).map { (rule, $0) } }
  }
}

extension Rule {
  /// Whether a limit of the rule is not a fact that a document states.
  fileprivate var isMovable: Bool {
    guard tag == nil, case .limits(_, let warn, let fail) = test else { return false }
    return [warn, fail].contains { limit in
      limit.map { $0.citation.provenance != .documented } ?? false
    }
  }

  /// The rule's value; `nil` where the rule is not asked or has nothing to read.
  fileprivate func value(in evidence: Evidence) -> RuleValue? {
    guard case .limits(let comparison, let warn, let fail) = test, isAsked(evidence.options),
      applies != .withoutFaces || evidence.showsNoFace,
      evidence.obstacle(to: measure.need) == nil,
      let value = evidence.value(of: measure, aggregation)
    else { return nil }
    func holds(_ limit: Limit?) -> Bool {
      guard let limit else { return false }
      return limit.conditions.allSatisfy { condition in
        evidence.conditionValue(condition.measure, aggregation).map(condition.holds) ?? false
      }
    }
    var counts: [Severity] = []
    if holds(fail), mayFail(evidence) { counts.append(.fail) }
    if holds(warn) { counts.append(.warn) }
    let side: RuleValue.Side = comparison.side == .min ? .min : .max
    return RuleValue(
      code: code, measure: measure.name, side: side, value: value, counts: counts)
  }
}
