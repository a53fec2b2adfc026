/// One clip that a service has answered: what the rules read, and the answer.
///
/// A log may have a million of them, so values are kept short: a `Float` has the four decimals of a
/// report up to a thousand, and seven digits beyond.
struct AnsweredClip: Sendable {
  /// When the service answered, in seconds since 1970.
  let time: Double
  /// What it answered.
  let answer: Answer
  /// What vprep foretold.
  let forecast: Forecast
  /// How likely it was that the clip would be sent, 0–1.
  let inclusion: Double
  /// A number that only the clip decides, 0–1, for a choice that can be repeated.
  let lot: Double
  /// The value of each rule of the table; not a number where the rule has read nothing.
  let values: [Float]
  /// A bit for each rule whose limit for failing counts.
  let fails: UInt64
  /// A bit for each rule whose limit for warning counts.
  let warns: UInt64

  /// What vprep foretold: the outcome of its verdict.
  enum Forecast: String, CaseIterable, Sendable {
    case pass, warn, fail, incomplete
  }

  /// What a service answered.
  enum Answer: Equatable, Sendable {
    case accepted
    /// Refused with the code at an index of the service's documented codes.
    case refused(Int)
  }

  /// The value that a rule compares with a limit of one severity; `nil` if it compares none.
  func value(_ limit: LimitTable.Place) -> Float? {
    let value = values[limit.rule]
    let bits = limit.severity == .fail ? fails : warns
    return value.isNaN || bits & (1 << UInt64(limit.rule)) == 0 ? nil : value
  }

  /// Whether the rule had something to read.
  func isMeasured(_ limit: LimitTable.Place) -> Bool { !values[limit.rule].isNaN }
}
