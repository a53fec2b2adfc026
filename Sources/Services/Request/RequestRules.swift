/// How a service reads a request.
package struct RequestRules: Sendable {
  /// What the service would refuse in the parameters, in the order of its documentation.
  package let lint: @Sendable ([String: RequestValue], FileDigests) -> [LintFinding]
  /// The parameter that is the clip itself, which no JSON can hold; `nil` where there is none.
  package let clipParameter: String?
  /// The parameter that is the comparison photo itself; `nil` where there is none.
  package let photoParameter: String?
  /// The mode that the parameters ask for; `nil` where they name none that exists.
  package let mode: @Sendable ([String: RequestValue]) -> ProviderMode?
  /// Writes what the parameters say over the caller's options.
  ///
  /// A value that the service would refuse changes nothing; it is a finding.
  package let apply: @Sendable ([String: RequestValue], inout JudgeOptions) -> Void
  /// The first option of the caller that says something else than the parameters.
  package let contradiction: @Sendable ([String: RequestValue], StatedOptions) -> Contradiction?

  package init(
    lint: @escaping @Sendable ([String: RequestValue], FileDigests) -> [LintFinding],
    clipParameter: String? = nil, photoParameter: String? = nil,
    mode: @escaping @Sendable ([String: RequestValue]) -> ProviderMode? = { _ in nil },
    apply: @escaping @Sendable ([String: RequestValue], inout JudgeOptions) -> Void = { _, _ in },
    contradiction: @escaping @Sendable ([String: RequestValue], StatedOptions) -> Contradiction? = {
      _, _ in nil
    }
  ) {
    self.lint = lint
    self.clipParameter = clipParameter
    self.photoParameter = photoParameter
    self.mode = mode
    self.apply = apply
    self.contradiction = contradiction
  }
}

/// Options that the caller set explicitly.
public struct StatedOptions: Sendable, Equatable {
  /// The mode.
  public var mode: ProviderMode?
  /// The sequence of actions.
  public var actions: [Int]?
  /// Whether a covered face is refused.
  public var faceOcclusionDetection: Bool?
  /// Whether shut eyes are refused.
  public var eyeCloseDetection: Bool?

  /// Makes options; those that are not given count as not set.
  public init(
    mode: ProviderMode? = nil, actions: [Int]? = nil, faceOcclusionDetection: Bool? = nil,
    eyeCloseDetection: Bool? = nil
  ) {
    self.mode = mode
    self.actions = actions
    self.faceOcclusionDetection = faceOcclusionDetection
    self.eyeCloseDetection = eyeCloseDetection
  }
}

/// An option that contradicts the request, which is what will be sent.
public struct Contradiction: Sendable, Equatable {
  /// Which option it is.
  public enum Option: Sendable, Equatable {
    /// `StatedOptions.mode`.
    case mode(ProviderMode)
    /// `StatedOptions.actions`.
    case actions([Int])
    /// `StatedOptions.faceOcclusionDetection`.
    case faceOcclusionDetection(Bool)
    /// `StatedOptions.eyeCloseDetection`.
    case eyeCloseDetection(Bool)
  }

  /// The option.
  public let option: Option
  /// The request's parameter.
  public let parameter: String
  /// What the parameter says.
  public let value: String
}

extension Service {
  /// The first explicit option that contradicts the request; `nil` if there is none.
  public func contradiction(
    of options: StatedOptions, with request: [String: RequestValue]
  ) -> Contradiction? {
    profile.request.contradiction(request, options)
  }
}
