/// A named code, which compares with the codes of predictions and findings.
public protocol ProviderCodeConstant: RawRepresentable<String>, Sendable {}

extension ProviderCodeConstant {
  /// Whether a code is this one.
  public static func == (code: String, constant: Self) -> Bool { code == constant.rawValue }

  /// Whether a code is another one.
  public static func != (code: String, constant: Self) -> Bool { code != constant.rawValue }
}
