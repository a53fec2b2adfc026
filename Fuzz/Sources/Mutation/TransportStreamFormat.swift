/// MPEG transport streams: packets of 188 bytes; ISO/IEC 13818-1, 2.4.
enum TransportStreamFormat: ContainerFormat {
  private static let packet: UInt32 = 0x47
  private static let length = 188

  static func parse(_ bytes: [UInt8]) -> [Element]? {
    guard bytes.count >= 2 * length, bytes[0] == 0x47, bytes[length] == 0x47 else { return nil }
    var (found, rest) = ([Element](), bytes[...])
    while rest.count >= length, rest.first == 0x47, found.count < ParsingLimit.elements {
      found.append(Element(id: packet, content: Array(rest.prefix(length))))
      rest = rest.dropFirst(length)
    }
    return rest.isEmpty ? found : found + [.raw(rest)]
  }

  /// Tables get the checksum of what they hold, since readers drop the others.
  static func write(_ elements: [Element]) -> [UInt8] {
    elements.flatMap { element -> [UInt8] in
      guard element.id == packet, let section = section(element.content) else {
        return element.content
      }
      var content = element.content
      let checksum = Field.split(UInt64(crc(content[section])), 4)
      content.replaceSubrange(section.upperBound..<section.upperBound + 4, with: checksum)
      return content
    }
  }

  static func fields(of element: Element) -> [Field] {
    guard element.id == packet else { return [] }
    let content = element.content
    var fields = [
      Field(offset: 1, encoding: .big(2)), Field(offset: 3, encoding: .big(1)),
    ]
    // The program clock: an adaptation field of at least seven bytes that says it has one.
    if content.count > 11, content[3] & 0x20 != 0, content[4] >= 7, content[5] & 0x10 != 0 {
      fields.append(Field(offset: 6, encoding: .programClock, isTime: true))
    }
    guard let start = payload(content) else { return fields }
    if let section = section(content) {
      fields += section.map { Field(offset: $0, encoding: .big(1)) }
    } else if content[1] & 0x40 != 0 {
      fields += PacketizedStream.fields(content, at: start)
    }
    return fields
  }

  /// Where the payload starts; `nil` where there is none.
  private static func payload(_ content: [UInt8]) -> Int? {
    guard content.count == length, content[3] & 0x10 != 0 else { return nil }
    let start = 4 + (content[3] & 0x20 != 0 ? 1 + Int(content[4]) : 0)
    return start < length ? start : nil
  }

  /// The place of a table without its checksum, where one begins and ends in this packet.
  private static func section(_ content: [UInt8]) -> Range<Int>? {
    guard let start = payload(content), content[1] & 0x40 != 0 else { return nil }
    let first = start + 1 + Int(content[start])
    // Program association and program map tables, and descriptions of services.
    guard first + 3 < length, [0x00, 0x02, 0x42].contains(content[first]) else { return nil }
    let size = Int(Field.join(content[first + 1...first + 2]) & 0xFFF)
    let end = first + 3 + size
    return size > 4 && end <= length ? first..<end - 4 : nil
  }

  /// CRC-32/MPEG-2: polynomial 04C11DB7, all bits set at the start; 13818-1, annex A.
  private static func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte) << 24) { value, _ in
        value & 0x8000_0000 != 0 ? value << 1 ^ 0x04C1_1DB7 : value << 1
      }
    }
  }
}

/// The headers of packetized elementary streams, which transport and program streams share.
enum PacketizedStream {
  /// Length, flags, and times of presentation and decoding; ISO/IEC 13818-1, 2.4.3.6.
  static func fields(_ content: [UInt8], at start: Int) -> [Field] {
    guard start + 19 <= content.count, content[start...].starts(with: [0, 0, 1]) else { return [] }
    var fields = [
      Field(offset: start + 3, encoding: .big(1)), Field(offset: start + 4, encoding: .big(2)),
      Field(offset: start + 7, encoding: .big(2)),
    ]
    let flags = content[start + 7] >> 6
    if flags & 2 != 0 {
      fields.append(Field(offset: start + 9, encoding: .presentationTime, isTime: true))
    }
    if flags == 3 {
      fields.append(Field(offset: start + 14, encoding: .presentationTime, isTime: true))
    }
    return fields
  }
}
