extension Double {
  /// The number as the report writes it: four decimals, finer than any measure is exact.
  package var reported: Double { rounded(decimals: 4) }

  /// The same; `nil` for what JSON has no word for.
  package var reportedIfFinite: Double? { isFinite ? reported : nil }

  /// The value rounded to `decimals` decimals; one that has none to lose, or is no number, stays.
  package func rounded(decimals: Int) -> Double {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = self * scale
    // From 2^53 on a number has no decimals.
    return abs(scaled) < 9e15 ? scaled.rounded() / scale : self
  }
}

extension KeyedEncodingContainer {
  /// Writes a number with the report's decimals; an explicit `null` for `nil`.
  mutating func encodeRounded(_ value: Double?, forKey key: Key) throws {
    try encode(value?.reported, forKey: key)
  }
}
