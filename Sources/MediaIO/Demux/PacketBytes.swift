/// Refuses a clip whose packets add up to much more than the file.
///
/// An index can give one picture for every frame of ten minutes, so that a few kilobytes take
/// minutes to decode. Edit lists may show a window twice, and Matroska may strip bytes that all
/// packets share, so some excess is allowed.
struct PacketBytes {
  /// Bytes of the packets since the last seek.
  private var count = 0

  /// Counts a packet of a file of `total` bytes.
  ///
  /// No sum overflows: the size of a packet is an `Int32`, and limits bound their number.
  mutating func add(_ packet: borrowing Packet, of total: Int, file: String) throws(MediaError) {
    count += packet.byteCount
    guard count <= 2 * total + 250_000 else {
      throw MediaError(
        .demux, file: file, cause: .limitExceeded,
        detail: "its video and audio packets add up to more than twice the file's size",
        advice: "Give the clip as the camera recorded it.")
    }
  }

  mutating func restart() { count = 0 }
}
