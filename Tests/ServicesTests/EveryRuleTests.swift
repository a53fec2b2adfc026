import Services
import Testing

/// Every rule of both tables, on both sides of each of its limits.
@Suite("Every rule")
struct EveryRuleTests {
  /// A limit of a rule, with what is needed to cross it.
  struct LimitCase: CustomTestStringConvertible, Sendable {
    let provider: Provider
    let rule: Rule
    let comparison: Comparison
    let severity: Severity
    let limit: Limit

    var testDescription: String { "\(rule.code) \(rule.measure.name) \(severity) \(limit.value)" }
    var mode: ProviderMode? {
      (severity == .fail ? rule.failsIn?.first : nil) ?? rule.modes?.first ?? provider.defaultMode
    }

    /// The verdict with the measure at `value`, the limit's conditions met or not.
    func verdict(
      at value: Double, conditionsMet: Bool = true, in other: ProviderMode? = nil,
      overrides: RuleOverrides = .none
    ) -> Verdict {
      var scenario = Scenario(provider, other ?? mode)
      if case .action(let kind) = rule.applies { scenario.options.actions = [kind.number] }
      for condition in limit.conditions {
        let away = conditionsMet ? condition.value / 2 : 0
        let met =
          condition.comparison == .below ? condition.value - away : condition.value + away
        let isKnown = scenario.set(condition.measure.name, to: met)
        #expect(isKnown, "no setter for \(condition.measure.name)")
      }
      let isKnown = scenario.set(rule.measure.name, to: value)
      #expect(isKnown, "no setter for \(rule.measure.name)")
      if rule.applies == .withoutFaces { scenario.clip = scenario.clip.withoutFaceModel }
      return scenario.judged(overrides: overrides)
    }

    /// What that verdict says about this rule.
    func severity(
      at value: Double, conditionsMet: Bool = true, in other: ProviderMode? = nil,
      overrides: RuleOverrides = .none
    ) -> Severity? {
      let verdict = verdict(
        at: value, conditionsMet: conditionsMet, in: other, overrides: overrides)
      if let tag = rule.tag { return verdict.tags.contains(tag) ? severity : nil }
      return verdict.predictions.first {
        $0.code == rule.code && $0.measure == rule.measure.name
          && isOnThisSide($0.limit?.number)
      }?.severity
    }

    /// Whether a prediction's limit belongs to this rule and not to the one on the other side.
    private func isOnThisSide(_ value: Double?) -> Bool {
      guard case .limits(_, let warn, let fail) = rule.test else { return false }
      return [warn?.value, fail?.value].contains(value)
    }
  }

  static let limits: [LimitCase] = Provider.allCases.flatMap { provider in
    Service(provider).profile.table.flatMap { rule -> [LimitCase] in
      guard case .limits(let comparison, let warn, let fail) = rule.test else { return [] }
      return [(Severity.warn, warn), (.fail, fail)].compactMap { severity, limit in
        limit.map {
          LimitCase(
            provider: provider, rule: rule, comparison: comparison, severity: severity, limit: $0)
        }
      }
    }
  }

  static let all: [(Provider, Rule)] = Provider.allCases.flatMap { provider in
    Service(provider).profile.table.map { (provider, $0) }
  }

  @Test("is crossed just beyond its limit, and not just before it", arguments: limits)
  func bothSides(_ item: LimitCase) {
    let step = Scenario.step(item.rule.measure.name, at: item.limit.value)
    let bad = item.comparison == .below ? -step : step
    let isLowest = item.comparison == .below && item.limit.inclusive && item.limit.value == 0
    if !isLowest { #expect(item.severity(at: item.limit.value + bad) == item.severity) }
    #expect(item.severity(at: item.limit.value - bad) != item.severity)
    #expect((item.severity(at: item.limit.value) == item.severity) == item.limit.inclusive)
  }

  @Test(
    "with conditions is not crossed while they are not met",
    arguments: limits.filter { !$0.limit.conditions.isEmpty })
  func conditions(_ item: LimitCase) {
    let step = Scenario.step(item.rule.measure.name, at: item.limit.value)
    let bad = item.comparison == .below ? -step : step
    #expect(item.severity(at: item.limit.value + bad, conditionsMet: false) != item.severity)
  }

  @Test("about a name accepts its list and nothing else")
  func names() {
    for (provider, rule) in Self.all {
      guard case .oneOf(let accepted) = rule.test else { continue }
      for name in accepted.names + ["matroska"] {
        var scenario = Scenario(provider, rule.modes?.first ?? provider.defaultMode)
        switch rule.measure.name {
        case "input.container": scenario.clip.file.container = name
        case "input.video.codec": scenario.clip.file.videoCodec = name
        case "input.audio.codec": scenario.clip.file.audioCodec = name == "none" ? nil : name
        case "photo.format": scenario.photo.format = name
        default: Issue.record("no setter for \(rule.measure.name)")
        }
        let found = scenario.judged().predictions.first {
          $0.code == rule.code && $0.measure == rule.measure.name
        }
        #expect(found?.severity == (accepted.names.contains(name) ? nil : accepted.severity))
        #expect(found?.value == (accepted.names.contains(name) ? nil : .text(name)))
      }
    }
  }

  @Test("is told apart from every other of its mode by its code, measure and side")
  func identity() {
    let keys = Self.all.map { provider, rule -> [String] in
      let modes = rule.modes.map { Set($0) } ?? Set(ProviderMode.allCases)
      return modes.map {
        "\(provider.rawValue) \($0) \(rule.code) \(rule.measure.name) \(rule.side?.rawValue ?? "names")"
      }
    }.joined()
    #expect(Set(keys).count == Array(keys).count)
  }

  @Test("has a limit, and fails only beyond its warning")
  func order() {
    for (_, rule) in Self.all {
      guard case .limits(let comparison, let warn, let fail) = rule.test else { continue }
      #expect(warn != nil || fail != nil)
      if let warn, let fail {
        #expect(comparison.isCrossed(by: fail.value, limit: warn.value), "\(rule.code)")
      }
    }
  }

  @Test(
    "that no document gives to a mode warns there, and fails where the caller's own limit says so",
    arguments: limits.filter { $0.severity == .fail && $0.rule.failsIn != nil })
  func unproven(_ item: LimitCase) throws {
    let failsIn = try #require(item.rule.failsIn)
    let others = item.provider.modes.filter { !failsIn.contains($0) && item.rule.belongs(to: $0) }
    let step = Scenario.step(item.rule.measure.name, at: item.limit.value)
    let value = item.limit.value + (item.comparison == .below ? -step : step)
    for mode in others {
      #expect(item.severity(at: value, in: mode) == .warn)
      let side = item.comparison.side.rawValue
      let limit = "{\"fail\": \(item.limit.value)}"
      let isTwoSided = Self.all.contains {
        $0.0 == item.provider && $0.1.code == item.rule.code && $0.1.side != item.rule.side
          && $0.1.measure.name == item.rule.measure.name
      }
      let own = try RuleOverrides(
        json: """
          {"\(item.rule.code)": {"\(item.rule.measure.name)":
            \(isTwoSided ? "{\"\(side)\": \(limit)}" : limit)}}
          """)
      #expect(item.severity(at: value, in: mode, overrides: own) == .fail)
    }
  }

  @Test("reads a registered measure and says what helps in one sentence")
  func wording() {
    for (_, rule) in Self.all {
      #expect(Measure.named(rule.measure.name) != nil)
      let texts = [rule.integratorAdvice] + rule.causes.map(\.integratorAdvice)
      for text in texts {
        #expect(text.hasSuffix("."), "\(rule.code): \(text)")
        #expect(text.count > 20)
      }
    }
    let names = Measure.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test(
    "fills every placeholder of the advice that it gives",
    arguments: limits.filter { $0.rule.tag == nil })
  func filled(_ item: LimitCase) throws {
    let step = Scenario.step(item.rule.measure.name, at: item.limit.value)
    let isBelow = item.comparison == .below
    let value =
      item.limit.inclusive ? item.limit.value : item.limit.value + (isBelow ? -step : step)
    let predictions = item.verdict(at: value).predictions.filter { $0.code == item.rule.code }
    try #require(!predictions.isEmpty)
    for prediction in predictions {
      #expect(!prediction.advice.contains("{"))
      #expect(!prediction.integratorAdvice.contains("{"))
      #expect(!prediction.source.isEmpty)
    }
  }
}
