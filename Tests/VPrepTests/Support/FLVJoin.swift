import Foundation

/// Puts two FLV recordings into one file, as a live recorder does that was interrupted.
enum FLVJoin {
  /// - Parameter shift: milliseconds by which the second one comes later.
  static func join(_ first: URL, _ second: URL, shift: Int) throws -> Data {
    var joined = try Data(contentsOf: first)
    let bytes = try [UInt8](Data(contentsOf: second))
    // A header of 9 bytes and the size of no tag; then 11 bytes before each tag's data, its size behind.
    var offset = 13
    while bytes.count - offset >= 15 {
      let size = bytes[offset + 1..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      guard size <= bytes.count - offset - 15 else { break }
      var tag = Array(bytes[offset..<offset + 15 + size])
      let time = tag[4..<7].reduce(Int(tag[7])) { $0 << 8 | Int($1) } + shift
      for (place, bits) in [(4, 16), (5, 8), (6, 0)] {
        tag[place] = UInt8(truncatingIfNeeded: time >> bits)
      }
      // Only the first recording describes itself.
      if tag[0] != 18 { joined += tag }
      offset += 15 + size
    }
    return joined
  }
}
