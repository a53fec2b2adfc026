/// A face-liveness API whose answer vprep predicts, identified by its name.
///
/// A `ServiceProfile` for each mode holds what vprep knows of it.
public struct Provider: RawRepresentable, Sendable, Hashable, Codable, CaseIterable {
  /// The name on the command line, in options and in reports, such as `megvii`.
  public let rawValue: String

  /// The provider of that name; `nil` if there is none.
  public init?(rawValue: String) {
    guard Self.allCases.contains(where: { $0.rawValue == rawValue }) else { return nil }
    self.rawValue = rawValue
  }

  /// The name under which a profile is asked for.
  package init(named name: String) { rawValue = name }

  /// Every provider, in the order of the documents.
  public static var allCases: [Provider] { ServiceProfile.defaults.map(\.provider) }

  /// The modes that the provider's request can name; empty if it has none.
  public var modes: [ProviderMode] {
    ProviderMode.allCases.filter { Service(self, mode: $0) != nil }
  }

  /// The mode that is judged if the caller names none; `nil` if the provider has no modes.
  public var defaultMode: ProviderMode? { Service(self).mode }
}

extension Provider {
  /// What the provider puts before the names of its business codes; empty where it does not.
  package var codePrefix: String {
    ServiceProfile.defaults.first { $0.provider == self }?.codePrefix ?? ""
  }

  /// The names of the providers that have modes, for a sentence to who named a mode of another.
  package static var withModes: String { names { $0.mode != nil } }

  /// The names of the providers whose requests name a photo.
  package static var takingPhotos: String { names { $0.photoCode != nil } }

  private static func names(where isMeant: (ServiceProfile) -> Bool) -> String {
    ServiceProfile.defaults.filter(isMeant).map(\.provider.rawValue).joined(separator: " and ")
  }
}

/// The liveness mode, for providers whose request names one.
public enum ProviderMode: String, Sendable, Codable, CaseIterable {
  /// `LIP`: the person reads four digits aloud.
  case lip
  /// `ACTION`: the person makes the movements asked for.
  case action
  /// `SILENT`: the person only looks at the camera.
  case silent

  /// The value of Tencent's `LivenessType` in the request.
  public var livenessType: String {
    rawValue.uppercased()
  }
}
