internal import CFFmpeg

/// The parameter sets of an H.264 track as an MP4's header keeps them.
///
/// ISO/IEC 14496-15, 5.3.3: version, profile, compatibility, level, size of the lengths, then the
/// sequence parameter sets and the picture parameter sets, each behind its 16-bit length.
struct AVCConfiguration: Equatable {
  /// Version, profile, compatibility, level and the byte with the lengths' size.
  private let head: [UInt8]
  private(set) var sequenceSets: [[UInt8]]
  private(set) var pictureSets: [[UInt8]]
  /// Chroma format and bit depths, where the profile has them.
  private let rest: [UInt8]

  /// Bytes of the length before each NAL unit.
  var lengthSize: Int { Int(head[4] & 3) + 1 }
  var profile: Int { Int(head[1]) }

  /// Reads a header's bytes; `nil` where they are damaged or of another kind.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 7, bytes[0] == 1 else { return nil }
    var offset = 5
    guard let sequence = Self.sets(in: bytes, at: &offset, countMask: 0x1F),
      let picture = Self.sets(in: bytes, at: &offset, countMask: 0xFF),
      !sequence.isEmpty, !picture.isEmpty
    else { return nil }
    head = Array(bytes.prefix(5))
    rest = Array(bytes[offset...])
    sequenceSets = sequence
    pictureSets = picture
  }

  private static func sets(
    in bytes: [UInt8], at offset: inout Int, countMask: UInt8
  ) -> [[UInt8]]? {
    guard offset < bytes.count else { return nil }
    let count = Int(bytes[offset] & countMask)
    offset += 1
    var sets: [[UInt8]] = []
    for _ in 0..<count {
      guard bytes.count - offset >= 2 else { return nil }
      let length = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
      offset += 2
      guard length > 1, length <= bytes.count - offset else { return nil }
      sets.append(Array(bytes[offset..<offset + length]))
      offset += length
    }
    return sets
  }

  /// The header's bytes.
  var bytes: [UInt8] {
    var bytes = head
    bytes.append(0xE0 | UInt8(truncatingIfNeeded: sequenceSets.count))
    for set in sequenceSets { Self.append(set, to: &bytes) }
    bytes.append(UInt8(truncatingIfNeeded: pictureSets.count))
    for set in pictureSets { Self.append(set, to: &bytes) }
    return bytes + rest
  }

  private static func append(_ set: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: set.count >> 8))
    bytes.append(UInt8(truncatingIfNeeded: set.count))
    bytes += set
  }

  /// An identifier that no sequence or picture parameter set uses; `nil` if all 32 are taken.
  ///
  /// A picture names its picture parameter set, which names its sequence parameter set. With their
  /// own identifier, pictures of a second encoder can share the track, and every decoder that reads
  /// the codec header knows both.
  var freeIdentifier: Int? {
    // ITU-T H.264, 7.3.2.1.1: the identifier stands behind profile, constraints and level.
    let used =
      sequenceSets.map { Self.firstCode(of: $0, at: 4) }
      + pictureSets.map { Self.firstCode(of: $0, at: 1) }
    return (0..<32).reversed().first { !used.contains($0) }
  }

  /// The number that an unsigned Exp-Golomb code (ITU-T H.264, 9.1) holds; `nil` where it is cut off.
  private static func firstCode(of set: [UInt8], at byte: Int) -> Int? {
    var zeros = 0
    var bit = byte * 8
    func next() -> Int? {
      guard bit >> 3 < set.count else { return nil }
      defer { bit += 1 }
      return Int(set[bit >> 3] >> (7 - UInt8(bit & 7)) & 1)
    }
    while let one = next(), one == 0 { zeros += 1 }
    guard zeros < 16 else { return nil }
    var value = 1
    for _ in 0..<zeros {
      guard let one = next() else { return nil }
      value = value << 1 | one
    }
    return value - 1
  }

  /// Adds the parameter sets of another encoder, given behind start codes; `false` where there are
  /// none or too many.
  mutating func add(_ sets: [UInt8]) -> Bool {
    var (sequences, pictures) = (sequenceSets, pictureSets)
    for range in AnnexB.units(in: sets.span) {
      let unit = Array(sets[range])
      // ITU-T H.264, table 7-1: 7 is a sequence set, 8 a picture set.
      switch unit[0] & 0x1F {
      case 7 where !sequences.contains(unit): sequences.append(unit)
      case 8 where !pictures.contains(unit): pictures.append(unit)
      default: break
      }
    }
    guard sequences.count <= 31, pictures.count <= 255,
      sequences.count > sequenceSets.count || pictures.count > pictureSets.count
    else { return false }
    (sequenceSets, pictureSets) = (sequences, pictures)
    return true
  }
}
