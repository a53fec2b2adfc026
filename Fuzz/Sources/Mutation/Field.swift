/// A number inside an element's content: where it stands and how it is written.
struct Field {
  /// Bytes from the start of the content.
  var offset: Int
  var encoding: Encoding
  /// Whether it tells when something is shown or heard.
  var isTime = false

  /// How a number is written.
  enum Encoding {
    /// So many bytes, the highest first.
    case big(Int)
    /// So many bytes, the lowest first.
    case little(Int)
    /// The whole content, the highest byte first; a large number makes it longer.
    case whole
    /// 33 bits in five bytes among marker bits; ISO/IEC 13818-1, 2.4.3.6.
    case presentationTime
    /// The 33 bits of a program clock; ISO/IEC 13818-1, 2.4.3.4.
    case programClock
  }
}

extension Field {
  /// The number that stands there; 0 where the content is too short.
  func read(_ content: [UInt8]) -> UInt64 {
    switch encoding {
    case .big(let width): Self.join(bytes(content, width))
    case .little(let width): Self.join(bytes(content, width).reversed())
    case .whole: Self.join(content.suffix(8))
    case .presentationTime:
      Self.presentationTime(Array(bytes(content, 5)))
    case .programClock: Self.join(bytes(content, 5)) >> 7
    }
  }

  /// Writes as much of `value` as has room; nothing where the content is too short.
  func write(_ value: UInt64, to content: inout [UInt8]) {
    switch encoding {
    case .big(let width): replace(Self.split(value, width), in: &content)
    case .little(let width): replace(Self.split(value, width).reversed(), in: &content)
    case .whole:
      let needed = max(1, (64 - value.leadingZeroBitCount + 7) / 8)
      content = Self.split(value, max(needed, min(content.count, 8)))
    case .presentationTime:
      guard let first = bytes(content, 5).first else { return }
      let (high, middle, low) = (value >> 30 & 7, value >> 15 & 0x7FFF, value & 0x7FFF)
      let head = UInt64(first & 0xF0) | high << 1 | 1
      replace(
        [UInt8(head)] + Self.split(middle << 1 | 1, 2) + Self.split(low << 1 | 1, 2), in: &content)
    case .programClock:
      let rest = Self.join(bytes(content, 5)) & 0x7F
      replace(Self.split(value << 7 | rest, 5), in: &content)
    }
  }

  private static func presentationTime(_ bytes: [UInt8]) -> UInt64 {
    guard bytes.count == 5 else { return 0 }
    let high = UInt64(bytes[0] >> 1 & 7) << 30
    return high | (join(bytes[1...2]) >> 1) << 15 | join(bytes[3...4]) >> 1
  }

  private func bytes(_ content: [UInt8], _ width: Int) -> ArraySlice<UInt8> {
    offset + width <= content.count ? content[offset..<offset + width] : []
  }

  private func replace(_ bytes: some Collection<UInt8>, in content: inout [UInt8]) {
    guard offset + bytes.count <= content.count else { return }
    content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }

  /// The number that bytes spell, the highest first.
  static func join(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The lowest `width` bytes of a number, the highest first.
  static func split(_ value: UInt64, _ width: Int) -> [UInt8] {
    (0..<width).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
