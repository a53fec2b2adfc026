public import Services

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// How likely a refusal is, learned from the answers of a log.
public struct RefusalFit: Sendable, Equatable, Codable {
  /// Which curve foretells answers best that did not make it.
  public let kind: Kind
  /// Mean logarithmic loss over ten parts of the log, each foretold by the other nine: smaller is better.
  ///
  /// `base` is that of the plain share of refusals.
  public let loss: [String: Double]
  /// How well it foretells: of clips with like probabilities, how many were refused.
  public let reliability: [Bin]
  /// The model for `--rules`.
  public let model: RefusalModel

  /// The curves that are tried.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Steps that rise.
    case isotonic
    /// An S-shaped curve.
    case logistic
  }

  /// Clips with like probabilities.
  public struct Bin: Sendable, Equatable, Codable {
    /// How many clips.
    public let count: Int
    /// Their mean probability, foretold by answers of other clips.
    public let foretold: Double
    /// The share of them that was refused.
    public let refused: Double
  }

  typealias Answer = (distance: Double, isRefused: Bool)
  private static let parts = 10
  private static let knots = 40

  /// Fits both curves; `nil` for too few answers, and where all are alike.
  ///
  /// - Parameters:
  ///   - answers: in the order of time.
  ///   - version: the day of the last one.
  init?(_ answers: [Answer], version: String) {
    let refused = answers.count(where: \.isRefused)
    guard answers.count >= RefusalModel.fewestAnswers, refused > 0, refused < answers.count else {
      return nil
    }
    var foretold: [Kind: [Double]] = [:]
    for kind in Kind.allCases {
      foretold[kind] = Self.foretold(answers, by: kind)
    }
    let share = Double(refused) / Double(answers.count)
    var losses = ["base": Self.loss(answers, answers.map { _ in share })]
    var best: (kind: Kind, loss: Double) = (.logistic, .infinity)
    for kind in Kind.allCases {
      let loss = Self.loss(answers, foretold[kind] ?? [])
      losses[kind.rawValue] = loss
      if loss < best.loss { best = (kind, loss) }
    }
    kind = best.kind
    loss = losses.mapValues { $0.rounded(places: 4) }
    reliability = Self.bins(answers, foretold[best.kind] ?? [])
    model = Self.model(answers, Self.curve(answers, best.kind), version: version)
  }

  /// The curve of all answers.
  private static func curve(_ answers: [Answer], _ kind: Kind) -> (Double) -> Double {
    let sorted = answers.sorted { $0.distance < $1.distance }
    switch kind {
    case .isotonic:
      let fit = IsotonicFit(sorted)
      return fit.probability
    case .logistic:
      let fit = LogisticFit(sorted)
      return fit.probability
    }
  }

  /// What each answer is foretold to be by the others, but for those of its part.
  private static func foretold(_ answers: [Answer], by kind: Kind) -> [Double] {
    var foretold = [Double](repeating: 0, count: answers.count)
    for part in 0..<parts {
      let others = answers.enumerated().filter { $0.offset % parts != part }.map(\.element)
      let curve = curve(others, kind)
      for index in stride(from: part, to: answers.count, by: parts) {
        foretold[index] = curve(answers[index].distance)
      }
    }
    return foretold
  }

  private static func loss(_ answers: [Answer], _ foretold: [Double]) -> Double {
    let sum = zip(answers, foretold).reduce(0) { sum, pair in
      sum - log(pair.0.isRefused ? pair.1 : 1 - pair.1)
    }
    return sum / Double(answers.count)
  }

  private static func bins(_ answers: [Answer], _ foretold: [Double]) -> [Bin] {
    let sorted = zip(foretold, answers).sorted { $0.0 < $1.0 }
    return (0..<parts).compactMap { part in
      let range = sorted.count * part / parts..<sorted.count * (part + 1) / parts
      guard !range.isEmpty else { return nil }
      let count = Double(range.count)
      return Bin(
        count: range.count,
        foretold: (sorted[range].reduce(0) { $0 + $1.0 } / count).rounded(places: 4),
        refused: (Double(sorted[range].count { $0.1.isRefused }) / count).rounded(places: 4))
    }
  }

  /// The curve at distances that are spread over the answers, each with the exact interval of the answers
  /// around it.
  private static func model(
    _ answers: [Answer], _ curve: (Double) -> Double, version: String
  ) -> RefusalModel {
    let sorted = answers.sorted { $0.distance < $1.distance }
    let half = max(25, sorted.count / 40)
    var model = RefusalModel(
      distances: [], probabilities: [], lows: [], highs: [], answers: answers.count,
      version: version)
    for knot in 0..<knots {
      let index = (sorted.count - 1) * knot / (knots - 1)
      let distance = sorted[index].distance.rounded(places: 6)
      if let last = model.distances.last, last >= distance { continue }
      let range = max(0, index - half)..<min(sorted.count, index + half)
      let interval = ExactInterval(
        count: sorted[range].count(where: \.isRefused), trials: range.count)
      let probability = min(max(curve(distance), 0), 1)
      model.distances.append(distance)
      model.probabilities.append(probability.rounded(places: 6))
      model.lows.append(min(probability, interval.lower(doubt: 0.025)).rounded(places: 6))
      model.highs.append(max(probability, interval.upper(doubt: 0.025)).rounded(places: 6))
    }
    return model
  }
}
