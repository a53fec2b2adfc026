#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Finds the constant quality at which an encode uses its bytes, from what earlier encodes used.
struct QualitySearch {
  /// The share of the bytes that is aimed at.
  let aim: Double
  private var tried: [(quality: Double, log: Double)] = []

  /// Steps of x264's scale for half the bytes, until two encodes tell better.
  private static let stepsPerHalving = 6.0
  /// What the slope between two encodes may be: beyond it they say nothing.
  ///
  /// Noise that an encoder just manages to drop takes a third of the steps that a picture does.
  private static let plausible = 1.0...20.0

  init(aim: Double) {
    self.aim = aim
  }

  /// The quality to try next.
  ///
  /// - Parameters:
  ///   - quality: of the last encode, on x264's scale.
  ///   - use: its size by the bytes that it may have.
  ///   - isConstant: whether that quality was held throughout. The mean quality of a steered encode
  ///     says where to start, not how bytes follow.
  mutating func next(after quality: Double, use: Double, isConstant: Bool) -> Double {
    let log = log2(max(use, 1e-3) / aim)
    defer {
      if isConstant { tried.append((quality, log)) }
    }
    if isConstant, let next = between((quality, log)) { return next }
    var steps = Self.stepsPerHalving
    if let last = tried.last, abs(last.log - log) > 0.01 {
      let slope = (quality - last.quality) / (last.log - log)
      steps = min(max(slope, Self.plausible.lowerBound), Self.plausible.upperBound)
    }
    return min(max(quality + steps * log, 1), 51)
  }

  /// A quality between the closest encodes on both sides of the aim; `nil` while there is but one side.
  ///
  /// The bytes of noise fall off a cliff at some quality; a slope alone would jump across it for ever.
  private func between(_ last: (quality: Double, log: Double)) -> Double? {
    let all = tried + [last]
    guard let above = all.filter({ $0.log > 0 }).max(by: { $0.quality < $1.quality }),
      let below = all.filter({ $0.log <= 0 }).min(by: { $0.quality < $1.quality }),
      above.quality < below.quality
    else { return nil }
    // Twice on the same side: the line between both ends does not say where the cliff is.
    let isStuck = tried.last.map { ($0.log > 0) == (last.log > 0) } ?? false
    let share = isStuck ? 0.5 : above.log / (above.log - below.log)
    // Away from the ends, so that each encode tells something new.
    return above.quality + min(max(share, 0.15), 0.85) * (below.quality - above.quality)
  }
}
