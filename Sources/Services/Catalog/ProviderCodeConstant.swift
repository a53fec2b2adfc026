/// A named code, which compares with the codes of predictions, of findings and of the service's own
/// answers.
public protocol ProviderCodeConstant: RawRepresentable<String>, Sendable, CaseIterable {
  /// Every spelling that the service may answer; the first is that of the document, `rawValue`.
  var spellings: [String] { get }
}

extension ProviderCodeConstant {
  /// The document's spelling alone.
  public var spellings: [String] { [rawValue] }

  /// The code that an answer or a line of a log names, in any of its spellings.
  public init?(answered code: String) {
    guard let found = Self.allCases.first(where: { code == $0 }) else { return nil }
    self = found
  }

  /// Whether a code is this one, in any of its spellings.
  public static func == (code: String, constant: Self) -> Bool { constant.spellings.contains(code) }

  /// Whether a code is another one.
  public static func != (code: String, constant: Self) -> Bool { !(code == constant) }
}
