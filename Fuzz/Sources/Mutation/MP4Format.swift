/// MP4, MOV and 3GP: boxes of a 32-bit size, a type and a content; ISO/IEC 14496-12, 4.2.
enum MP4Format: ContainerFormat {
  private static let containers: Set<String> = [
    "moov", "trak", "mdia", "minf", "dinf", "stbl", "edts", "udta", "mvex", "moof", "traf", "mfra",
    "ilst", "sinf", "schi", "wave", "ipro", "gmhd", "cmov",
  ]
  private static let pictures: Set<String> = [
    "avc1", "avc3", "hvc1", "hev1", "mp4v", "vp08", "vp09", "av01", "s263", "jpeg", "mjpa", "mjpb",
    "apcn", "apch", "encv", "png ",
  ]
  private static let sounds: Set<String> = [
    "mp4a", "samr", "sawb", "Opus", "fLaC", "sowt", "twos", "ac-3", ".mp3", "enca", "lpcm", "alac",
  ]
  private static let first: Set<String> = [
    "ftyp", "moov", "mdat", "free", "skip", "wide", "styp", "moof", "pnot",
  ]
  /// Boxes whose content tells times.
  private static let times: Set<String> = ["tfdt", "elst", "stts", "ctts", "sidx", "trun"]

  static func parse(_ bytes: [UInt8]) -> [Element]? {
    guard bytes.count >= 8, first.contains(name(UInt32(Field.join(bytes[4..<8])))) else {
      return nil
    }
    var budget = ParsingLimit.elements
    return boxes(bytes[...], depth: 0, &budget)
  }

  static func write(_ elements: [Element]) -> [UInt8] {
    elements.flatMap { element -> [UInt8] in
      let body = element.content + write(element.children)
      guard element.id != Element.bytes else { return body }
      let type = Field.split(UInt64(element.id), 4)
      switch element.size {
      case .open: return [0, 0, 0, 0] + type + body
      case .counted(width: 8):
        let size = element.statedSize ?? UInt64(body.count + 16)
        return [0, 0, 0, 1] + type + Field.split(size, 8) + body
      case .counted:
        return Field.split(element.statedSize ?? UInt64(body.count + 8), 4) + type + body
      }
    }
  }

  static func fields(of element: Element) -> [Field] {
    let type = name(element.id)
    switch type {
    case "mdat", "free", "skip", "wide": return []
    case _ where element.id == Element.bytes: return []
    case _ where pictures.contains(type):
      return [16, 18, 24, 26, 40, 74].map { Field(offset: $0, encoding: .big(2)) }
    case _ where sounds.contains(type):
      let words = [6, 8, 16, 18].map { Field(offset: $0, encoding: .big(2)) }
      return words + [Field(offset: 24, encoding: .big(4))]
    case _ where element.content.count > 65_536: return []
    default:
      let isTime = times.contains(type)
      let words = rows(element.content, isTime: isTime) { .big($0) }
      let isWide = type == "co64" || element.content.first == 1
      let wide = isWide ? rows(element.content, from: 4, width: 8, isTime: isTime) { .big($0) } : []
      let isSmall = element.content.count <= 128
      return words + wide + (isSmall ? rows(element.content, width: 1) { .big($0) } : [])
    }
  }

  private static func name(_ id: UInt32) -> String {
    String(decoding: Field.split(UInt64(id), 4), as: UTF8.self)
  }

  /// Bytes that stand before the boxes inside a box; `nil` where it holds none.
  private static func bytesBeforeChildren(_ type: String, _ body: ArraySlice<UInt8>) -> Int? {
    switch type {
    case "stsd", "dref": 8
    // QuickTime's has no version in front.
    case "meta": body.dropFirst(4).prefix(4).elementsEqual("hdlr".utf8) ? 0 : 4
    case _ where containers.contains(type): 0
    case _ where pictures.contains(type): 78
    // The longer forms of QuickTime are kept whole.
    case _ where sounds.contains(type):
      body.dropFirst(8).first == 0 && body.dropFirst(9).first == 0
        ? 28 : nil
    default: nil
    }
  }

  private static func boxes(
    _ bytes: ArraySlice<UInt8>, depth: Int, _ budget: inout Int
  ) -> [Element] {
    var (found, rest) = ([Element](), bytes)
    while rest.count >= 8, budget > 0 {
      budget -= 1
      let start = rest.startIndex
      let id = UInt32(Field.join(rest[start + 4..<start + 8]))
      var (size, header) = (Field.join(rest[start..<start + 4]), 8)
      var form = Element.SizeForm.counted(width: 4)
      if size == 1, rest.count >= 16 {
        (size, header) = (Field.join(rest[start + 8..<start + 16]), 16)
        form = .counted(width: 8)
      } else if size == 0 {
        (size, form) = (UInt64(rest.count), .open(width: 4))
      }
      guard size >= UInt64(header), id != Element.bytes else { break }
      // A box that reaches beyond its parent is kept with the size that it states.
      let end = start + Int(min(size, UInt64(rest.count)))
      let body = rest[start + header..<end]
      var box = Element(id: id, size: form, content: [])
      if size > UInt64(rest.count) { box.statedSize = size }
      let before = bytesBeforeChildren(name(id), body)
      if let before, before <= body.count, depth < ParsingLimit.depth {
        box.content = Array(body.prefix(before))
        box.children = boxes(body.dropFirst(before), depth: depth + 1, &budget)
      } else {
        box.content = Array(body)
      }
      found.append(box)
      rest = rest[end...]
    }
    return rest.isEmpty ? found : found + [.raw(rest)]
  }
}
