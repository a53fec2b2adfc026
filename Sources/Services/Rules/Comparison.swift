/// Which side of a limit is the bad one.
package enum Comparison: String, Sendable {
  /// Bad below the limit: the limit is the smallest good value.
  case below
  /// Bad above the limit: the limit is the largest good value.
  case above

  /// The end of the good range that a limit is, as overrides name it.
  package enum Side: String, Sendable, Codable {
    /// The smallest good value.
    case min
    /// The largest good value.
    case max
  }

  /// The end of the good range that a limit is.
  package var side: Side {
    switch self {
    case .below: .min
    case .above: .max
    }
  }

  /// The sign for the bad side, as a table shows it.
  package func sign(inclusive: Bool) -> String {
    switch self {
    case .below: inclusive ? "≤" : "<"
    case .above: inclusive ? "≥" : ">"
    }
  }

  /// Whether `value` is on the bad side of `limit`; `inclusive` counts the limit itself as bad.
  package func isCrossed(by value: Double, limit: Double, inclusive: Bool = false) -> Bool {
    if value == limit { return inclusive }
    return switch self {
    case .below: value < limit
    case .above: value > limit
    }
  }
}
