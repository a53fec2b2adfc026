/// Numbers at which a reader's arithmetic may give way.
enum BoundaryValue {
  /// Values on both sides of what 8, 16, 31, 32, 62, 63 and 64 bits hold, signed and not, and of what
  /// a program may use as a limit.
  private static let values: [UInt64] = [
    0, 1, 2, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 16_777_215, 16_777_216,
    (1 << 31) - 1, 1 << 31, (1 << 31) + 1, (1 << 32) - 1, 1 << 32, (1 << 62) - 1, 1 << 62,
    (1 << 63) - 1, 1 << 63, (1 << 63) + 1, .max - 1, .max, 10, 1_000, 90_000, 1_000_000, 8_192,
    16_384, 40_000, 600_000,
  ]

  /// A boundary, or a number near `old`.
  static func next(to old: UInt64, _ random: inout SeededGenerator) -> UInt64 {
    switch random.below(8) {
    case 0: old &+ UInt64(1 + random.below(3))
    case 1: old &- UInt64(1 + random.below(3))
    case 2: old << 1
    case 3: old >> 1
    default: values[random.below(values.count)]
    }
  }

  /// What a clock may jump by: from one tick to the whole range, forwards and back.
  static func jump(_ random: inout SeededGenerator) -> UInt64 {
    switch random.below(3) {
    case 0: UInt64(random.below(5_000))
    case 1: 0 &- UInt64(random.below(5_000))
    default: values[random.below(values.count)]
    }
  }
}
