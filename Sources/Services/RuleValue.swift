/// The value that one rule compares with its limits: an entry of the report's `verdict.readings`.
///
/// What a document states needs no proof, so only rules with a limit that no document gives are listed. A
/// log of these values beside the service's answers is what limits can be learned from.
public struct RuleValue: Sendable, Equatable, Codable {
  /// The code as the provider spells it.
  public var code: String
  /// The measure, named as in the report.
  public var measure: String
  /// Which end of the good range the rule's limits are.
  public var side: Side
  /// The measure's value, put together from the frames as the rule does it, in the measure's unit.
  public var value: Double
  /// The limits that the value is compared with: those whose conditions are met.
  ///
  /// Empty if the rule says nothing, whatever the value.
  public var counts: [Severity]

  /// The end of a range of good values.
  public enum Side: String, Sendable, Codable {
    /// The limits are the smallest good values.
    case min
    /// The limits are the largest good values.
    case max
  }

  /// Makes an entry.
  public init(code: String, measure: String, side: Side, value: Double, counts: [Severity]) {
    self.code = code
    self.measure = measure
    self.side = side
    self.value = value
    self.counts = counts
  }
}

extension RuleValue {
  private enum CodingKeys: String, CodingKey {
    case code, measure, side, value, counts
  }

  /// Writes every key, the value with the report's four decimals.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(code, forKey: .code)
    try keys.encode(measure, forKey: .measure)
    try keys.encode(side, forKey: .side)
    try keys.encode(value.reported, forKey: .value)
    try keys.encode(counts, forKey: .counts)
  }
}
