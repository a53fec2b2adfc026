/// Why a file of limits cannot be used.
public enum RuleOverridesError: Error, Sendable, Equatable {
  /// The text is not JSON; the parser's reason.
  case malformed(String)
  /// The text is larger or nests deeper than is read; the reason.
  case beyondBounds(String)
  /// A name that no rule knows.
  case unknown(Name, String, path: String, nearest: [String])
  /// A value of another type than the one expected at that place.
  case wrongType(path: String, expected: String)
  /// The rule has a smallest and a largest good value, and the file does not say which is meant.
  case sideMissing(path: String)
  /// The limit for failing is reached before the one for warning.
  case outOfOrder(path: String, warn: Double, fail: Double)
  /// The same rule appears twice, once with and once without the provider's prefix.
  case repeated(path: String)

  /// What kind of name is unknown.
  public enum Name: String, Sendable {
    /// A provider's code.
    case code
    /// A measure of that code.
    case measure
    /// A key of that measure.
    case key
  }
}

extension RuleOverridesError: CustomStringConvertible {
  /// One sentence that names the place and, for a misspelt name, what may have been meant.
  ///
  /// Names and places come from the file; long ones are shortened.
  public var description: String {
    switch self {
    case .malformed(let reason): "the rules are not valid JSON: \(Self.brief(reason))"
    case .beyondBounds(let reason): "the rules are refused: \(reason)"
    case .unknown(let kind, let name, let path, let nearest):
      "unknown \(kind.rawValue) \"\(Self.brief(name))\""
        + (path.isEmpty ? "" : " in \(Self.brief(path))")
        + (nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?")
    case .wrongType(let path, let expected):
      "\(path.isEmpty ? "the rules" : Self.brief(path)) must be \(expected)"
    case .sideMissing(let path):
      "\(Self.brief(path)) has a smallest and a largest good value: put the limits under \"min\" or \"max\""
    case .outOfOrder(let path, let warn, let fail):
      "\(Self.brief(path)) would fail at \(Decimal.text(fail, places: 6)) before it warns at "
        + "\(Decimal.text(warn, places: 6)): give both limits"
    case .repeated(let path): "\(Self.brief(path)) appears twice"
    }
  }

  private static func brief(_ text: String) -> String { text.shortened(to: 120) }
}
