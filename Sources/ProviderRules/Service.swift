/// What is asked of a provider: its service, in a mode where it has modes.
///
/// A mode of one provider cannot be asked of another.
public enum Service: Sendable, Hashable {
  /// Megvii FaceID, `validate_still`.
  case megvii
  /// Tencent Cloud FaceID, `VideoLivenessCompare`, with a `LivenessType`.
  case tencent(ProviderMode)

  /// A provider's service in its default mode.
  public init(_ provider: Provider) {
    switch provider {
    case .megvii: self = .megvii
    case .tencent: self = .tencent(.silent)
    }
  }

  /// A provider's service in a mode, which may be `nil` for the default one.
  ///
  /// - Returns: `nil` where the provider does not have the mode.
  public init?(_ provider: Provider, mode: ProviderMode?) {
    switch (provider, mode) {
    case (_, nil): self.init(provider)
    case (.tencent, let mode?): self = .tencent(mode)
    case (.megvii, _?): return nil
    }
  }

  /// Who is asked.
  public var provider: Provider {
    switch self {
    case .megvii: .megvii
    case .tencent: .tencent
    }
  }

  /// The mode; `nil` where the service has none.
  public var mode: ProviderMode? {
    switch self {
    case .megvii: nil
    case .tencent(let mode): mode
    }
  }
}
