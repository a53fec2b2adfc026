import Foundation

extension Data {
  /// An MP4 in which every box of a type is replaced; the boxes that hold it get their new size.
  func replacingBoxes(_ type: String, with replacement: Data) -> Data {
    let holders: Set<String> = ["moov", "trak", "mdia", "minf", "dinf", "dref"]
    var (rebuilt, rest) = (Data(), self[...])
    while rest.count >= 8 {
      let size = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      guard (8...rest.count).contains(size) else { break }
      let own = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
      let content = Data(rest.prefix(size).dropFirst(8))
      if own == type {
        rebuilt += replacement
      } else if holders.contains(own) {
        // Version, flags and a count stand before the entries of a data reference.
        let head = own == "dref" ? 8 : 0
        rebuilt += ReferringFile.box(
          own,
          content.prefix(head)
            + Data(content.dropFirst(head)).replacingBoxes(type, with: replacement))
      } else {
        rebuilt += rest.prefix(size)
      }
      rest = rest.dropFirst(size)
    }
    return rebuilt + rest
  }

  /// A Matroska file of ffmpeg's with more elements at the start of its description.
  func insertingIntoInfo(_ elements: Data) -> Data {
    guard let segment = range(of: Data([0x18, 0x53, 0x80, 0x67]))?.upperBound,
      let info = range(of: Data([0x15, 0x49, 0xA9, 0x66])), segment + 8 < info.lowerBound
    else { return self }
    // The width of a size is one more than its leading zero bits.
    let width = self[info.upperBound].leadingZeroBitCount + 1
    let start = info.upperBound + width
    let number = self[info.upperBound..<start].reduce(0) { $0 << 8 | Int($1) }
    let size = number & ((1 << (7 * width)) - 1)
    let content = elements + self[start..<start + size]
    // The segment becomes as long as it is: its size unknown.
    return self[..<segment] + [1, 255, 255, 255, 255, 255, 255, 255]
      + self[(segment + 8)..<info.lowerBound]
      + ReferringFile.element([0x15, 0x49, 0xA9, 0x66], content) + self[(start + size)...]
  }

  /// An ASF file with one more object in its header.
  func insertingIntoASFHeader(_ object: Data) -> Data {
    func little(_ range: Range<Int>) -> Int {
      self[range].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    let size = Data(ReferringFile.big(little(16..<20) + object.count).reversed())
    let count = Data(ReferringFile.big(little(24..<28) + 1).reversed())
    return self[..<16] + size + self[20..<24] + count + self[28..<30] + object + self[30...]
  }
}
