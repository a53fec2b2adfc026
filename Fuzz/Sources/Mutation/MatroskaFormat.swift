/// Matroska and WebM: EBML elements of an identifier, a size and a content; RFC 8794 and RFC 9559.
enum MatroskaFormat: ContainerFormat {
  /// Elements that hold others: header, segment, and what lies in it.
  private static let masters: Set<UInt32> = [
    0x1A45_DFA3, segment, 0x114D_9B74, 0x4DBB, 0x1549_A966, 0x1654_AE6B, 0xAE, 0xE0, 0xE1, 0x55B0,
    0x55D0, cluster, 0xA0, 0x75A1, 0xA6, 0x1C53_BB6B, 0xBB, 0xB7, 0x1254_C367, 0x7373, 0x63C0,
    0x67C8, 0x1941_A469, 0x61A7, 0x1043_A770, 0x45B9, 0xB6, 0x6D80, 0x6240, 0x5034, 0x5035, 0x7670,
  ]
  /// Elements whose content is text or data, not a number.
  private static let data: Set<UInt32> = [
    0x4282, 0x86, 0x63A2, 0x536E, 0x4D80, 0x5741, 0x7BA9, 0x22B59C, 0x258688, 0xEC, 0xBF, 0x465C,
    0x466E, 0x4660, 0x45A3, 0x4487, 0x4485, 0x3EB923, 0x73A4, 0xA5,
  ]
  private static let segment: UInt32 = 0x1853_8067
  private static let cluster: UInt32 = 0x1F43_B675
  private static let blocks: Set<UInt32> = [0xA3, 0xA1]
  /// Cluster's and cue's time, block's duration and reference, default duration, trimmed sound, delays.
  private static let times: Set<UInt32> = [
    0xE7, 0xB3, 0x9B, 0xFB, 0x23E383, 0x75A2, 0x56AA, 0x56BB,
  ]

  static func parse(_ bytes: [UInt8]) -> [Element]? {
    guard bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) else { return nil }
    var budget = ParsingLimit.elements
    var rest = bytes[...]
    let found = elements(&rest, parent: nil, depth: 0, &budget)
    return rest.isEmpty ? found : found + [.raw(rest)]
  }

  static func write(_ elements: [Element]) -> [UInt8] {
    elements.flatMap { element -> [UInt8] in
      let body = element.content + write(element.children)
      guard element.id != Element.bytes else { return body }
      let idWidth = max(1, (32 - element.id.leadingZeroBitCount + 7) / 8)
      let id = Field.split(UInt64(element.id), idWidth)
      switch element.size {
      case .open(let width):
        return id + Field.split(.max >> (64 - 7 * UInt64(width) - 1), width) + body
      case .counted(let width):
        return id + size(element.statedSize ?? UInt64(body.count), width: width) + body
      }
    }
  }

  static func fields(of element: Element) -> [Field] {
    if element.id == Element.bytes || masters.contains(element.id) || data.contains(element.id) {
      return []
    }
    if blocks.contains(element.id) {
      return [
        Field(offset: 0, encoding: .big(1)), Field(offset: 1, encoding: .big(2), isTime: true),
        Field(offset: 3, encoding: .big(1)), Field(offset: 4, encoding: .big(1)),
      ]
    }
    guard element.content.count <= 8 else { return [] }
    return [Field(offset: 0, encoding: .whole, isTime: times.contains(element.id))]
  }

  /// Elements up to the end, or up to one that cannot lie in a parent of unknown size.
  private static func elements(
    _ rest: inout ArraySlice<UInt8>, parent: UInt32?, depth: Int, _ budget: inout Int
  ) -> [Element] {
    var found: [Element] = []
    while budget > 0, let id = number(rest, keepingMarker: true), id.width <= 4,
      let size = number(rest.dropFirst(id.width), keepingMarker: false)
    {
      let kind = UInt32(id.value)
      if let parent, parent == cluster, kind > 0xFFFFFF { break }
      budget -= 1
      let body = rest.dropFirst(id.width + size.width)
      let isOpen = size.value == .max >> (64 - 7 * UInt64(size.width))
      let count = isOpen ? body.count : Int(min(size.value, UInt64(body.count)))
      var element = Element(
        id: kind, size: isOpen ? .open(width: size.width) : .counted(width: size.width), content: []
      )
      if !isOpen, size.value > UInt64(body.count) { element.statedSize = size.value }
      var inside = body.prefix(count)
      if masters.contains(kind), depth < ParsingLimit.depth {
        element.children = elements(
          &inside, parent: isOpen ? kind : nil, depth: depth + 1, &budget)
        if !isOpen, !inside.isEmpty {
          element.children.append(.raw(inside))
          inside = []
        }
      } else {
        element.content = Array(inside)
        inside = []
      }
      found.append(element)
      rest = isOpen ? inside : body.dropFirst(count)
    }
    return found
  }

  /// A number whose leading zero bits tell how many bytes it takes; 1…8.
  private static func number(
    _ bytes: ArraySlice<UInt8>, keepingMarker: Bool
  ) -> (value: UInt64, width: Int)? {
    guard let first = bytes.first, first != 0 else { return nil }
    let width = first.leadingZeroBitCount + 1
    guard bytes.count >= width else { return nil }
    let value = Field.join(bytes.prefix(width))
    return (keepingMarker ? value : value & (.max >> (64 - 7 * UInt64(width))), width)
  }

  /// A size in at least `width` bytes; all bits set would say that it is unknown.
  private static func size(_ value: UInt64, width: Int) -> [UInt8] {
    var width = max(1, min(width, 8))
    while width < 8, value >= 1 << (7 * UInt64(width)) - 1 { width += 1 }
    return Field.split(value & (.max >> (64 - 7 * UInt64(width))) | 1 << (7 * UInt64(width)), width)
  }
}
