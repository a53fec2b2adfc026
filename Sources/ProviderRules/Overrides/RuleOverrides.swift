/// The caller's own limits.
public struct RuleOverrides: Sendable, Equatable {
  /// No limit replaced.
  public static let none = RuleOverrides()

  /// The tables with the caller's limits in place.
  func applied(to rules: [Rule]) -> [Rule] { rules }
}
