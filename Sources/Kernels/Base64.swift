internal import CKernels

/// Base64 as RFC 4648, section 4, defines it: with padding, without line breaks.
package enum Base64 {
  /// The characters that `count` bytes become: 4·⌈count ÷ 3⌉.
  package static func encodedCount(_ count: Int) -> Int { (count + 2) / 3 * 4 }

  /// Encodes bytes.
  package static func encode(_ bytes: Span<UInt8>, path: KernelPath = .active) -> String {
    let size = encodedCount(bytes.count)
    let kernel = unsafe KernelTable.function(path) { unsafe $0.base64_triples }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe String(unsafeUninitializedCapacity: size) { out in
        guard let from = bytes.baseAddress, let to = out.baseAddress else { return 0 }
        let done =
          if let kernel = unsafe kernel {
            unsafe kernel(from, bytes.count, to)
          } else {
            unsafe encodeTriples(bytes, to)
          }
        unsafe encodeRest(from + done, bytes.count - done, to + done / 3 * 4)
        return size
      }
    }
  }

  /// The reference: four characters for every three bytes; returns the bytes that this covers.
  private static func encodeTriples(
    _ bytes: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let triples = bytes.count / 3
    for i in 0..<triples {
      unsafe encode(bytes[3 * i], bytes[3 * i + 1], bytes[3 * i + 2], out + 4 * i)
    }
    return 3 * triples
  }

  /// The last one or two bytes, padded.
  private static func encodeRest(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>
  ) {
    if count == 0 { return }
    unsafe encode(bytes[0], count == 2 ? bytes[1] : 0, 0, out)
    if count == 1 { unsafe out[2] = UInt8(ascii: "=") }
    unsafe out[3] = UInt8(ascii: "=")
  }

  private static func encode(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, _ out: UnsafeMutablePointer<UInt8>
  ) {
    unsafe out[0] = character(first >> 2)
    unsafe out[1] = character(first << 4 | second >> 4)
    unsafe out[2] = character(second << 2 | third >> 6)
    unsafe out[3] = character(third)
  }

  /// The character of the low six bits of `value`.
  private static func character(_ value: UInt8) -> UInt8 {
    switch value & 63 {
    case let value where value < 26: value + UInt8(ascii: "A")
    case let value where value < 52: value - 26 + UInt8(ascii: "a")
    case let value where value < 62: value - 52 + UInt8(ascii: "0")
    case 62: UInt8(ascii: "+")
    default: UInt8(ascii: "/")
    }
  }
}
