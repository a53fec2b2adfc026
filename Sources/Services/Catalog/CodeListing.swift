/// One documented code with the rules that predict it: an entry of `vprep codes`.
public struct CodeListing: Sendable, Equatable, Encodable {
  /// The code.
  public let code: ProviderCode
  /// The rules that predict it, in the order of the tables; empty for the others.
  public internal(set) var rules: [RuleDescription]
  /// What the person is told of a file that cannot be read and is answered with the code; empty for a code
  /// that says nothing of such files.
  public internal(set) var refusals: [AdviceDescription]

  private enum CodingKeys: String, CodingKey {
    case rules, refusals
  }

  /// Writes the keys of the code, `rules` and `refusals` as one object.
  public func encode(to encoder: any Encoder) throws {
    try code.encode(to: encoder)
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(rules, forKey: .rules)
    try keys.encode(refusals, forKey: .refusals)
  }

  /// The listing with other sentences of advice.
  package func saying(_ sentence: (Advice) -> String) -> CodeListing {
    var listing = self
    for index in refusals.indices { listing.refusals[index].say(sentence) }
    for rule in rules.indices {
      for index in rules[rule].advice.indices { listing.rules[rule].advice[index].say(sentence) }
    }
    return listing
  }
}

/// A sentence of advice as documentation shows it, with the names of its blanks in braces.
public struct AdviceDescription: Sendable, Equatable, Encodable {
  /// Which sentence it is.
  public let id: Advice
  /// Who can mend what it speaks of.
  public let remedy: Remedy
  /// The sentence.
  public private(set) var text: String

  init(_ advice: Advice) {
    id = advice
    remedy = advice.remedy
    text = advice.english
  }

  fileprivate mutating func say(_ sentence: (Advice) -> String) { text = sentence(id) }

  /// Each piece of advice once, in the order in which it is given.
  static func list(_ advice: [Advice]) -> [AdviceDescription] {
    var listed: [AdviceDescription] = []
    for advice in advice where !listed.contains(where: { $0.id == advice }) {
      listed.append(AdviceDescription(advice))
    }
    return listed
  }
}

/// One rule as documentation shows it.
public struct RuleDescription: Sendable, Equatable, Encodable {
  /// The code as the rule gives it, such as `BAD_ARGUMENTS:video`.
  public let code: String
  /// The modes that it belongs to; empty for every mode.
  public let modes: [ProviderMode]
  /// The measure's name in the report.
  public let measure: String
  /// What the measure is, in a phrase.
  public let summary: String
  /// The measure's unit.
  public let unit: String
  /// How the values of the frames become one.
  public let aggregation: String
  /// When it is asked: `always`, `withoutFaces`, `faceOcclusionDetection`, `eyeCloseDetection`,
  /// `actions`.
  public let applies: String
  /// The limit for a warning.
  public let warn: LimitDescription?
  /// The limit for failing.
  public let fail: LimitDescription?
  /// The modes in which `fail` fails; in the others it warns.
  ///
  /// Empty for all of the rule's modes.
  public let failsIn: [ProviderMode]
  /// The accepted names, for a rule about a name; anything else crosses the limit that is given.
  public let accepted: [String]?
  /// What the person is told: first what depends on a cause that was measured as well, last what is said
  /// without one.
  public internal(set) var advice: [AdviceDescription]

  /// One limit as documentation shows it.
  public struct LimitDescription: Sendable, Equatable, Encodable {
    /// The limit in the measure's unit; `nil` for a rule about a name.
    public let value: Double?
    /// When it is crossed, in words, such as `< 150 pixels`.
    public let text: String
    /// Where it comes from.
    public let provenance: Provenance
    /// The document, product or reason behind it.
    public let source: String
    /// Whether it is the caller's own.
    public let overridden: Bool
  }
}

extension CodeCatalog {
  /// Every code of `provider`, or of all when it is `nil`, with the rules as `overrides` leave them.
  public static func listing(
    _ provider: Provider? = nil, overrides: RuleOverrides = .none
  ) -> [CodeListing] {
    listing(overrides: overrides) { provider == nil || $0.provider == provider }
  }

  /// The codes that are wanted.
  static func listing(
    overrides: RuleOverrides = .none, of isWanted: (ProviderCode) -> Bool
  ) -> [CodeListing] {
    ServiceProfile.defaults.flatMap { profile in
      let wanted = profile.codes.filter(isWanted)
      guard !wanted.isEmpty else { return [CodeListing]() }
      let rules = overrides.applied(to: profile.table).filter { $0.tag == nil }
      return wanted.map { code in
        CodeListing(
          code: code,
          rules: rules.filter { entry(for: $0.code, among: profile.codes) == code }
            .map(RuleDescription.init),
          refusals: AdviceDescription.list(
            UnusableMedia.allCases.filter {
              entry(for: profile.refusal($0).code, among: profile.codes) == code
            }.map(\.advice)))
      }
    }
  }
}

extension RuleDescription {
  init(_ rule: Rule) {
    code = rule.code
    modes = rule.modes ?? []
    measure = rule.measure.name
    summary = rule.measure.summary
    unit = rule.measure.unit.rawValue
    aggregation = rule.aggregation.rawValue
    applies = rule.applies.name
    failsIn = rule.failsIn ?? []
    advice = AdviceDescription.list(rule.causes.map(\.advice) + [rule.advice])
    switch rule.test {
    case .limits(let comparison, let warn, let fail):
      self.warn = warn.map { LimitDescription($0, comparison, rule.measure.unit) }
      self.fail = fail.map { LimitDescription($0, comparison, rule.measure.unit) }
      accepted = nil
    case .oneOf(let names):
      let limit = LimitDescription(names)
      warn = names.severity == .warn ? limit : nil
      fail = names.severity == .fail ? limit : nil
      accepted = names.names
    }
  }
}

extension RuleDescription.LimitDescription {
  fileprivate init(_ limit: Limit, _ comparison: Comparison, _ unit: MeasureUnit) {
    let conditions = limit.conditions.map { condition in
      " and \(condition.measure.name) \(condition.comparison.sign(inclusive: false)) "
        + condition.measure.unit.text(condition.value)
    }
    value = limit.value
    text =
      comparison.sign(inclusive: limit.inclusive) + " " + unit.text(limit.value)
      + conditions.joined()
    provenance = limit.citation.provenance
    source = limit.citation.source
    overridden = limit.overridden
  }

  fileprivate init(_ names: AcceptedNames) {
    value = nil
    text = "not " + names.names.joined(separator: ", ")
    provenance = names.citation.provenance
    source = names.citation.source
    overridden = names.overridden
  }
}
