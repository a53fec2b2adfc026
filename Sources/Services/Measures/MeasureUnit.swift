/// The unit of a measure, and how a person reads a value in it.
package enum MeasureUnit: String, Sendable, Codable {
  /// Share of a whole, 0–1.
  case share
  /// Pixels of the upright picture.
  case pixels
  /// Degrees of angle.
  case degrees
  /// Luma, 0–255 full range, gamma-coded.
  case luma
  /// Seconds.
  case seconds
  /// Bytes, or characters of Base64.
  case bytes
  /// Decibels below full scale.
  case dBFS
  /// Loudness units below full scale (ITU-R BS.1770).
  case lufs = "LUFS"
  /// Frames per second.
  case framesPerSecond
  /// Bits a pixel of the picture.
  case bitsPerPixel
  /// A number of things.
  case count
  /// A quotient of two lengths.
  case ratio
  /// A variance of luma steps.
  case variance
  /// A name, not a number.
  case name

  /// `value` as a person reads it: a share as a percentage, bytes as megabytes of 1,000,000.
  package func text(_ value: Double) -> String {
    switch self {
    case .share: Decimal.text(value * 100, places: value < 0.1 ? 1 : 0) + " %"
    case .pixels: Decimal.text(value, places: 0) + " pixels"
    case .degrees: Decimal.text(value, places: 0) + "°"
    case .luma: Decimal.text(value, places: 0)
    case .seconds: Decimal.text(value, places: 2) + " s"
    case .bytes: Self.bytes(value)
    case .dBFS: Decimal.text(value, places: 0) + " dBFS"
    case .lufs: Decimal.text(value, places: 0) + " LUFS"
    case .framesPerSecond: Decimal.text(value, places: 1) + " frames a second"
    case .bitsPerPixel: Decimal.text(value, places: 3) + " bits a pixel"
    case .count: Decimal.text(value, places: 0)
    case .ratio, .variance: Decimal.text(value, places: 2)
    case .name: Decimal.text(value, places: 0)
    }
  }

  private static func bytes(_ value: Double) -> String {
    switch value {
    case ..<1000: Decimal.text(value, places: 0) + (value == 1 ? " byte" : " bytes")
    case ..<1_000_000: Decimal.text(value / 1000, places: 1) + " kB"
    default: Decimal.text(value / 1_000_000, places: 2) + " MB"
    }
  }
}

/// Decimal notation with a fixed number of places at most, without trailing zeros.
enum Decimal {
  static func text(_ value: Double, places: Int) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    // Above 2^53 ÷ scale no fraction is left to print, and a negative zero reads as an error.
    if rounded == 0 { return "0" }
    if rounded == rounded.rounded() { return "\(Int64(rounded))" }
    return "\(rounded)"
  }
}
