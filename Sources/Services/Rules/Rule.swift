/// One row of a provider's table: a measure, its limits and their sources, and advice.
package struct Rule: Sendable {
  /// The provider's code as its answer spells it.
  package let code: String
  /// The modes it belongs to; `nil` for every mode and for a provider without modes.
  package let modes: [ProviderMode]?
  /// The modes in which crossing `fail` fails the clip; `nil` for all of its modes.
  ///
  /// In the others no document says that the service answers the code, so it only warns.
  package let failsIn: [ProviderMode]?
  /// When the rule is asked at all.
  package let applies: Applicability
  /// What is read.
  package let measure: Measure
  /// How the values of the frames become one.
  package let aggregation: Aggregation
  /// When that value is bad; overrides replace it.
  package var test: Test
  /// The value to recommend; `nil` recommends the warning's limit.
  package let goal: Double?
  /// What the person is told.
  package let advice: Advice
  /// One sentence for the integrator; `{value}`, `{limit}` and `{goal}` are filled in.
  package let integratorAdvice: String
  /// Causes with advice of their own, which replaces this; the first that holds counts.
  package let causes: [Cause]
  /// What the provider notes instead of refusing the clip; `nil` for a rule that predicts a code.
  package let tag: String?

  /// When a rule is asked at all.
  package enum Applicability: Sendable, Equatable {
    /// In each of its modes.
    case always
    /// When no face could be read, in place of the rules about light on the face.
    case withoutFaces
    /// When the request asks for `face_occlusion_detection`.
    case faceOcclusionDetection
    /// When the request asks for `eye_close_detection`.
    case eyeCloseDetection
    /// When the request asks for actions, whichever they are.
    case actions
    /// When the request asks for this action.
    case action(FaceAction.Kind)

    /// The name in lists of codes.
    package var name: String {
      switch self {
      case .always: "always"
      case .withoutFaces: "withoutFaces"
      case .faceOcclusionDetection: "faceOcclusionDetection"
      case .eyeCloseDetection: "eyeCloseDetection"
      case .actions, .action: "actions"
      }
    }
  }

  /// When a value is bad.
  package enum Test: Sendable {
    /// A number on the bad side of a limit.
    case limits(Comparison, warn: Limit?, fail: Limit?)
    /// A name that is not in the list.
    case oneOf(AcceptedNames)
  }

  /// A rule about a number.
  init(
    _ code: String, _ measure: Measure, _ aggregation: Aggregation, _ comparison: Comparison,
    warn: Limit? = nil, fail: Limit? = nil, goal: Double? = nil, modes: [ProviderMode]? = nil,
    failsIn: [ProviderMode]? = nil, applies: Applicability = .always, tag: String? = nil,
    causes: [Cause] = [], advice: Advice, integrator: String
  ) {
    self.code = code
    self.modes = modes
    self.applies = applies
    self.measure = measure
    self.aggregation = aggregation
    self.test = .limits(comparison, warn: warn, fail: fail)
    self.goal = goal
    self.failsIn = failsIn
    self.advice = advice
    self.integratorAdvice = integrator
    self.causes = causes
    self.tag = tag
  }

  /// A rule about a name.
  init(
    _ code: String, _ measure: Measure, oneOf accepted: [String], _ severity: Severity,
    _ citation: Citation, modes: [ProviderMode]? = nil, advice: Advice, integrator: String
  ) {
    self.code = code
    self.modes = modes
    self.applies = .always
    self.measure = measure
    self.aggregation = .whole
    self.test = .oneOf(AcceptedNames(names: accepted, severity: severity, citation: citation))
    self.goal = nil
    self.failsIn = nil
    self.advice = advice
    self.integratorAdvice = integrator
    self.causes = []
    self.tag = nil
  }

  /// The end of the good range that its limits are; `nil` for a rule about a name.
  package var side: Comparison.Side? {
    if case .limits(let comparison, _, _) = test { comparison.side } else { nil }
  }

  /// Whether the rule belongs to `mode`; `nil` stands for a provider without modes.
  package func belongs(to mode: ProviderMode?) -> Bool {
    guard let modes, let mode else { return true }
    return modes.contains(mode)
  }

  /// The rule as it counts in `mode`: where the document leaves open whether the code is answered, a
  /// limit for failing warns, unless the caller has set it.
  package func counting(in mode: ProviderMode?) -> Rule {
    guard let failsIn, let mode, !failsIn.contains(mode),
      case .limits(let comparison, let warn, let fail?) = test, !fail.overridden
    else { return self }
    var rule = self
    rule.test = .limits(comparison, warn: warn ?? fail, fail: nil)
    return rule
  }
}

/// A cause that a value beyond its limit can have, by what else was measured.
package struct Cause: Sendable {
  /// What holds if this is the cause; aggregated as the rule aggregates its own measure.
  package let conditions: [Condition]
  /// What the person is told.
  package let advice: Advice
  /// One sentence for the integrator, as in the rule.
  package let integratorAdvice: String

  init(_ conditions: [Condition], advice: Advice, integrator: String) {
    self.conditions = conditions
    self.advice = advice
    self.integratorAdvice = integrator
  }
}

/// How the values of the frames become the one that is compared.
package enum Aggregation: String, Sendable {
  /// The measure has one value for the clip.
  case whole = "whole clip"
  /// The median over the frames that have a value.
  case median
  /// The smallest over the frames that have a value: bad above a limit means bad in every frame.
  case minimum
  /// The largest over the frames that have a value: bad below a limit means bad in every frame.
  case maximum
  /// The share of frames for which the measure is 1.
  case share = "share of frames"
  /// The median over the best frames, since the server scores the best it finds.
  case bestFrames = "best frames"
}
