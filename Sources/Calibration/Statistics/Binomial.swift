#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The binomial distribution: how many of `trials` clips a limit fails if it fails each with the same
/// probability.
///
/// Exact to about twelve digits for any number of trials: the probability of one count is computed by
/// C. Loader's saddle-point expansion (Fast and Accurate Computation of Binomial Probabilities, 2000),
/// which loses no digits to the difference of large logarithms.
struct Binomial {
  /// How many there are.
  let trials: Int
  /// How likely each one is, 0–1.
  let probability: Double

  /// The probability of exactly `count`.
  func mass(_ count: Int) -> Double {
    guard (0...trials).contains(count) else { return 0 }
    if probability <= 0 { return count == 0 ? 1 : 0 }
    if probability >= 1 { return count == trials ? 1 : 0 }
    let (n, k) = (Double(trials), Double(count))
    if count == 0 { return exp(n * log1p(-probability)) }
    if count == trials { return exp(n * log(probability)) }
    let exponent =
      Self.stirlingError(n) - Self.stirlingError(k) - Self.stirlingError(n - k)
      - Self.deviance(k, n * probability) - Self.deviance(n - k, n * (1 - probability))
    return exp(exponent) * (n / (2 * .pi * k * (n - k))).squareRoot()
  }

  /// The probability of at most `count`.
  func atMost(_ count: Int) -> Double {
    if count < 0 { return 0 }
    if count >= trials { return 1 }
    // The shorter side of the mean is added up, from its largest term.
    return Double(count) < Double(trials) * probability
      ? tail(from: count, by: -1) : 1 - tail(from: count + 1, by: 1)
  }

  /// The probability of at least `count`.
  func atLeast(_ count: Int) -> Double {
    if count <= 0 { return 1 }
    if count > trials { return 0 }
    return Double(count) > Double(trials) * probability
      ? tail(from: count, by: 1) : 1 - tail(from: count - 1, by: -1)
  }

  /// The sum of the masses from `start` to the end in one direction, until they no longer count.
  private func tail(from start: Int, by step: Int) -> Double {
    let odds = probability / (1 - probability)
    let first = mass(start)
    // A first term of 0 is one that no Double holds; those that follow are smaller.
    guard first > 0, odds.isFinite else { return first }
    var (sum, term, count) = (1.0, 1.0, start)
    while true {
      let next = count + step
      guard (0...trials).contains(next) else { break }
      term *=
        step < 0
        ? Double(count) / (Double(trials - next) * odds)
        : Double(trials - count) * odds / Double(next)
      sum += term
      count = next
      if term < sum * 1e-18 { break }
    }
    return first * sum
  }

  /// How far Stirling's formula is from the logarithm of `n!`.
  private static func stirlingError(_ n: Double) -> Double {
    guard n > 15 else {
      return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * .pi)
    }
    let square = n * n
    return
      (1.0 / 12
      - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square)
        / square)
      / n
  }

  /// `x·log(x/m) + m − x`, also where the two are nearly equal.
  private static func deviance(_ x: Double, _ mean: Double) -> Double {
    let difference = x - mean
    guard difference.magnitude < 0.1 * (x + mean) else { return x * log(x / mean) - difference }
    let ratio = difference / (x + mean)
    var sum = difference * ratio
    var term = 2 * x * ratio
    var odd = 1.0
    while true {
      term *= ratio * ratio
      odd += 2
      let next = sum + term / odd
      if next == sum { return sum }
      sum = next
    }
  }
}
