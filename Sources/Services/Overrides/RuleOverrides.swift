/// The caller's own limits, which replace those of the tables.
///
/// The JSON is an object of codes; a code holds its measures, a measure its limits:
/// ```json
/// {
///   "VIDEO_LOW_FACE_QUALITY": {
///     "face.widthPixels": { "warn": 120, "fail": 60 },
///     "brightness.faceMean": { "min": { "fail": 30, "when": { "brightness.faceP95": 110 } } }
///   },
///   "LipVideoInvalid": { "input.container": { "accept": ["mp4", "mov"] } }
/// }
/// ```
/// A code may leave out `FailedOperation.`. `null` switches a limit off; a key that is left out
/// keeps its default. A measure with limits on both sides takes them under `min` (smallest good
/// value) and `max` (largest). `when` replaces the thresholds of a rule's conditions. `calibrated` says what
/// proves a limit that `vprep calibrate` has learned; it changes no verdict.
public struct RuleOverrides: Sendable, Equatable, Codable {
  /// No limit replaced.
  public static let none = RuleOverrides(entries: [])

  /// One rule's replacements, in the order of the tables.
  let entries: [Entry]
  /// How likely a refusal is, as far as `vprep calibrate` has learned it: the key `refusal`.
  public private(set) var refusal: RefusalModel?

  /// Whether nothing is replaced.
  public var isEmpty: Bool { entries.isEmpty && refusal == nil }

  init(entries: [Entry], refusal: RefusalModel? = nil) {
    self.entries = entries
    self.refusal = refusal
  }

  /// What replaces the limits of one rule.
  struct Entry: Sendable, Equatable, Codable {
    let code: String
    let measure: String
    let side: Comparison.Side?
    var warn: Change?
    var fail: Change?
    var conditions: [String: Double] = [:]
    var accept: [String]?
    /// What proves the limits that were learned from a service's answers.
    var proofs: [Severity: CalibrationProof] = [:]

    func matches(_ rule: Rule) -> Bool {
      rule.code == code && rule.measure.name == measure && rule.side == side
    }
  }

  /// What happens to one limit.
  enum Change: Sendable, Equatable, Codable {
    case off
    case value(Double)
  }

  /// The tables with the caller's limits in place.
  func applied(to rules: [Rule]) -> [Rule] {
    if entries.isEmpty { return rules }
    return rules.map { rule in
      entries.first { $0.matches(rule) }.map { $0.applied(to: rule) } ?? rule
    }
  }
}

extension RuleOverrides.Entry {
  /// `rule` with these limits.
  func applied(to rule: Rule) -> Rule {
    var rule = rule
    switch rule.test {
    case .limits(let comparison, let oldWarn, let oldFail):
      rule.test = .limits(
        comparison, warn: replace(oldWarn, with: warn, or: oldFail, proof: proofs[.warn]),
        fail: replace(oldFail, with: fail, or: oldWarn, proof: proofs[.fail]))
    case .oneOf(var accepted):
      if let accept {
        accepted.names = accept
        accepted.overridden = true
      }
      rule.test = .oneOf(accepted)
    }
    return rule
  }

  /// A limit after the change; one that the table lacks takes after its neighbour.
  private func replace(
    _ limit: Limit?, with change: RuleOverrides.Change?, or neighbour: Limit?,
    proof: CalibrationProof?
  ) -> Limit? {
    if change == .off { return nil }
    guard var changed = change == nil ? limit : limit ?? neighbour else { return nil }
    if case .value(let value) = change {
      let origin = limit.map { "the default is \(Decimal.text($0.value, places: 6)) from " }
      let source = changed.citation.source
      let before = origin.map { $0 + source } ?? "there is no default"
      changed.citation =
        proof.map { .calibrated("\($0.source); \(before)") }
        ?? changed.citation.replacingSource("the caller's limit; " + before)
      changed.value = value
      changed.overridden = true
    }
    for index in changed.conditions.indices {
      if let value = conditions[changed.conditions[index].measure.name] {
        changed.conditions[index].value = value
        changed.overridden = true
      }
    }
    return changed
  }
}
