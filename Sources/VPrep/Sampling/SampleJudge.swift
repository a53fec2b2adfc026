internal import Services

/// What the judge says of a sample of the frames.
struct SampleJudge: Sendable {
  /// What the frames are to tell.
  let question: SamplingPlan.Question
  /// Whether the verdict on these measurements would stand if more frames were seen.
  let isSettled: @Sendable (ClipMeasurements) -> Bool
  /// Whether these measurements end in the midst of a movement that is looked for.
  var isUnderWay: @Sendable (ClipMeasurements) -> Bool = { _ in false }
  /// Whether a measure is so near a failure that every frame ought to be seen.
  var isNearFailure: @Sendable (ClipMeasurements) -> Bool = { _ in false }
  /// Whether the question is about the eyes as well, whose movement is over in a tenth of a second.
  var asksForEyes = true
}

extension SampleJudge {
  /// Asks the judge of a service in the words of the plan.
  init(_ judge: Judge) {
    let needs = judge.service.profile.needs
    let question = SamplingPlan.Question(needs)
    let certainty: Judge.Certainty =
      question == .state ? .everyLimit : .failingExtremes(leftOut: SamplingPlan.longestMissed)
    self.init(
      question: question,
      isSettled: { judge.isSettled($0, certainty: certainty) },
      isUnderWay: { judge.isUnderWay($0, last: SamplingPlan.underWay) },
      isNearFailure: { judge.isNearFailure($0) },
      asksForEyes: needs.eyes)
  }
}
