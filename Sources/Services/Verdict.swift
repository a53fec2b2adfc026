/// The predicted answer of the provider.
public enum Outcome: String, Sendable, Codable {
  /// Nothing speaks against the clip.
  case pass
  /// The clip may be refused.
  case warn
  /// The clip is expected to be refused.
  case fail
  /// Something that decides could not be measured, and nothing that was measured fails.
  case incomplete
}

/// Why a rule has no measurement.
public enum UnmeasuredReason: String, Sendable, Codable {
  /// Faces were not looked for: there is no face model.
  case facesNotMeasured
  /// No frame was measured in the judged window.
  case noFrames
  /// Frames were measured and none shows a face.
  case noFace
  /// The audio stream was not looked at.
  case audioNotMeasured
  /// The clip has no sound.
  case noAudio
  /// The clip's movement was not looked at.
  case motionNotMeasured
  /// It was looked for and could not be decided.
  case notDecided
  /// The comparison photo was not given.
  case photoNotGiven
  /// The bandwidth was not given.
  case bandwidthNotGiven
  /// The sequence of actions was not given.
  case actionsNotGiven
  /// The file could not be read.
  case mediaUnusable

  /// Whether a missing measurement makes a verdict incomplete.
  ///
  /// Some do not: a missing face has a prediction of its own, and rules about something that the
  /// caller did not give do not apply. A measurement that could not be decided makes the verdict
  /// incomplete if the request asked for the check.
  package var leavesVerdictOpen: Bool {
    switch self {
    case .facesNotMeasured, .noFrames, .audioNotMeasured, .motionNotMeasured: true
    case .noFace, .noAudio, .notDecided, .photoNotGiven, .bandwidthNotGiven,
      .actionsNotGiven, .mediaUnusable:
      false
    }
  }
}

/// A rule that could not be applied because its measurement is missing.
public struct UnmeasuredRule: Sendable, Equatable, Codable {
  /// The code that could not be predicted.
  public var code: String
  /// The measure that is missing.
  public var measure: String
  /// Why it is missing.
  public var reason: UnmeasuredReason

  /// Makes an entry.
  public init(code: String, measure: String, reason: UnmeasuredReason) {
    self.code = code
    self.measure = measure
    self.reason = reason
  }
}

/// The verdict on one clip for one service: the report's `verdict` object.
public struct Verdict: Sendable, Equatable {
  /// Who is asked.
  public var provider: Provider
  /// The mode; `nil` if the provider has none.
  public var mode: ProviderMode?
  /// The answer in one word.
  public var outcome: Outcome
  /// The codes that are expected, worst first.
  public var predictions: [Prediction]
  /// Rules without a measurement.
  public var unmeasured: [UnmeasuredRule]
  /// Codes that only the provider can decide.
  public var unpredictable: [String]
  /// The one thing to do next; `nil` where nothing speaks against the clip.
  public var nextStep: NextStep? { NextStep(predictions) }
  /// Tags that the provider would add without refusing the clip, such as `multifaces`.
  public var tags: [String]
  /// What the rules whose limits no document gives have read; empty if nothing could be measured.
  public var readings: [RuleValue]
  /// How likely a refusal is, as learned from answers; `nil` where nothing was learned (`vprep calibrate`),
  /// and where a document settles it.
  public var refusal: Refusal?

  /// Makes a verdict.
  public init(
    provider: Provider, mode: ProviderMode?, outcome: Outcome, predictions: [Prediction],
    unmeasured: [UnmeasuredRule] = [], unpredictable: [String] = [], tags: [String] = [],
    readings: [RuleValue] = [], refusal: Refusal? = nil
  ) {
    self.provider = provider
    self.mode = mode
    self.outcome = outcome
    self.predictions = predictions
    self.unmeasured = unmeasured
    self.unpredictable = unpredictable
    self.tags = tags
    self.readings = readings
    self.refusal = refusal
  }

  /// Whether the clip is accepted: it passes, or it warns and `strict` is `false`.
  ///
  /// An incomplete verdict is never accepted.
  public func isAccepted(strict: Bool) -> Bool {
    switch outcome {
    case .pass: true
    case .warn: !strict
    case .fail, .incomplete: false
    }
  }
}

extension Verdict: Codable {
  private enum CodingKeys: String, CodingKey {
    case provider, mode, outcome, nextStep, predictions, unmeasured, unpredictable, tags, readings,
      refusal
  }

  /// Writes every key; a provider without modes gives an explicit `null`.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(provider, forKey: .provider)
    try keys.encode(mode, forKey: .mode)
    try keys.encode(outcome, forKey: .outcome)
    try keys.encode(nextStep, forKey: .nextStep)
    try keys.encode(predictions, forKey: .predictions)
    try keys.encode(unmeasured, forKey: .unmeasured)
    try keys.encode(unpredictable, forKey: .unpredictable)
    try keys.encode(tags, forKey: .tags)
    try keys.encode(readings, forKey: .readings)
    try keys.encode(refusal, forKey: .refusal)
  }

  /// Reads a verdict; its next step follows from its predictions.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    provider = try keys.decode(Provider.self, forKey: .provider)
    mode = try keys.decodeIfPresent(ProviderMode.self, forKey: .mode)
    outcome = try keys.decode(Outcome.self, forKey: .outcome)
    predictions = try keys.decode([Prediction].self, forKey: .predictions)
    unmeasured = try keys.decode([UnmeasuredRule].self, forKey: .unmeasured)
    unpredictable = try keys.decode([String].self, forKey: .unpredictable)
    tags = try keys.decode([String].self, forKey: .tags)
    // Reports of versions before 0.3.0 have none.
    readings = try keys.decodeIfPresent([RuleValue].self, forKey: .readings) ?? []
    refusal = try keys.decodeIfPresent(Refusal.self, forKey: .refusal)
  }
}
