/// How likely a service refuses a clip, by how far the clip is beyond the limits: learned from answers.
public struct RefusalModel: Sendable, Equatable, Codable {
  /// Distances from the limits, rising: multiples of the limit, negative within it.
  public var distances: [Double]
  /// The probability at each distance, 0–1, and the bounds of its interval of 95 %.
  public var probabilities, lows, highs: [Double]
  /// How many answers it was learned from.
  public var answers: Int
  /// The day of the last of them, as `2026-01-31`.
  public var version: String

  /// The fewest answers from which a probability is learned.
  public static let fewestAnswers = 300

  /// Makes a model.
  public init(
    distances: [Double], probabilities: [Double], lows: [Double], highs: [Double], answers: Int,
    version: String
  ) {
    self.distances = distances
    self.probabilities = probabilities
    self.lows = lows
    self.highs = highs
    self.answers = answers
    self.version = version
  }

  /// Says what is wrong with a model that was read; `nil` for one that can be used.
  var complaint: String? {
    let lists = [distances, probabilities, lows, highs]
    guard (1...1000).contains(distances.count), lists.allSatisfy({ $0.count == distances.count })
    else { return "lists of one to 1000 numbers, all of one length" }
    guard zip(distances, distances.dropFirst()).allSatisfy({ $0 < $1 }) else {
      return "distances that rise"
    }
    guard lists.dropFirst().allSatisfy({ $0.allSatisfy((0...1).contains) }) else {
      return "probabilities from 0 to 1"
    }
    guard (Self.fewestAnswers...1_000_000_000).contains(answers) else {
      return "at least \(Self.fewestAnswers) answers"
    }
    return version.utf8.count <= 40 ? nil : "a day such as 2026-01-31 as version"
  }

  /// What it says of a clip; between two distances, in proportion.
  public func refusal(at distance: Double) -> Refusal {
    let after = distances.firstIndex { $0 >= distance } ?? distances.count - 1
    let before = max(0, after - 1)
    let gap = distances[after] - distances[before]
    let part = gap > 0 ? min(max((distance - distances[before]) / gap, 0), 1) : 1
    func value(_ values: [Double]) -> Double {
      values[before] + (values[after] - values[before]) * part
    }
    return Refusal(
      probability: value(probabilities), interval: [value(lows), value(highs)], answers: answers,
      version: version)
  }
}

/// How likely the service refuses the clip: the report's `verdict.refusal`.
public struct Refusal: Sendable, Equatable, Codable {
  /// The probability, 0–1.
  public var probability: Double
  /// The bounds between which it lies with a confidence of 95 %.
  public var interval: [Double]
  /// How many answers say so.
  public var answers: Int
  /// The day of the last of them.
  public var version: String

  private enum CodingKeys: String, CodingKey {
    case probability, interval, answers, version
  }

  /// Writes every key, numbers with the report's four decimals.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(probability.reported, forKey: .probability)
    try keys.encode(interval.map(\.reported), forKey: .interval)
    try keys.encode(answers, forKey: .answers)
    try keys.encode(version, forKey: .version)
  }
}

extension Rule {
  /// How far a value is beyond the limit for failing, as a multiple of the limit; negative within it.
  ///
  /// - Returns: `nil` for a rule without one.
  package func distance(_ value: Double) -> Double? {
    guard case .limits(let comparison, _, let fail?) = test else { return nil }
    let scale = fail.value == 0 ? 1 : fail.value.magnitude
    let distance = (value - fail.value) / scale
    return comparison.side == .min ? -distance : distance
  }
}
