/// Reads the bits of a parameter set, the most significant first; zeros follow the end.
struct BitReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether more was read than there is.
  var isExhausted: Bool { position > bytes.count * 8 }

  mutating func flag() -> Bool { bits(1) == 1 }

  mutating func skip(_ count: Int) { position += count }

  /// - Parameter count: at most 32.
  mutating func bits(_ count: Int) -> Int {
    var value = 0
    for _ in 0..<count {
      let byte = position >> 3
      let bit = byte < bytes.count ? Int(bytes[byte]) >> (7 - position & 7) & 1 : 0
      value = value << 1 | bit
      position += 1
    }
    return value
  }

  /// An unsigned Exp-Golomb code (ITU-T H.264, 9.1).
  mutating func unsigned() -> Int {
    var zeros = 0
    while zeros < 32, !isExhausted, !flag() { zeros += 1 }
    return (1 << zeros) - 1 + bits(zeros)
  }
}
