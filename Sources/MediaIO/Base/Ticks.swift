/// A timestamp or duration in ticks of a stream, range-checked when it was read.
///
/// No clip lasts ten years: beyond that a file's value gives no `Ticks`, so arithmetic on times
/// cannot overflow. Ticks become seconds only where they leave the program or meet plans made in
/// seconds.
package struct Ticks: Sendable, Hashable {
  /// Number of ticks; within ±2⁶¹.
  package let count: Int64

  /// The furthest time that is read, in ticks: a sum or a difference of two fits 62 bits.
  private static let farthestRead: Int64 = 1 << 60
  /// The furthest that a sum goes.
  private static let farthest: Int64 = 1 << 61
  /// The furthest time that is read, in seconds: ten Julian years.
  private static let longestSeconds = 315_576_000.0

  /// Before and after every time that is read.
  package static let min = Ticks(clamping: -farthest)
  package static let max = Ticks(clamping: farthest)

  /// A time that a file or FFmpeg gives; `nil` where it gives none, or one out of range.
  package init?(_ count: Int64, in timeBase: Rational) {
    guard (-Self.farthestRead...Self.farthestRead).contains(count),
      abs(Double(count) * timeBase.value) <= Self.longestSeconds
    else { return nil }
    self.count = count
  }

  /// The tick nearest to a time in seconds; `nil` where that is out of range or no number.
  package init?(
    seconds: Double, in timeBase: Rational,
    rounding rule: FloatingPointRoundingRule = .toNearestOrEven
  ) {
    guard abs(seconds) <= Self.longestSeconds, timeBase.value > 0,
      let count = Int64(exactly: (seconds / timeBase.value).rounded(rule)),
      (-Self.farthestRead...Self.farthestRead).contains(count)
    else { return nil }
    self.count = count
  }

  /// A number that is known to be small; beyond ±2⁶¹ it ends there.
  package init(clamping count: Int64) {
    self.count = Swift.min(Swift.max(count, -Self.farthest), Self.farthest)
  }

  /// The time in seconds.
  package func seconds(_ timeBase: Rational) -> Double {
    guard timeBase.denominator != 0 else { return 0 }
    // Exact where the result is a number that a `Double` holds: 3 s are 3 s in every time base.
    return Double(count) * Double(timeBase.numerator) / Double(timeBase.denominator)
  }
}

extension Ticks: Comparable {
  package static func < (left: Ticks, right: Ticks) -> Bool { left.count < right.count }
}

extension Ticks: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int64) { self.init(clamping: value) }
}

/// Sums and differences end at ±2⁶¹; of two times that were read they are exact.
extension Ticks {
  package static func + (left: Ticks, right: Ticks) -> Ticks {
    Ticks(clamping: left.count + right.count)
  }

  package static func - (left: Ticks, right: Ticks) -> Ticks {
    Ticks(clamping: left.count - right.count)
  }

  package static prefix func - (value: Ticks) -> Ticks { 0 - value }
}

extension Range where Bound: Comparable {
  /// From `start` to `end`; empty where the end comes before the start.
  package init(from start: Bound, to end: Bound) {
    self = start..<Swift.max(start, end)
  }
}

extension ClosedRange where Bound: Comparable {
  /// From `start` to `end`; `start` alone where the end comes before it.
  package init(from start: Bound, to end: Bound) {
    self = start...Swift.max(start, end)
  }
}
