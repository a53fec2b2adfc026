/// MPEG program streams: packs and packets, each behind a start code; ISO/IEC 13818-1, 2.5.
enum ProgramStreamFormat: ContainerFormat {
  static func parse(_ bytes: [UInt8]) -> [Element]? {
    guard bytes.starts(with: [0, 0, 1, 0xBA]) else { return nil }
    var starts: [Int] = []
    for index in bytes.indices.dropLast(3)
    where bytes[index] == 0 && bytes[index + 1] == 0 && bytes[index + 2] == 1
      && bytes[index + 3] >= 0xBA && starts.count < ParsingLimit.elements
    {
      starts.append(index)
    }
    return zip(starts, starts.dropFirst() + [bytes.count]).map { start, end in
      Element(id: UInt32(bytes[start + 3]), content: Array(bytes[start..<end]))
    }
  }

  static func write(_ elements: [Element]) -> [UInt8] { elements.flatMap(\.content) }

  static func fields(of element: Element) -> [Field] {
    let isPack = element.id == 0xBA
    return PacketizedStream.fields(element.content, at: 0)
      + (isPack ? [Field(offset: 4, encoding: .big(6), isTime: true)] : [])
  }
}
