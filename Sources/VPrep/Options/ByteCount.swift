/// A number of bytes as people write it: `6000000`, `6MB`, `500k`, `5.5 MiB`.
package struct ByteCount: Sendable, Equatable {
  /// Bytes, at least 1.
  package let value: Int

  /// - Parameter text: a number, and a unit or none. k, M and G are powers of 1,000, Ki, Mi and Gi of
  ///   1,024; a B behind them, spaces before them, and upper or lower case make no difference.
  /// - Returns: `nil` for any other text, for less than one byte, and for more than an `Int` holds. A part
  ///   of a byte does not count.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    guard let number = Double(digits), let factor = Self.factors[unit],
      let value = Int(exactly: (number * factor).rounded(.down)), value >= 1
    else { return nil }
    self.value = value
  }

  private static let factors: [String: Double] = {
    let powers: [(String, Double)] = [
      ("", 1), ("k", 1e3), ("m", 1e6), ("g", 1e9), ("ki", 1024), ("mi", 1_048_576),
      ("gi", 1_073_741_824),
    ]
    return Dictionary(
      uniqueKeysWithValues: powers.flatMap { [($0.0, $0.1), ($0.0 + "b", $0.1)] })
  }()
}
