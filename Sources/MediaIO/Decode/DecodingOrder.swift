internal import CFFmpeg

/// Assigns presentation times to frames of containers that store only decoding times, such as AVI.
///
/// A decoder returns frames in presentation order, so each frame takes the earliest time that no
/// frame has taken yet.
struct DecodingOrder: Sendable {
  private struct Entry: Sendable {
    let time: Ticks
    /// Where the packet stands in the file, which tells it from others.
    let position: Int64
  }

  /// Ascending by time.
  private var entries: [Entry] = []
  /// Whether the first packet lacked its time of presentation; `nil` before it.
  private var isNeeded: Bool?
  private var hasShown = false

  /// Takes a packet that is sent to the decoder.
  mutating func note(_ packet: borrowing Packet) {
    let isNeeded = self.isNeeded ?? (packet.presentationTime == nil && packet.decodeTime != nil)
    self.isNeeded = isNeeded
    guard isNeeded, let time = packet.decodeTime else { return }
    let entry = Entry(time: time, position: packet.position)
    let place = entries.lastIndex { $0.time <= time }.map { $0 + 1 } ?? 0
    entries.insert(entry, at: place)
  }

  /// Forgets a packet that the decoder refused.
  mutating func drop(_ packet: borrowing Packet) {
    let position = packet.position
    entries.removeAll { $0.position == position }
  }

  /// When the next frame is shown; `nil` if packets have presentation timestamps.
  ///
  /// - Parameter position: the packet's position in the file.
  mutating func next(packetAt position: Int64) -> Ticks? {
    guard isNeeded == true, !entries.isEmpty else { return nil }
    if !hasShown, let own = entries.first(where: { $0.position == position }) {
      // What was decoded before the first picture became none.
      entries.removeAll { $0.time < own.time }
    }
    hasShown = true
    return entries.removeFirst().time
  }
}
