internal import CFFmpeg

/// A time base or a ratio as FFmpeg writes it.
package struct Rational: Sendable, Equatable {
  package let numerator: Int
  package let denominator: Int

  package init(_ numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ value: AVRational) {
    self.init(Int(value.num), Int(value.den))
  }

  var av: AVRational {
    AVRational(num: Int32(clamping: numerator), den: Int32(clamping: denominator))
  }

  /// The value, 0 when the ratio is undefined.
  package var value: Double {
    denominator == 0 ? 0 : Double(numerator) / Double(denominator)
  }

  /// Whether a pixel can have this width by its height; what lies beyond is no picture's.
  var isPixelShape: Bool {
    numerator > 0 && denominator > 0 && value <= Self.longestPixel && 1 / value <= Self.longestPixel
  }

  /// How many times a pixel is as wide as high, or as high as wide, at most: anamorphic video has 2.
  private static let longestPixel = 8.0
}
