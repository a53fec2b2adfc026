/// Changes that know nothing of what the bytes mean.
enum ByteMutation {
  /// Makes one change.
  static func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(random.below(256))) }
    let place = random.below(bytes.count)
    switch random.below(9) {
    case 0, 1: bytes[place] ^= 1 << UInt8(random.below(8))
    case 2, 3: bytes[place] = UInt8(random.below(256))
    case 4, 5: overwriteNumber(&bytes, place, &random)
    case 6:
      let end = min(bytes.count, place + 1 + random.below(64))
      for index in place..<end { bytes[index] = UInt8(random.below(256)) }
    case 7:
      bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(512)))
    default:
      let from = random.below(bytes.count)
      let part = bytes[from..<min(bytes.count, from + 1 + random.below(512))]
      bytes.insert(contentsOf: Array(part), at: place)
    }
  }

  /// Cuts the end off.
  static func truncate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    bytes.removeLast(random.below(bytes.count))
  }

  private static func overwriteNumber(
    _ bytes: inout [UInt8], _ place: Int, _ random: inout SeededGenerator
  ) {
    let width = 1 << random.below(4)
    let isLittle = random.once(in: 3)
    let field = Field(offset: place, encoding: isLittle ? .little(width) : .big(width))
    field.write(BoundaryValue.next(to: field.read(bytes), &random), to: &bytes)
  }
}
