/// AVI: RIFF chunks of a type, a little-endian size and a content that is padded to an even size.
enum AVIFormat: ContainerFormat {
  private static let lists: Set<UInt32> = [code("RIFF"), code("LIST")]

  static func parse(_ bytes: [UInt8]) -> [Element]? {
    guard bytes.starts(with: "RIFF".utf8) else { return nil }
    var budget = ParsingLimit.elements
    return chunks(bytes[...], depth: 0, &budget)
  }

  static func write(_ elements: [Element]) -> [UInt8] {
    elements.flatMap { element -> [UInt8] in
      let body = element.content + write(element.children)
      guard element.id != Element.bytes else { return body }
      let size = element.statedSize ?? UInt64(body.count)
      let isOdd = element.statedSize == nil && body.count % 2 == 1
      return Field.split(UInt64(element.id), 4) + Field.split(size, 4).reversed() + body
        + (isOdd ? [0] : [])
    }
  }

  /// Headers and indices are 32-bit numbers throughout; those of a wave format are 16-bit.
  static func fields(of element: Element) -> [Field] {
    switch element.id {
    case code("avih"), code("strh"), code("idx1"), code("indx"), code("dmlh"), code("vprp"):
      return rows(element.content) { .little($0) }
    case code("strf"):
      return rows(element.content) { .little($0) } + rows(element.content, width: 2) { .little($0) }
    default: return []
    }
  }

  private static func code(_ name: String) -> UInt32 { UInt32(Field.join(name.utf8)) }

  private static func chunks(
    _ bytes: ArraySlice<UInt8>, depth: Int, _ budget: inout Int
  ) -> [Element] {
    var (found, rest) = ([Element](), bytes)
    while rest.count >= 8, budget > 0 {
      let start = rest.startIndex
      let id = UInt32(Field.join(rest[start..<start + 4]))
      guard id != Element.bytes else { break }
      budget -= 1
      let size = Int(Field.join(rest[start + 4..<start + 8].reversed()))
      let body = rest.dropFirst(8).prefix(size)
      // The padding byte may be missing or not zero; such a chunk keeps what it states.
      let pads = size % 2 == 1
      let padded = pads && rest.dropFirst(8 + size).first == 0
      var chunk = Element(id: id, size: .counted(width: 4), content: Array(body))
      if body.count < size || (pads && !padded) { chunk.statedSize = UInt64(size) }
      if lists.contains(id), body.count >= 4, depth < ParsingLimit.depth {
        chunk.content = Array(body.prefix(4))
        chunk.children = chunks(body.dropFirst(4), depth: depth + 1, &budget)
      }
      found.append(chunk)
      rest = rest.dropFirst(8 + body.count + (padded ? 1 : 0))
    }
    return rest.isEmpty ? found : found + [.raw(rest)]
  }
}
