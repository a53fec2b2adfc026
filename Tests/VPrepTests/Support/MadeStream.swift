import Services

@testable import MediaIO
@testable import VPrep

extension PacketTable {
  /// A stream of 30 frames a second and a tick of 1/30 s, a key frame every `group` frames.
  ///
  /// - Parameters:
  ///   - reorder: frames between two references that are decoded after the second one; 0 for none.
  ///   - hidden: frames at the start that an edit list hides.
  ///   - isOpen: whether the frames before a key frame are decoded after it.
  static func made(
    frames: Int, group: Int, reorder: Int = 0, hidden: Int = 0, isOpen: Bool = false,
    bytes: (Int) -> Int = { _ in 1000 }
  ) -> PacketTable {
    var table = PacketTable(timeBase: Rational(1, 30))
    let delay = reorder > 0 ? 2 : 0
    for (position, frame) in decodingOrder(frames, group, reorder, isOpen).enumerated() {
      table.append(
        Entry(
          shown: Ticks(clamping: Int64(frame - hidden)),
          decoded: Ticks(clamping: Int64(position - hidden - delay)), duration: 1,
          bytes: bytes(frame), isRandomAccessPoint: frame % group == 0, isHidden: frame < hidden))
    }
    return table
  }

  /// A closed group begins with its key frame; in an open one the frames shown before a key frame come
  /// behind it.
  private static func decodingOrder(
    _ frames: Int, _ group: Int, _ reorder: Int, _ isOpen: Bool
  ) -> [Int] {
    isOpen ? openOrder(frames, group, reorder) : closedOrder(frames, group, reorder)
  }

  private static func closedOrder(_ frames: Int, _ group: Int, _ reorder: Int) -> [Int] {
    stride(from: 0, to: frames, by: group).flatMap { key in
      [key] + between(key, min(key + group, frames), reorder)
    }
  }

  private static func openOrder(_ frames: Int, _ group: Int, _ reorder: Int) -> [Int] {
    [0]
      + stride(from: 0, to: frames, by: group).flatMap { key in
        between(key, min(key + group + 1, frames), reorder)
      }
  }

  /// The frames behind `key` and before `end`: every reference before those that lean on it.
  private static func between(_ key: Int, _ end: Int, _ reorder: Int) -> [Int] {
    var order: [Int] = []
    var done = key
    while done < end - 1 {
      let reference = min(done + reorder + 1, end - 1)
      order.append(reference)
      order += done + 1..<reference
      done = reference
    }
    return order
  }
}
