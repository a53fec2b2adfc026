/// Tells whether an MPEG transport stream is scrambled (ISO/IEC 13818-1, 2.4.3.3).
struct TransportStreamScan {
  private let input: MediaInput
  private let tally: HeaderTally

  /// Bytes of a packet, and as cameras and broadcasters pad it.
  private static let sizes = [188, 192, 204]
  /// Bytes at the start that are looked at.
  private static let looked = 2_000_000
  private static let sync = 0x47

  init(_ input: MediaInput, _ tally: HeaderTally) {
    self.input = input
    self.tally = tally
  }

  func run() throws(MediaError) {
    let fields = input.fields(at: 0, Self.looked)
    guard let (start, size) = alignment(fields) else { return }
    var (plain, scrambled) = (0, 0)
    for offset in stride(from: start, to: fields.count - 3, by: size) {
      guard fields.number(at: offset, 1) == Self.sync, let flags = fields.number(at: offset + 3, 1)
      else { continue }
      // Packets with a payload, by their two bits for scrambling.
      guard flags & 0x10 != 0 else { continue }
      if flags & 0xC0 == 0 { plain += 1 } else { scrambled += 1 }
    }
    if scrambled > plain { throw tally.encrypted }
  }

  /// Where packets begin and how long they are; `nil` when that is not seen.
  private func alignment(_ fields: ByteFields) -> (start: Int, size: Int)? {
    for size in Self.sizes {
      for start in 0..<size {
        let begins = (0..<5).allSatisfy { fields.number(at: start + $0 * size, 1) == Self.sync }
        if begins { return (start, size) }
      }
    }
    return nil
  }
}
