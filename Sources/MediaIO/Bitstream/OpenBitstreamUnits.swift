/// The open bitstream units of AV1 (AV1 Bitstream & Decoding Process Specification, 5.3).
enum OpenBitstreamUnits {
  struct Unit {
    let type: UInt8
    /// With its header.
    let whole: Range<Int>
    let payload: Range<Int>

    var isSequenceHeader: Bool { type == 1 }

    /// Whether it is metadata of a vendor: registered user data that is not known to be harmless, or a
    /// type that is left to users (6.7.1).
    func isUserData(in sample: Span<UInt8>) -> Bool {
      guard type == 5, let (kind, rest) = OpenBitstreamUnits.number(in: sample, payload) else {
        return false
      }
      if kind == 4 {
        return !UserData.isHarmlessRegistered(rest.prefix(7).map { sample[$0] })
      }
      return kind > 5
    }
  }

  /// The units of a packet; ends at a size that leads out of it.
  static func units(in sample: Span<UInt8>) -> [Unit] {
    var units: [Unit] = []
    var offset = 0
    while offset < sample.count {
      let header = sample[offset]
      let start = offset + 1 + (header & 4 != 0 ? 1 : 0)
      guard start <= sample.count else { return units }
      var payload = start..<sample.count
      if header & 2 != 0 {
        guard let (size, rest) = number(in: sample, payload), size <= rest.count else {
          return units
        }
        payload = rest.lowerBound..<rest.lowerBound + size
      }
      units.append(
        Unit(type: header >> 3 & 15, whole: offset..<payload.upperBound, payload: payload))
      offset = payload.upperBound
    }
    return units
  }

  /// The packet without user data; `nil` where it has none.
  static func cleaned(_ sample: Span<UInt8>) -> [UInt8]? {
    let units = units(in: sample)
    guard units.contains(where: { $0.isUserData(in: sample) }) else { return nil }
    return units.filter { !$0.isUserData(in: sample) }.flatMap { unit in
      unit.whole.map { sample[$0] }
    }
  }

  /// A number of seven bits a byte, the lowest first (4.10.5), and what is behind it.
  private static func number(
    in sample: Span<UInt8>, _ range: Range<Int>
  ) -> (value: Int, rest: Range<Int>)? {
    var value = 0
    for (place, index) in range.prefix(8).enumerated() {
      value |= Int(sample[index] & 0x7F) << (7 * place)
      if sample[index] & 0x80 == 0 { return (value, index + 1..<range.upperBound) }
    }
    return nil
  }
}
