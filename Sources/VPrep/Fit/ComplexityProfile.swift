internal import Kernels

/// How a clip's difficulty is spread over its length, read off the source's bytes.
struct ComplexityProfile: Equatable, Sendable {
  /// Share of the whole that lies before each point of an even grid over the clip; ends with 1.
  private let cumulative: [Double]

  /// How much the source's own distribution counts against an even one: the source's encoder may
  /// have starved hard passages.
  private static let trust = 0.7

  /// Seconds at the end that x264's look-ahead (10 frames with this preset) cannot look beyond.
  private static let tail = 0.35
  /// What pictures there cost; chosen by trying values from 0.6 to 1 on `oversized.mp4`.
  private static let tailCost = 0.9

  /// - Parameters:
  ///   - times: presentation times of the source's packets in seconds.
  ///   - bytes: their sizes.
  ///   - start: where the kept window begins.
  ///   - duration: its length.
  init(times: [Double], bytes: [Int], start: Double, duration: Double) {
    let kept = zip(times, bytes).filter { $0.0 >= start && $0.0 < start + duration }
    let bins = min(
      max(Int(saturating: duration / Self.binSeconds), 1),
      max(kept.count / Self.leastInBin, 1), Self.mostBins)
    var weights = [Double](repeating: 0, count: bins)
    for (time, size) in kept {
      let place = (time - start) / max(duration, 0.001)
      weights[min(Int(saturating: place * Double(bins)), bins - 1)] += Double(size)
    }
    weights = Self.smoothed(Self.withoutKeyFrames(weights))
    // The last pictures come cheaper: nothing refers to them, so the encoder spends less on them.
    for bin in weights.indices where Double(bins - bin) / Double(bins) * duration <= Self.tail {
      weights[bin] *= Self.tailCost
    }
    let total = weights.reduce(0, +)
    var sum = 0.0
    cumulative =
      [0]
      + weights.map { weight in
        let own = total > 0 ? weight / total : 1 / Double(bins)
        sum += Self.trust * own + (1 - Self.trust) / Double(bins)
        return sum
      }
  }

  /// Seconds of a point of the grid, the packets that it holds at least, and the most points.
  private static let (binSeconds, leastInBin, mostBins) = (0.12, 3, 1024)
  /// How far a part may lie above its surroundings before it must hold a key frame.
  private static let outlier = 1.8

  /// Key frames stand out in the source, and ours lie elsewhere: where one is, the surroundings count.
  private static func withoutKeyFrames(_ weights: [Double]) -> [Double] {
    let reach = 4
    return weights.indices.map { index in
      let near = weights[max(0, index - reach)...min(weights.count - 1, index + reach)].sorted()
      let median = near[near.count / 2]
      return weights[index] > outlier * median ? median : weights[index]
    }
  }

  private static func smoothed(_ weights: [Double]) -> [Double] {
    weights.indices.map { index in
      let (before, after) = (max(0, index - 1), min(weights.count - 1, index + 1))
      return (weights[before] + 2 * weights[index] + weights[after]) / 4
    }
  }

  /// Share of the difficulty before `place` (0–1 of the clip).
  func share(until place: Double) -> Double {
    let position = min(max(place, 0), 1) * Double(cumulative.count - 1)
    let index = min(Int(saturating: position), cumulative.count - 2)
    let part = position - Double(index)
    return cumulative[index] + part * (cumulative[index + 1] - cumulative[index])
  }
}
