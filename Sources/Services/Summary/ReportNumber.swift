extension Double {
  /// The number as the report writes it: four decimals, finer than any measure is exact.
  var reported: Double {
    let scaled = self * 10_000
    // Beyond 2^53 a number has no decimals to lose.
    return abs(scaled) < 9e15 ? scaled.rounded() / 10_000 : self
  }
}

extension KeyedEncodingContainer {
  /// Writes a number with the report's decimals; an explicit `null` for `nil`.
  mutating func encodeRounded(_ value: Double?, forKey key: Key) throws {
    try encode(value?.reported, forKey: key)
  }
}
