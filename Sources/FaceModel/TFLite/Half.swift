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
  if bits & 0x7C00 == 0x7C00 {
    return Float(bitPattern: sign | 0x7F80_0000 | magnitude)
  }
  return Float(bitPattern: sign | (Float(bitPattern: magnitude) * 0x1p112).bitPattern)
}
