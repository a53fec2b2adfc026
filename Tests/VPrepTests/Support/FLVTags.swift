import Foundation

/// Changes the times of tags in an FLV file.
enum FLVTags {
  /// - Parameters:
  ///   - kind: 8 for sound, 9 for pictures; the first tag of each describes its stream and stays.
  ///   - change: milliseconds by which the tag of a number comes later.
  static func retimed(_ file: URL, kind: UInt8, by change: (Int) -> Int) throws -> Data {
    var bytes = try [UInt8](Data(contentsOf: file))
    // A header of 9 bytes and the size of no tag; then 11 bytes before each tag's data, its size behind.
    var (offset, number) = (13, -1)
    while bytes.count - offset >= 15 {
      let size = bytes[offset + 1..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      if bytes[offset] == kind {
        if number >= 0 {
          let old = bytes[offset + 4..<offset + 7].reduce(Int(bytes[offset + 7])) {
            $0 << 8 | Int($1)
          }
          let time = (old & 0xFFFFFF) + change(number)
          for (place, bits) in [(4, 16), (5, 8), (6, 0)] {
            bytes[offset + place] = UInt8(truncatingIfNeeded: time >> bits)
          }
        }
        number += 1
      }
      offset += 15 + size
    }
    return Data(bytes)
  }
}
