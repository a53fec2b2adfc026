/// Widens an IEEE 754 half-precision number to single precision, exactly.
///
/// `Float16` is not available on every platform that Swift runs on, so the bits are widened here:
/// shifted into place, the exponent is off by the difference of the biases (127 − 15 = 112), which
/// one multiplication by 2^112 corrects for normal and subnormal numbers alike.
///
/// - Parameter bits: sign, 5 bits of exponent, 10 bits of fraction.
/// - Returns: the same value; NaN payloads keep their leading bits.
func widenHalf(_ bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let magnitude = UInt32(bits & 0x7FFF) << 13
  let finite = (Float(bitPattern: magnitude) * 0x1p112).bitPattern
  let isFinite = bits & 0x7C00 != 0x7C00
  return Float(bitPattern: sign | (isFinite ? finite : 0x7F80_0000 | magnitude))
}

extension ModelBytes {
  /// Widens little-endian half-precision numbers that follow each other.
  ///
  /// The compiler makes vector instructions of the loop: a network has a million of them.
  ///
  /// - Parameters:
  ///   - range: two bytes for each number.
  ///   - destination: as many numbers.
  func widenHalves(_ range: Range<Int>, to destination: inout MutableSpan<Float>) {
    precondition(range.count == 2 * destination.count)
    withSpan { bytes in
      unsafe bytes.extracting(range).withUnsafeBytes { bytes in
        unsafe destination.withUnsafeMutableBufferPointer { numbers in
          guard let source = bytes.baseAddress, let target = numbers.baseAddress else { return }
          // Plain pointers: the checks of buffers would keep the compiler from using vectors.
          for index in 0..<numbers.count {
            let bits = unsafe source.loadUnaligned(fromByteOffset: 2 &* index, as: UInt16.self)
            unsafe target[index] = widenHalf(UInt16(littleEndian: bits))
          }
        }
      }
    }
  }
}
