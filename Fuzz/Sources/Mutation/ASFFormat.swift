/// ASF: objects of a GUID, a little-endian 64-bit size and a content; Microsoft, revision 01.20.06.
enum ASFFormat: ContainerFormat {
  /// First bytes of the GUIDs of the header object and of its extension, which hold others.
  private static let header: UInt32 = 0x3026_B275
  private static let headerExtension: UInt32 = 0xB503_BF5F
  private static let media: UInt32 = 0x3626_B275

  static func parse(_ bytes: [UInt8]) -> [Element]? {
    guard bytes.starts(with: Field.split(UInt64(header), 4)) else { return nil }
    var budget = ParsingLimit.elements
    return objects(bytes[...], depth: 0, &budget)
  }

  /// In `content` the rest of the GUID stands in front.
  static func write(_ elements: [Element]) -> [UInt8] {
    elements.flatMap { element -> [UInt8] in
      let body = element.content + write(element.children)
      guard element.id != Element.bytes, body.count >= 12 else { return body }
      let size = element.statedSize ?? UInt64(body.count + 12)
      return Field.split(UInt64(element.id), 4) + body[..<12] + Field.split(size, 8).reversed()
        + body[12...]
    }
  }

  static func fields(of element: Element) -> [Field] {
    if element.id == Element.bytes { return [] }
    if element.id == media { return rows(element.content, from: 12, width: 1) { .little($0) } }
    return rows(element.content, from: 12) { .little($0) }
      + rows(element.content, from: 12, width: 8) { .little($0) }
      + rows(element.content, from: 12, width: 2) { .little($0) }
  }

  private static func objects(
    _ bytes: ArraySlice<UInt8>, depth: Int, _ budget: inout Int
  ) -> [Element] {
    var (found, rest) = ([Element](), bytes)
    while rest.count >= 24, budget > 0 {
      budget -= 1
      let start = rest.startIndex
      let id = UInt32(Field.join(rest[start..<start + 4]))
      let size = Field.join(rest[start + 16..<start + 24].reversed())
      guard size >= 24, id != Element.bytes else { break }
      let end = start + Int(min(size, UInt64(rest.count)))
      let body = rest[start + 4..<start + 16] + rest[start + 24..<end]
      var object = Element(id: id, size: .counted(width: 8), content: Array(body))
      if size > UInt64(rest.count) { object.statedSize = size }
      // A count and two reserved bytes; an extension has a GUID, two bytes and a size.
      let before = id == header ? 18 : id == headerExtension ? 34 : nil
      if let before, body.count >= before, depth < ParsingLimit.depth {
        object.content = Array(body.prefix(before))
        object.children = objects(body.dropFirst(before), depth: depth + 1, &budget)
      }
      found.append(object)
      rest = rest[end...]
    }
    return rest.isEmpty ? found : found + [.raw(rest)]
  }
}
