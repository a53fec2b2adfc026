public import Services

/// The result of `Gate.check`: what the service is predicted to answer to a clip, and why.
public struct Check: CallResult {
  /// What the clip is.
  public var clip: ClipInfo
  /// One value per measure for the judged window.
  public var measurements: MeasurementSummary
  /// The measured frames of the judged window in the order of time; `nil` when they were not asked for.
  public var timeline: [FrameMeasurement]?
  /// What the service is predicted to answer.
  public var verdict: Verdict
  /// The photo that the clip is compared with; `nil` when none was given.
  public var photo: PhotoInfo?
  /// What the service would refuse in the request; empty when nothing is wrong, `nil` when no request
  /// was given.
  public var requestFindings: [LintFinding]?
  /// Whether to send the clip although it is foretold to fail; `nil` for one that is not, and where
  /// `Gate.Judging.exploration` is.
  public var exploration: Exploration.Choice?
  /// How long the call took.
  public var timing: CallTiming
  /// What a page shows; `nil` where it was not asked for.
  package var illustration: Illustration?

  /// Makes a result.
  public init(
    clip: ClipInfo, measurements: MeasurementSummary, timeline: [FrameMeasurement]? = nil,
    verdict: Verdict, photo: PhotoInfo? = nil, requestFindings: [LintFinding]? = nil,
    exploration: Exploration.Choice? = nil, timing: CallTiming = CallTiming()
  ) {
    self.clip = clip
    self.measurements = measurements
    self.timeline = timeline
    self.verdict = verdict
    self.photo = photo
    self.requestFindings = requestFindings
    self.exploration = exploration
    self.timing = timing
  }
}
