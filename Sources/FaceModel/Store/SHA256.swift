internal import CModels

/// The SHA-256 digest of a byte string.
///
/// Source: NIST FIPS 180-4, sections 5.1.1, 5.3.3 and 6.2.2.
package struct SHA256: Equatable, Sendable {
  /// 32 bytes as 64 lower-case hexadecimal digits.
  package let hexadecimal: String

  /// - Parameter portable: whether to do without the processor's SHA instructions.
  package init(_ bytes: Span<UInt8>, portable: Bool = false) {
    let compress =
      unsafe portable ? vprep_sha256_compress_portable : vprep_sha256_compress
    // Fractional parts of the square roots of the first 8 primes.
    var state: [UInt32] = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
      0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]
    let whole = bytes.count / 64
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe compress(&state, buffer.baseAddress, whole)
    }
    // The rest, a single 1 bit, zeros, and the length in bits as a 64-bit big-endian number.
    var tail: [UInt8] = []
    for index in 64 * whole..<bytes.count { tail.append(bytes[index]) }
    tail.append(0x80)
    while tail.count % 64 != 56 { tail.append(0) }
    let bitCount = UInt64(bytes.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    unsafe compress(&state, tail, tail.count / 64)
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for word in state {
      for shift in stride(from: 28, through: 0, by: -4) {
        text.append(digits[Int(word >> UInt32(shift) & 0xF)])
      }
    }
    hexadecimal = String(decoding: text, as: UTF8.self)
  }
}
