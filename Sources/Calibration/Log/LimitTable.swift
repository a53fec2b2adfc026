internal import Services

/// The limits of one service that no document gives, as a gate uses them now.
struct LimitTable: Sendable {
  let service: Service
  let rules: [Rule]
  /// The index of each rule's code among the service's documented codes; `nil` for one that has none.
  let codes: [Int?]
  private let indices: [Key: Int]
  private let documented: [ProviderCode]

  /// One of a rule's two limits.
  struct Place: Hashable, Sendable {
    let rule: Int
    let severity: Severity
  }

  private struct Key: Hashable {
    let code: String
    let measure: String
    let side: RuleValue.Side
  }

  init(_ service: Service, overrides: RuleOverrides) {
    // A clip keeps a bit for each rule.
    let rules = Array(Judge(service, overrides: overrides).movableRules.prefix(64))
    let documented = CodeCatalog.codes.filter { $0.provider == service.provider }
    var indices: [Key: Int] = [:]
    for (index, rule) in rules.enumerated() {
      let key = Key(code: rule.code, measure: rule.measure.name, side: rule.valueSide)
      if indices[key] == nil { indices[key] = index }
    }
    self.service = service
    self.rules = rules
    self.documented = documented
    self.indices = indices
    codes = rules.map { rule in
      CodeCatalog.entry(for: rule.code, of: service.provider).flatMap(documented.firstIndex)
    }
  }

  /// The position of the rule that has read a value; `nil` for a rule that there is not.
  func index(of value: RuleValue) -> Int? {
    indices[Key(code: value.code, measure: value.measure, side: value.side)]
  }

  /// The answer that a code is; `nil` for a code that the service does not document.
  func answer(_ code: String) -> AnsweredClip.Answer? {
    if code.lowercased() == "success" { return .accepted }
    return CodeCatalog.entry(for: code, of: service.provider).flatMap(documented.firstIndex).map(
      AnsweredClip.Answer.refused)
  }

  /// The limit at a place.
  func limit(_ place: Place) -> Limit? {
    guard case .limits(_, let warn, let fail) = rules[place.rule].test else { return nil }
    return place.severity == .fail ? fail : warn
  }

  /// Whether a value is on the bad side of a limit at a place.
  func isCrossed(_ place: Place, by value: Float, limit: Float) -> Bool {
    guard case .limits(let comparison, _, _) = rules[place.rule].test else { return false }
    return comparison.isCrossed(
      by: Double(value), limit: Double(limit), inclusive: self.limit(place)?.inclusive ?? false)
  }

  /// How far a clip is beyond the limits for failing, of the worst rule; negative within all of them.
  ///
  /// A multiple of the limit; `nil` for a clip that no limit is asked about.
  func distance(_ clip: AnsweredClip) -> Double? {
    rules.indices.compactMap { index in
      clip.value(Place(rule: index, severity: .fail)).flatMap { rules[index].distance(Double($0)) }
    }.max()
  }

  /// The limits that no document gives and that may move, in the order of the rules.
  var places: [Place] {
    rules.indices.flatMap { rule in
      [Severity.fail, .warn].map { Place(rule: rule, severity: $0) }.filter { place in
        limit(place).map { $0.citation.provenance != .documented } ?? false
      }
    }
  }
}

extension Rule {
  /// The side as a report names it.
  var valueSide: RuleValue.Side { side == .min ? .min : .max }
}
