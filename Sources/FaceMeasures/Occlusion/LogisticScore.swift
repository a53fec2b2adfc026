internal import Glibc

/// A weighted sum of a few named features, turned into a likelihood by the logistic function.
///
/// Each feature is clipped to the range over which it was fitted, so that an odd picture cannot
/// push a score far by one feature alone; one that could not be measured counts as 0.
/// Source: logistic regression (Cox, "The regression analysis of binary sequences", 1958).
struct LogisticScore: Sendable {
  /// One feature's share in the score.
  struct Term: Sendable {
    let weight: Double
    let range: ClosedRange<Double>

    init(_ weight: Double, _ range: ClosedRange<Double>) {
      self.weight = weight
      self.range = range
    }
  }

  let intercept: Double
  let terms: [Term]

  /// The likelihood, 0–1.
  ///
  /// - Parameter features: one for each term, in their order; further ones are ignored.
  func callAsFunction(_ features: [Double?]) -> Double {
    var sum = intercept
    for (term, feature) in zip(terms, features) {
      let value = feature.flatMap { $0.isFinite ? $0 : nil } ?? 0
      sum += term.weight * min(max(value, term.range.lowerBound), term.range.upperBound)
    }
    return 1 / (1 + exp(-sum))
  }
}
