/// What is known of a share after `count` of `trials` were seen: the exact bounds of Clopper and Pearson
/// (The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial, 1934).
struct ExactInterval {
  let count: Int
  let trials: Int

  /// The largest share of which so few, or fewer, would be seen with a probability of `doubt`.
  func upper(doubt: Double) -> Double {
    guard trials > 0, count < trials else { return 1 }
    return Self.root { Binomial(trials: trials, probability: $0).atMost(count) > doubt }
  }

  /// The smallest share of which so many, or more, would be seen with a probability of `doubt`.
  func lower(doubt: Double) -> Double {
    guard trials > 0, count > 0 else { return 0 }
    return Self.root { Binomial(trials: trials, probability: $0).atLeast(count) < doubt }
  }

  /// Where a condition that holds for small shares ends.
  private static func root(_ holds: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    // Until the two are neighbours.
    while true {
      // Small shares are as exact as large ones.
      let middle = low > 0 && high / low > 4 ? (low * high).squareRoot() : (low + high) / 2
      if middle <= low || middle >= high { return middle }
      if holds(middle) { low = middle } else { high = middle }
    }
  }

  /// The fewest trials after which none seen proves that the share is at most `share`.
  static func fewestTrials(share: Double, doubt: Double) -> Int {
    guard share > 0, share < 1, doubt > 0, doubt < 1 else { return share >= 1 ? 0 : .max }
    var (low, high) = (0, 1)
    while high < 1 << 40, Binomial(trials: high, probability: share).atMost(0) > doubt { high *= 2 }
    while high - low > 1 {
      let middle = (low + high) / 2
      if Binomial(trials: middle, probability: share).atMost(0) > doubt {
        low = middle
      } else {
        high = middle
      }
    }
    return high
  }
}
