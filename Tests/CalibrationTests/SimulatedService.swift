import Foundation
import Services

@testable import Calibration

/// A service with limits that nobody is told, for three rules of Tencent's SILENT; its answers are known.
struct SimulatedService {
  /// What the service thinks of a measure.
  struct Hidden {
    let place: LimitTable.Place
    /// The limit at which it refuses a clip.
    var limit: Double
    /// Mean and standard deviation of the clips' values.
    var mean, deviation: Double
  }

  var hidden: [Hidden]
  let table: LimitTable
  /// Standard deviation of what the service measures around what vprep does.
  var noise: Double
  /// The share of clips that it refuses for reasons of its own.
  var otherRefusals = 0.03
  private var random: SplitMix

  /// - Parameter places: the rules, with what is hidden relative to the limit in use: by how many
  ///   deviations the service's limit is looser, and by how many the clips are better than that.
  init(
    _ table: LimitTable, rules: [(place: LimitTable.Place, looser: Double, better: Double)],
    noise: Double, seed: UInt64
  ) {
    self.table = table
    self.noise = noise
    random = SplitMix(state: seed)
    hidden = rules.map { rule in
      let limit = table.limit(rule.place)?.value ?? 0
      let deviation = max(limit.magnitude, 1) / 4
      let good: Double = table.rules[rule.place.rule].side == .min ? 1 : -1
      let own = limit - good * rule.looser * deviation
      return Hidden(
        place: rule.place, limit: own, mean: own + good * rule.better * deviation,
        deviation: deviation)
    }
  }

  /// The next clip, and what the service says of it.
  mutating func clip(at time: Double) -> AnsweredClip {
    var values = [Float](repeating: .nan, count: table.rules.count)
    var answer = AnsweredClip.Answer.accepted
    var bits: UInt64 = 0
    for rule in hidden {
      let value = rule.mean + rule.deviation * random.normal()
      values[rule.place.rule] = Float(value)
      bits |= 1 << UInt64(rule.place.rule)
      let seen = value + noise * rule.deviation * random.normal()
      let isBad =
        table.rules[rule.place.rule].side == .min ? seen < rule.limit : seen > rule.limit
      if isBad, answer == .accepted, let code = table.codes[rule.place.rule] {
        answer = .refused(code)
      }
    }
    // A code that none of the rules has.
    if answer == .accepted, random.unit() < otherRefusals { answer = .refused(Int.max) }
    return AnsweredClip(
      time: time, answer: answer, forecast: .pass, inclusion: 1, lot: random.unit(), values: values,
      fails: bits,
      warns: 0)
  }

  /// A log of so many clips.
  mutating func log(_ count: Int, _ service: Service) -> AnswerLog {
    var log = AnswerLog(service, now: 1e9)
    for index in 0..<count { log.add(clip(at: Double(index))) }
    return log
  }

  /// The share of accepted clips that are beyond a limit, of a large sample.
  func acceptedBeyond(_ limit: Double, _ place: LimitTable.Place, clips: [AnsweredClip]) -> Double {
    let accepted = clips.filter { $0.answer == .accepted }
    let beyond = accepted.count { clip in
      clip.value(place).map { table.isCrossed(place, by: $0, limit: Float(limit)) } ?? false
    }
    return Double(beyond) / Double(max(accepted.count, 1))
  }
}

/// Steele, Lea and Flood's generator, so that every run draws the same clips.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A normal draw, by Box and Muller.
  mutating func normal() -> Double {
    (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
  }
}
