/// Which limits are tried, chosen on the older part of a log alone.
struct LimitSearch {
  let evidence: LimitEvidence
  /// The limit that is in use.
  let current: Float

  /// Where the limit should lie: where the fewest answers are foretold wrongly, the nearest to the
  /// current limit among equals.
  ///
  /// Wrong are accepted clips beyond it, and clips within it that were refused with the rule's code. A
  /// limit that no answer speaks against stays.
  var target: Float {
    guard !evidence.refused.isEmpty else { return current }
    var best = (limit: current, wrong: wrong(current))
    for limit in middles {
      let count = wrong(limit)
      if count < best.wrong
        || count == best.wrong && (limit - current).magnitude < (best.limit - current).magnitude
      {
        best = (limit, count)
      }
    }
    return best.limit
  }

  /// Limits from the one that no accepted clip crosses inwards, and last the target.
  ///
  /// Each is crossed by one more accepted clip than the one before. On the way to a stricter target the
  /// current limit is one of them.
  ///
  /// - Parameter most: the share of accepted clips of which it is not worth trying more.
  func candidates(upTo target: Float, most: Double) -> [Float] {
    let count = Int(2 * most * Double(evidence.accepted.count)) + 10
    var candidates: [Float] = []
    for value in evidence.accepted.prefix(count) where value != candidates.last {
      if evidence.isLooser(value, than: target) { candidates.append(value) }
    }
    if evidence.isLooser(current, than: target), !candidates.contains(current) {
      let place = candidates.firstIndex { evidence.isLooser(current, than: $0) }
      candidates.insert(current, at: place ?? candidates.endIndex)
    }
    return candidates + [target]
  }

  private func wrong(_ limit: Float) -> Int {
    evidence.acceptedBeyond(limit) + evidence.refused.count - evidence.refusedBeyond(limit)
  }

  /// Limits between neighbouring values, as many of them as can make a difference.
  private var middles: [Float] {
    // Only between a refused clip and an accepted one does the count of wrong answers have a minimum.
    let all = (evidence.accepted.map { ($0, true) } + evidence.refused.map { ($0, false) })
      .sorted { evidence.isLooser($0.0, than: $1.0) }
    return zip(all, all.dropFirst()).compactMap { first, second in
      first.1 == second.1 || first.0 == second.0
        ? nil : Float((Double(first.0) / 2 + Double(second.0) / 2).rounded(places: 4))
    }
  }
}

extension Double {
  /// The value rounded to decimals, as reports write it.
  func rounded(places: Int) -> Double {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return magnitude < 9e15 / scale ? (self * scale).rounded() / scale : self
  }
}
