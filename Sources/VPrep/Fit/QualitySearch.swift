internal import Foundation

/// Finds the constant quality at which an encode uses its bytes, from what earlier encodes used.
struct QualitySearch {
  /// The share of the bytes that is aimed at.
  let aim: Double
  private var isConstant = false
  private var tried: [(quality: Double, log: Double)] = []

  /// Steps of x264's scale for half the bytes, until two encodes tell better.
  private static let stepsPerHalving = 6.0
  /// What the slope between two encodes may be: beyond it they say nothing.
  private static let plausible = 2.0...20.0

  init(aim: Double) {
    self.aim = aim
  }

  /// The quality to try next.
  ///
  /// - Parameters:
  ///   - quality: of the last encode, on x264's scale.
  ///   - use: its size by the bytes that it may have.
  mutating func next(after quality: Double, use: Double) -> Double {
    let log = log2(max(use, 1e-3) / aim)
    // The first encode was steered: its mean quality says where to start, not how bytes follow.
    defer {
      if isConstant { tried.append((quality, log)) }
      isConstant = true
    }
    var steps = Self.stepsPerHalving
    if let last = tried.last, abs(last.log - log) > 0.01 {
      let slope = (quality - last.quality) / (last.log - log)
      steps = min(max(slope, Self.plausible.lowerBound), Self.plausible.upperBound)
    }
    return min(max(quality + steps * log, 1), 51)
  }
}
