/// Packets that were read before their turn, in the order of the file.
struct ReadAhead {
  /// Packets cannot stand in an array themselves.
  private final class Held {
    let packet: Packet

    init?(_ other: borrowing Packet) {
      guard let packet = Packet() else { return nil }
      packet.take(other)
      self.packet = packet
    }
  }

  private var held: [Held] = []
  private var byteCount = 0

  /// A successor is seldom further away: recorders write both tracks in turn.
  private static let mostPackets = 256
  private static let mostBytes = 1 << 25

  var isFull: Bool { held.count >= Self.mostPackets || byteCount >= Self.mostBytes }

  /// Takes over what `packet` holds; `false` where memory is short.
  mutating func append(_ packet: borrowing Packet) -> Bool {
    let bytes = packet.byteCount
    guard let next = Held(packet) else { return false }
    byteCount += bytes
    held.append(next)
    return true
  }

  /// Moves the first packet into `packet`; `false` where there is none.
  mutating func removeFirst(into packet: borrowing Packet) -> Bool {
    guard !held.isEmpty else { return false }
    let first = held.removeFirst()
    byteCount -= first.packet.byteCount
    packet.take(first.packet)
    return true
  }

  /// The first answer that `body` has for one of them, in their order.
  func first<R>(_ body: (borrowing Packet) -> R?) -> R? {
    for entry in held { if let found = body(entry.packet) { return found } }
    return nil
  }

  mutating func removeAll() {
    held = []
    byteCount = 0
  }
}
