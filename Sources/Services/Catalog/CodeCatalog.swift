/// Every code that the providers document, and how vprep treats it.
public enum CodeCatalog {
  /// Every documented code, provider by provider in the order of its documentation.
  public static let codes: [ProviderCode] = ServiceProfile.defaults.flatMap(\.codes)

  /// The codes that only the service can know.
  public static func unpredictable(by service: Service) -> [String] {
    service.profile.unpredictableCodes
  }

  /// The documented code that `code` is an instance of: itself, `BAD_ARGUMENTS:<key>` for
  /// `BAD_ARGUMENTS:video`, or `FailedOperation.ActionLightDark` for `InternalError.ActionLightDark`.
  ///
  /// - Parameters:
  ///   - code: a code as the service answers it.
  ///   - provider: who answers; `nil` takes the first that has the code.
  public static func entry(for code: String, of provider: Provider? = nil) -> ProviderCode? {
    entry(for: code, among: codes.filter { provider == nil || $0.provider == provider })
  }

  static func entry(for code: String, among codes: [ProviderCode]) -> ProviderCode? {
    let exact = codes.first { $0.code == code } ?? codes.first { $0.aliases.contains(code) }
    if let exact { return exact }
    guard let colon = code.firstIndex(of: ":") else { return nil }
    let stem = code[...colon]
    return codes.first { $0.code.hasPrefix(stem) }
  }
}

/// One documented code.
public struct ProviderCode: Sendable, Equatable, Codable {
  /// How a code can be predicted.
  public enum Kind: String, Sendable, Codable {
    /// From the clip or the photo.
    case predict
    /// From the request's parameters.
    case lint
    /// Not at all: only the provider can know.
    case server
  }

  /// The code as the provider spells it; `<key>` and `<reason>` stand for variable parts.
  public let code: String
  /// Who answers with it.
  public let provider: Provider
  /// The modes in which it can come; empty for every mode and for a provider without modes.
  public let modes: [ProviderMode]
  /// How it can be foreseen.
  public let kind: Kind
  /// The HTTP status that goes with it; `nil` where the document names none.
  public let httpStatus: Int?
  /// What it means, in one sentence.
  public let meaning: String
  /// Other spellings that the provider's SDK lists for it.
  public let aliases: [String]
  /// Whether a request that is answered with it is charged; `nil` where no document says so.
  public let charged: Bool?

  init(
    code: String, provider: Provider, modes: [ProviderMode], kind: Kind, httpStatus: Int?,
    meaning: String, aliases: [String] = [], charged: Bool? = nil
  ) {
    self.code = code
    self.provider = provider
    self.modes = modes
    self.kind = kind
    self.httpStatus = httpStatus
    self.meaning = meaning
    self.aliases = aliases
    self.charged = charged
  }

  /// Whether the code can come in `mode`; `nil` stands for a provider without modes.
  public func belongs(to mode: ProviderMode?) -> Bool {
    guard let mode, !modes.isEmpty else { return true }
    return modes.contains(mode)
  }
}
