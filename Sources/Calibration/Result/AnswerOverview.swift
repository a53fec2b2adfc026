public import Services

/// What was foretold and what was answered, for people: counts, the values behind each limit, weeks.
public struct AnswerOverview: Sendable, Equatable, Codable {
  /// What was answered to clips of each forecast.
  public let forecasts: [Forecast]
  /// The values behind each limit that no document gives, one entry a rule that has read any.
  public let distributions: [Distribution]
  /// The answers of each week, in the order of time.
  public let weeks: [Week]

  /// Clips of one forecast.
  public struct Forecast: Sendable, Equatable, Codable {
    /// `pass`, `warn`, `fail` or `incomplete`.
    public let outcome: String
    /// How many of them were accepted, and refused.
    public let accepted, refused: Int
  }

  /// How the values of a rule are distributed.
  public struct Distribution: Sendable, Equatable, Codable {
    /// The rule's code and measure.
    public let code, measure: String
    /// Which end of the good range its limits are.
    public let side: RuleValue.Side
    /// The ends of the range that is shown: all but the outermost hundredth of the values.
    public let low, high: Double
    /// How many accepted clips, and clips refused with the rule's code, have a value in each of the range's
    /// equal parts; what lies outside counts in the outer ones.
    public let accepted, refused: [Int]
  }

  /// The answers of seven days.
  public struct Week: Sendable, Equatable, Codable {
    /// When it begins, in seconds since 1970.
    public let start: Double
    /// How many answers.
    public let answers: Int
    /// How many of them were refusals.
    public let refused: Int
    /// How many answers were not the forecast: accepted clips that should fail, and refused ones that should
    /// pass or warn.
    public let wrong: Int
  }

  private static let parts = 24
  private static let secondsPerWeek = 604_800.0
  /// More weeks than anybody looks at are not shown.
  private static let mostWeeks = 520

  init(_ log: AnswerLog) {
    forecasts = AnsweredClip.Forecast.allCases.compactMap { forecast in
      let clips = log.clips.filter { $0.forecast == forecast }
      let accepted = clips.count { $0.answer == .accepted }
      return clips.isEmpty
        ? nil
        : Forecast(
          outcome: "\(forecast)", accepted: accepted, refused: clips.count - accepted)
    }
    distributions = log.table.rules.indices.compactMap { Self.distribution($0, log) }
    weeks = Self.weeks(log)
  }

  private static func distribution(_ rule: Int, _ log: AnswerLog) -> Distribution? {
    var (good, bad) = ([Double](), [Double]())
    for clip in log.clips where !clip.values[rule].isNaN {
      switch clip.answer {
      case .accepted: good.append(Double(clip.values[rule]))
      case .refused(let code):
        if code == log.table.codes[rule] { bad.append(Double(clip.values[rule])) }
      }
    }
    let all = (good + bad).sorted()
    guard let first = all.first, let last = all.last, first < last else { return nil }
    let margin = all.count / 200
    var (low, high) = (all[margin], all[all.count - 1 - margin])
    if low == high { (low, high) = (first, last) }
    func counts(_ values: [Double]) -> [Int] {
      var counts = [Int](repeating: 0, count: parts)
      for value in values {
        let place = (value - low) / (high - low) * Double(parts)
        counts[Int(min(max(place, 0), Double(parts - 1)))] += 1
      }
      return counts
    }
    return Distribution(
      code: log.table.rules[rule].code, measure: log.table.rules[rule].measure.name,
      side: log.table.rules[rule].valueSide, low: low.rounded(places: 4),
      high: high.rounded(places: 4), accepted: counts(good), refused: counts(bad))
  }

  private static func weeks(_ log: AnswerLog) -> [Week] {
    var counts: [Double: (answers: Int, refused: Int, wrong: Int)] = [:]
    for clip in log.clips {
      let start = (clip.time / secondsPerWeek).rounded(.down) * secondsPerWeek
      let isRefused = clip.answer != .accepted
      counts[start, default: (0, 0, 0)].answers += 1
      counts[start]?.refused += isRefused ? 1 : 0
      counts[start]?.wrong += isRefused != (clip.forecast == .fail) ? 1 : 0
    }
    return counts.sorted { $0.key < $1.key }.suffix(mostWeeks).map {
      Week(
        start: $0.key, answers: $0.value.answers, refused: $0.value.refused, wrong: $0.value.wrong)
    }
  }
}
