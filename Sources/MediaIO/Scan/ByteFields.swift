/// Bytes of a header and the numbers in them; what lies outside is `nil`.
struct ByteFields {
  let bytes: [UInt8]

  var count: Int { bytes.count }

  /// A number of `size` bytes, at most 8, the most significant one first.
  func number(at offset: Int, _ size: Int) -> Int? {
    guard let value = unsigned(at: offset, size, bigEndian: true) else { return nil }
    return Int(clamping: value)
  }

  /// A number of `size` bytes, at most 8, the least significant one first.
  func littleEndian(at offset: Int, _ size: Int) -> Int? {
    guard let value = unsigned(at: offset, size, bigEndian: false) else { return nil }
    return Int(clamping: value)
  }

  /// Four letters.
  func code(at offset: Int) -> FourCC? {
    unsigned(at: offset, 4, bigEndian: true).map { FourCC(value: UInt32(truncatingIfNeeded: $0)) }
  }

  private func unsigned(at offset: Int, _ size: Int, bigEndian: Bool) -> UInt64? {
    guard offset >= 0, (1...8).contains(size), size <= count, offset <= count - size else {
      return nil
    }
    var value: UInt64 = 0
    for index in 0..<size {
      let byte = UInt64(bytes[offset + (bigEndian ? index : size - 1 - index)])
      value = value << 8 | byte
    }
    return value
  }
}

/// Four letters that name a box or a chunk.
///
/// QuickTime's `©` is the byte A9, which is the last of the two that UTF-8 takes for it.
struct FourCC: Hashable, ExpressibleByStringLiteral {
  let value: UInt32

  init(value: UInt32) { self.value = value }

  init(stringLiteral text: StaticString) {
    var value: UInt32 = 0
    text.withUTF8Buffer { bytes in
      for index in bytes.indices { value = unsafe value << 8 | UInt32(bytes[index]) }
    }
    self.value = value
  }
}

extension MediaInput {
  /// `count` bytes from `position` on; fewer where the input ends.
  func fields(at position: Int, _ count: Int) -> ByteFields {
    let wanted = max(0, min(count, byteCount - position))
    guard position >= 0, wanted > 0 else { return ByteFields(bytes: []) }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      let target = UnsafeMutableRawBufferPointer(buffer)
      while filled < wanted {
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: target[filled...])
        let more = unsafe read(at: position + filled, into: part)
        guard more > 0 else { break }
        filled += more
      }
    }
    return ByteFields(bytes: bytes)
  }
}
