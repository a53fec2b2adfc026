/// The one thing to do about a clip that is not accepted as it is.
public struct NextStep: Sendable, Equatable, Codable {
  /// Which sentence it is.
  public var id: Advice
  /// Who can do it.
  public var remedy: Remedy
  /// The sentence for the person.
  public var text: String

  /// Makes a step.
  public init(id: Advice, remedy: Remedy, text: String) {
    self.id = id
    self.remedy = remedy
    self.text = text
  }
}

extension NextStep {
  /// What comes first of several predictions; `nil` without any.
  ///
  /// Failures come before warnings. What a person must do comes before what is repaired without them:
  /// a repair is lost on a clip that is recorded again. The order among these is that of `Advice`, in
  /// which whatever hides a later fault comes before it.
  init?(_ predictions: [Prediction]) {
    let worst = predictions.contains { $0.severity == .fail } ? Severity.fail : .warn
    let first = predictions.filter { $0.severity == worst }.compactMap(Candidate.init)
      .min { ($0.remedy, $0.advice.rank) < ($1.remedy, $1.advice.rank) }
    guard let first else { return nil }
    self.init(id: first.advice, remedy: first.advice.remedy, text: first.text)
  }

  private struct Candidate {
    let advice: Advice
    let text: String
    /// Position of the remedy in the order in which remedies count.
    let remedy: Int

    init?(_ prediction: Prediction) {
      guard let advice = prediction.adviceID else { return nil }
      self.advice = advice
      text = prediction.advice
      remedy = Remedy.allCases.firstIndex(of: advice.remedy) ?? Remedy.allCases.count
    }
  }
}
