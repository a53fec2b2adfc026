internal import Services

/// A colour as it is drawn on full-range BT.601 pictures, with its opacity.
struct Ink: Equatable, Sendable {
  let luma: UInt8
  let blue: UInt8
  let red: UInt8
  /// 0 for nothing, 256 for paint that hides what is below.
  let opacity: Int

  /// - Parameters:
  ///   - red: red, green and blue are gamma-coded, 0–255.
  ///   - opacity: 0–1.
  ///
  /// Source of the conversion: ITU-R BT.601-7 with the full range of JFIF 1.02.
  init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue
    self.luma = Self.code(luma)
    self.blue = Self.code(128 + (blue - luma) / 1.772)
    self.red = Self.code(128 + (red - luma) / 1.402)
    self.opacity = Int((min(max(opacity, 0), 1) * 256).rounded())
  }

  private static func code(_ value: Double) -> UInt8 {
    UInt8(min(max(value.rounded(), 0), 255))
  }
}

extension Ink {
  static let text = Ink(red: 255, green: 255, blue: 255)
  static let label = Ink(red: 168, green: 178, blue: 190)
  /// Around lines, so that they show on bright skin too.
  static let halo = Ink(red: 0, green: 0, blue: 0, opacity: 0.4)
  static let box = Ink(red: 80, green: 235, blue: 150)
  /// Around faces that are not followed.
  static let other = Ink(red: 255, green: 205, blue: 80)
  /// What counts against a clip, and what warns.
  static let fail = Ink(red: 255, green: 107, blue: 98)
  static let warn = Ink(red: 255, green: 197, blue: 61)
  static let outline = Ink(red: 80, green: 235, blue: 150, opacity: 0.7)
  static let eyes = Ink(red: 90, green: 205, blue: 255)
  static let mouth = Ink(red: 255, green: 130, blue: 120)
  static let points = Ink(red: 255, green: 255, blue: 255, opacity: 0.55)

  /// The colour of a face's box: that of the worst that was found, and green where nothing was.
  static func box(_ found: some Sequence<Severity>) -> Ink {
    found.reduce(.box) { $1 == .fail || $0 == .fail ? .fail : .warn }
  }
}
