#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension LoudnessMeter {
  /// BS.1770's constant: a full-scale 997 Hz sine in one channel then reads −3.01 LUFS.
  private static let offset = -0.691

  /// LUFS of a K-weighted mean square; `nil` for silence.
  package static func loudness(power: Double) -> Double? {
    guard power > 0, power.isFinite else { return nil }
    return offset + 10 * log10(power)
  }

  /// The K-weighted mean square of a loudness in LUFS.
  static func power(loudness: Double) -> Double {
    pow(10, (loudness - offset) / 10)
  }

  /// Decibels of an amplitude against full scale, `floor` for silence.
  package static func decibels(amplitude: Double) -> Double {
    amplitude > 0 ? max(floor, 20 * log10(amplitude)) : floor
  }
}
