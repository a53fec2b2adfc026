public import Services

/// What a log says about one limit.
public struct CalibratedLimit: Sendable, Equatable, Codable {
  /// The rule's code.
  public let code: String
  /// The rule's measure.
  public let measure: String
  /// Which end of the good range the limit is.
  public let side: RuleValue.Side
  /// What happens beyond the limit.
  public let severity: Severity
  /// The measure's unit.
  public let unit: String
  /// The limit that is in use.
  public let old: Double
  /// The limit to use.
  public let new: Double
  /// What was found.
  public let finding: Finding
  /// How many accepted clips of the newer part of the log the rule had something to read of.
  public let accepted: Int
  /// How many of them are beyond the new limit.
  public let beyond: Int
  /// The share of them that may be, 0–1.
  public let alpha: Double
  /// This limit's part of the doubt, 0–1.
  public let delta: Double
  /// How many more accepted clips are needed at least, in the whole log; 0 if the promise is proven.
  public let missing: Int
  /// How often a clip beyond the old limit was refused with the rule's code.
  public let precision: Precision

  /// What was found about a limit.
  public enum Finding: String, Sendable, Codable {
    /// The limit in use keeps the promise.
    case confirmed
    /// Another limit keeps it, and fits the answers better or is the nearest that does.
    case moved
    /// There are too few answers to prove any limit.
    case tooFew
    /// No clip beyond the limit was ever sent, so nobody knows what the service would have answered.
    case untested
  }

  /// Of the clips beyond a limit that were sent, how many the service refused with its code.
  public struct Precision: Sendable, Equatable, Codable {
    /// How many were sent.
    public let sent: Int
    /// How many were refused with the rule's code.
    public let refused: Int
    /// The exact bounds of the share, each with a doubt of 2.5 %.
    public let low, high: Double
  }
}
