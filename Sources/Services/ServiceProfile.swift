/// What a service is, in one of its modes: the only place that knows it.
///
/// A new service is a new profile, in a file with its documents' figures; nothing else names it.
package struct ServiceProfile: Sendable {
  /// Who is asked.
  package let provider: Provider
  /// The mode; `nil` where the provider has none.
  package let mode: ProviderMode?
  /// The API's name in documents, in Markdown.
  package let title: String
  /// What the provider puts before the names of its business codes.
  package let codePrefix: String
  /// What a file must keep to.
  package let limits: ProviderLimits
  /// Every rule of the provider, in the order of its documentation, those of other modes among them.
  package let table: [Rule]
  /// Every documented code of the provider, in the same order.
  package let codes: [ProviderCode]
  /// What the provider answers to a file that cannot be measured.
  package let refusal: @Sendable (UnusableMedia) -> Refusal
  /// The code for a comparison photo that cannot be read; `nil` where the request takes no photo.
  package let photoCode: String?
  /// How a request is read.
  package let request: RequestRules
  /// Which seconds stay of a clip that is to be shortened.
  package let window: WindowPolicy
  /// How closely a clip is looked at.
  package let needs: MeasuringNeeds
  /// The actions that a request can ask for.
  package let actions: ActionSequences

  /// The answer to a file that cannot be measured.
  package struct Refusal: Sendable {
    package let code: String
    package let source: String

    package init(code: String, source: String) {
      (self.code, self.source) = (code, source)
    }
  }

  package init(
    provider: Provider, mode: ProviderMode? = nil, title: String, codePrefix: String = "",
    limits: ProviderLimits, table: [Rule], codes: [ProviderCode],
    refusal: @escaping @Sendable (UnusableMedia) -> Refusal, photoCode: String? = nil,
    request: RequestRules, window: WindowPolicy, needs: MeasuringNeeds,
    actions: ActionSequences = .none
  ) {
    self.provider = provider
    self.mode = mode
    self.title = title
    self.codePrefix = codePrefix
    self.limits = limits
    self.table = table
    self.codes = codes
    self.refusal = refusal
    self.photoCode = photoCode
    self.request = request
    self.window = window
    self.needs = needs
    self.actions = actions
  }
}

extension ServiceProfile {
  /// The profiles of each provider, that of its default mode first, in the order of the documents.
  private static let families: [[ServiceProfile]] = [
    MegviiStill.profiles, MegviiVideo.profiles, TencentVideo.profiles, TencentCompareFace.profiles,
  ]

  /// Every profile that callers can name.
  package static let all: [ServiceProfile] = families.flatMap { $0 }

  /// The profile of each provider's default mode.
  package static let defaults: [ServiceProfile] = families.compactMap(\.first)

  /// The codes that only the provider can know.
  package var unpredictableCodes: [String] {
    codes.filter { $0.kind == .server && $0.belongs(to: mode) }.map(\.code)
  }
}

/// Which seconds of a clip a service wants to see.
package enum WindowPolicy: Equatable, Sendable {
  /// A few good seconds are enough.
  case bestSeconds
  /// As much as the size allows, always longer than the provider's minimum.
  case longEnough
  /// Everything that is said.
  case voiced
  /// Everything that the person does.
  case moving
}

/// How closely a service makes vprep look at a clip.
package struct MeasuringNeeds: Equatable, Sendable {
  /// Whether movements count, and not only the state of the face.
  package let movement: Bool
  /// Whether the eyes are asked for between the samples: lips that read a number are not.
  package let eyes: Bool

  package init(movement: Bool, eyes: Bool) {
    (self.movement, self.eyes) = (movement, eyes)
  }
}
