extension RuleOverrides {
  /// Reads limits from JSON; see the type for the schema.
  ///
  /// - Throws: `RuleOverridesError` for text that is not JSON, or over 1,000,000 bytes or 32 levels, for a code, measure or key that no
  ///   rule knows, for a value of the wrong type, and for limits that contradict each other.
  public init(json: String) throws(RuleOverridesError) {
    try self.init(json: json, bounds: JSONBounds())
  }

  /// The same for a text that may be larger or deeper.
  package init(json: String, bounds: JSONBounds) throws(RuleOverridesError) {
    if let complaint = bounds.complaint(json.utf8) { throw .beyondBounds(complaint) }
    try self.init(JSONValue.parse(json))
  }

  /// Reads limits from a document that is parsed already.
  package init(_ document: JSONValue) throws(RuleOverridesError) {
    let rules = ServiceProfile.defaults.flatMap(\.table)
    var entries: [Entry] = []
    var refusal: RefusalModel?
    for (name, measures) in try document.members(path: "") {
      if name == Self.refusalKey {
        refusal = try measures.refusalModel(path: name)
        continue
      }
      let code = try Self.code(name, among: rules)
      for (measure, limits) in try measures.members(path: name) {
        let path = "\(name) › \(measure)"
        let ofCode = rules.filter { $0.code == code }
        let matching = ofCode.filter { $0.measure.name == measure }
        guard !matching.isEmpty else {
          throw .unknown(
            .measure, measure, path: name,
            nearest: NearMatch.find(measure, among: ofCode.map(\.measure.name)))
        }
        for entry in try Self.entries(limits, for: matching, path: path) {
          if entries.contains(where: { $0.isSameRule(as: entry) }) { throw .repeated(path: path) }
          entries.append(entry)
        }
      }
    }
    self.init(entries: entries, refusal: refusal)
  }

  /// The one key that is no code.
  package static let refusalKey = "refusal"

  /// The code as the service answers it that a name stands for; `nil` for none.
  package static func fullCode(_ name: String) -> String? {
    try? code(name, among: ServiceProfile.defaults.flatMap(\.table))
  }

  /// The full code that `name` stands for.
  private static func code(
    _ name: String, among rules: [Rule]
  ) throws(RuleOverridesError) -> String {
    let codes = rules.map(\.code)
    let prefixes = ServiceProfile.defaults.map(\.codePrefix).filter { !$0.isEmpty }
    for candidate in [name] + prefixes.map({ $0 + name }) where codes.contains(candidate) {
      return candidate
    }
    func short(_ code: String) -> String {
      let prefix = prefixes.first { code.hasPrefix($0) }
      return String(code.dropFirst(prefix?.count ?? 0))
    }
    throw .unknown(
      .code, name, path: "", nearest: NearMatch.find(short(name), among: codes.map(short)))
  }

  /// The entries that the object at `path` describes, for the rules of one or two sides it may mean.
  private static func entries(
    _ limits: JSONValue, for rules: [Rule], path: String
  ) throws(RuleOverridesError) -> [Entry] {
    let members = try limits.members(path: path)
    let hasSides = members.contains { Comparison.Side(rawValue: $0.key) != nil }
    guard hasSides else {
      guard Set(rules.map(\.side)).count == 1 else { throw .sideMissing(path: path) }
      return [try entry(members, for: rules, path: path)]
    }
    var entries: [Entry] = []
    for (key, value) in members {
      let ofSide = rules.filter { $0.side?.rawValue == key }
      guard !ofSide.isEmpty else {
        let sides = Set(rules.compactMap { $0.side?.rawValue })
        throw .unknown(.key, key, path: path, nearest: sides.sorted(by: >))
      }
      let place = "\(path) › \(key)"
      entries.append(try entry(try value.members(path: place), for: ofSide, path: place))
    }
    return entries
  }

  /// - Parameter rules: those of one code, measure and side; providers may share a code.
  private static func entry(
    _ members: [(key: String, value: JSONValue)], for rules: [Rule], path: String
  ) throws(RuleOverridesError) -> Entry {
    let rule = rules[0]
    var entry = Entry(code: rule.code, measure: rule.measure.name, side: rule.side)
    for (key, value) in members {
      let place = "\(path) › \(key)"
      switch (key, rule.test) {
      case ("warn", .limits): entry.warn = try value.change(path: place)
      case ("fail", .limits): entry.fail = try value.change(path: place)
      case ("when", .limits): entry.conditions = try conditions(value, of: rule, path: place)
      case ("calibrated", .limits): entry.proofs = try value.proofs(path: place)
      case ("accept", .oneOf): entry.accept = try value.names(path: place)
      default: throw .unknown(.key, key, path: path, nearest: keys(of: rule))
      }
    }
    try entry.checkOrder(of: rules, path: path)
    return entry
  }

  private static func keys(of rule: Rule) -> [String] {
    switch rule.test {
    case .limits: ["warn", "fail"] + (rule.conditions.isEmpty ? [] : ["when"]) + ["calibrated"]
    case .oneOf: ["accept"]
    }
  }

  private static func conditions(
    _ value: JSONValue, of rule: Rule, path: String
  ) throws(RuleOverridesError) -> [String: Double] {
    let known = rule.conditions.map(\.measure.name)
    var conditions: [String: Double] = [:]
    for (measure, threshold) in try value.members(path: path) {
      guard known.contains(measure) else {
        throw .unknown(
          .measure, measure, path: path, nearest: NearMatch.find(measure, among: known))
      }
      guard case .number(let number) = threshold else {
        throw .wrongType(path: "\(path) › \(measure)", expected: "a number")
      }
      conditions[measure] = number
    }
    return conditions
  }
}

extension RuleOverrides.Entry {
  fileprivate func isSameRule(as other: Self) -> Bool {
    code == other.code && measure == other.measure && side == other.side
  }

  /// Refuses limits of which the failing one is reached first, whichever of the providers is asked.
  fileprivate func checkOrder(of rules: [Rule], path: String) throws(RuleOverridesError) {
    var error: RuleOverridesError?
    for rule in rules {
      guard case .limits(let comparison, let warn?, let fail?) = applied(to: rule).test,
        comparison.isCrossed(by: warn.value, limit: fail.value)
      else { return }
      error = error ?? .outOfOrder(path: path, warn: warn.value, fail: fail.value)
    }
    if let error { throw error }
  }
}

extension Rule {
  /// The conditions of both limits, each measure once.
  package var conditions: [Condition] {
    guard case .limits(_, let warn, let fail) = test else { return [] }
    var conditions = warn?.conditions ?? []
    for condition in fail?.conditions ?? []
    where !conditions.contains(where: { $0.measure.name == condition.measure.name }) {
      conditions.append(condition)
    }
    return conditions
  }
}

extension JSONValue {
  /// The members of an object in the order of their keys, so that errors do not depend on chance.
  func members(
    path: String
  ) throws(RuleOverridesError) -> [(key: String, value: JSONValue)] {
    guard case .object(let members) = self else {
      throw .wrongType(path: path, expected: "an object")
    }
    return members.sorted { $0.key < $1.key }
  }

  fileprivate func change(path: String) throws(RuleOverridesError) -> RuleOverrides.Change {
    switch self {
    case .null: return .off
    case .number(let number): return .value(number)
    default: throw .wrongType(path: path, expected: "a number or null")
    }
  }

  fileprivate func names(path: String) throws(RuleOverridesError) -> [String] {
    let expected = "a list of names"
    guard case .array(let items) = self, !items.isEmpty else {
      throw .wrongType(path: path, expected: expected)
    }
    var names: [String] = []
    for item in items {
      guard case .string(let name) = item else {
        throw .wrongType(path: path, expected: expected)
      }
      names.append(name)
    }
    return names
  }
}
