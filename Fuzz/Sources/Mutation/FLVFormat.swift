/// FLV: a header, then tags of a type, a size, a time and a content, each followed by its length.
///
/// Source: Adobe, "Video File Format Specification", version 10.1, annex E. In `content` the time
/// stands as one 32-bit number, its highest byte first: type, time, stream, data.
enum FLVFormat: ContainerFormat {
  private static let tag: UInt32 = 1
  private static let script: UInt8 = 18

  static func parse(_ bytes: [UInt8]) -> [Element]? {
    guard bytes.starts(with: "FLV".utf8), bytes.count >= 13 else { return nil }
    var (found, rest) = ([Element.raw(bytes.prefix(13))], bytes.dropFirst(13))
    while rest.count >= 15, found.count < ParsingLimit.elements {
      let start = rest.startIndex
      let size = Int(Field.join(rest[start + 1..<start + 4]))
      guard rest.count >= 15 + size else { break }
      let after = Field.join(rest[start + 11 + size..<start + 15 + size])
      let head = [rest[start], rest[start + 7]] + rest[start + 4..<start + 7]
      let content = head + rest[start + 8..<start + 11 + size]
      var element = Element(id: tag, size: .counted(width: 3), content: Array(content))
      if after != UInt64(11 + size) { element.statedSize = after }
      found.append(element)
      rest = rest.dropFirst(15 + size)
    }
    return rest.isEmpty ? found : found + [.raw(rest)]
  }

  /// A size that is stated stands behind the tag, where a reader that goes backwards looks.
  static func write(_ elements: [Element]) -> [UInt8] {
    elements.flatMap { element -> [UInt8] in
      let content = element.content
      guard element.id == tag, content.count >= 8 else { return content }
      let size = UInt64(content.count - 8)
      return [content[0]] + Field.split(size, 3) + content[2..<5] + [content[1]] + content[5...]
        + Field.split(element.statedSize ?? size + 11, 4)
    }
  }

  static func fields(of element: Element) -> [Field] {
    guard element.id == tag, let type = element.content.first else { return [] }
    var fields = [
      Field(offset: 0, encoding: .big(1)), Field(offset: 1, encoding: .big(4), isTime: true),
      Field(offset: 8, encoding: .big(1)), Field(offset: 9, encoding: .big(1)),
      Field(offset: 10, encoding: .big(3), isTime: true),
    ]
    // A script tag's numbers are doubles behind a zero byte.
    if type == script {
      for offset in element.content.indices.dropLast(8).prefix(2_048)
      where element.content[offset] == 0 {
        fields.append(Field(offset: offset + 1, encoding: .big(8)))
      }
    }
    return fields
  }
}
