/// One API of a provider, in one of its modes if it has any.
///
/// A mode of one provider cannot be combined with another provider.
public struct Service: Sendable {
  /// Everything that vprep knows of it.
  package let profile: ServiceProfile

  /// The service of a profile, which need not be one that callers can name.
  package init(_ profile: ServiceProfile) { self.profile = profile }

  /// A provider's service in its default mode.
  public init(_ provider: Provider) {
    guard let profile = ServiceProfile.defaults.first(where: { $0.provider == provider }) else {
      preconditionFailure("a provider is named by its profile")
    }
    self.init(profile)
  }

  /// A provider's service in a mode; `nil` stands for the default mode.
  ///
  /// - Returns: `nil` if the provider does not have the mode.
  public init?(_ provider: Provider, mode: ProviderMode?) {
    guard let mode else {
      self.init(provider)
      return
    }
    let profile = ServiceProfile.all.first { $0.provider == provider && $0.mode == mode }
    guard let profile else { return nil }
    self.init(profile)
  }

  /// Who is asked.
  public var provider: Provider { profile.provider }

  /// The mode; `nil` where the service has none.
  public var mode: ProviderMode? { profile.mode }

  /// The limits that a file must meet.
  public var limits: ProviderLimits { profile.limits }

  /// Whether the request names a photo that the clip is compared with.
  public var takesPhoto: Bool { profile.photoCode != nil }

  /// The sequence of actions that a text such as `2,1` asks for.
  ///
  /// - Returns: `nil` where the service does not ask for it. A service that asks for no actions knows
  ///   those that every other one asks for.
  package func sequence(_ text: String) -> [Int]? { sequences.sequence(text) }

  /// The sequences that it knows, in words.
  package var sequencesText: String { sequences.text }

  /// Whether it knows the sequence.
  package func knows(_ sequence: [Int]) -> Bool { sequences.accepted.contains(sequence) }

  private var sequences: ActionSequences {
    profile.actions.accepted.isEmpty ? TencentVideo.actions : profile.actions
  }

  /// What is wrong with a mode; `nil` where the provider has it, and without one.
  ///
  /// - Parameter option: what callers name the mode by.
  package static func complaint(
    about mode: ProviderMode?, of provider: Provider, option: String, none: String
  ) -> String? {
    guard let mode, Service(provider, mode: mode) == nil else { return nil }
    let modes = provider.modes.map(\.rawValue)
    return modes.isEmpty
      ? "\(option) is for \(Provider.withModes); \(provider.rawValue) has \(none)"
      : "\(option) \(mode.rawValue) is no mode of \(provider.rawValue), which has "
        + modes.joined(separator: " and ")
  }

  /// The service in the mode that a request asks for, which the provider goes by; itself where the
  /// request names none that exists.
  package func asked(by request: [String: RequestValue]) -> Service {
    profile.request.mode(request).flatMap { Service(provider, mode: $0) } ?? self
  }
}

extension Service: Hashable {
  /// Services are equal if provider and mode are.
  public static func == (first: Service, second: Service) -> Bool {
    first.provider == second.provider && first.mode == second.mode
  }

  /// Hashes provider and mode.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(provider)
    hasher.combine(mode)
  }
}

extension Service: CustomStringConvertible {
  /// The names of provider and mode, such as `tencent silent`.
  public var description: String {
    [provider.rawValue, mode?.rawValue].compactMap { $0 }.joined(separator: " ")
  }
}
