/// Looks for identifying data in the elements of a Matroska or WebM file, those that FFmpeg skips among
/// them (RFC 8794, RFC 9559).
struct ElementMetadata {
  private let input: MediaInput
  private var kinds: Set<MetadataKind> = []
  private var elements = 0

  private static let mostElements = 4_000
  private static let deepest = 8
  /// Bytes of a text or of free space that are read.
  private static let mostBytes = 4_096

  private enum ID {
    static let segment = 0x1853_8067
    static let info = 0x1549_A966
    static let tags = 0x1254_C367
    static let tag = 0x7373
    static let simpleTag = 0x67C8
    static let tagName = 0x45A3
    static let attachments = 0x1941_A469
    static let chapters = 0x1043_A770
    static let void = 0xEC
    /// Names of this file, and of those before and behind it.
    static let fileNames: Set<Int> = [0x7384, 0x3C_83AB, 0x3E_83BB]
    /// Header, seek head, tracks, cluster, cues, checksum.
    static let structure: Set<Int> = [
      0x1A45_DFA3, 0x114D_9B74, 0x1654_AE6B, 0x1F43_B675, 0x1C53_BB6B, 0xBF,
    ]
  }

  static func kinds(_ input: MediaInput) -> Set<MetadataKind> {
    var scan = ElementMetadata(input: input)
    scan.walk(0..<input.byteCount, in: 0, depth: 0)
    return scan.kinds
  }

  private init(input: MediaInput) { self.input = input }

  private mutating func walk(_ range: Range<Int>, in parent: Int, depth: Int) {
    var offset = range.lowerBound
    while offset < range.upperBound, depth <= Self.deepest,
      let (id, content) = element(at: offset, before: range.upperBound)
    {
      elements += 1
      guard elements <= Self.mostElements else {
        kinds.insert(.other)
        return
      }
      note(id, content, in: parent, depth: depth)
      offset = content.upperBound
    }
  }

  private mutating func note(_ id: Int, _ content: Range<Int>, in parent: Int, depth: Int) {
    switch id {
    case ID.segment, ID.info, ID.tags, ID.tag, ID.simpleTag:
      walk(content, in: id, depth: depth + 1)
    case ID.tagName where parent == ID.simpleTag:
      // FFmpeg tells of those whose value is a number.
      let name = String(decoding: bytes(content), as: UTF8.self)
      if let kind = MetadataKind(tag: name, value: "0") { kinds.insert(kind) }
    case ID.attachments: kinds.insert(.attachments)
    case ID.chapters: kinds.insert(.chapters)
    case ID.void:
      let space = bytes(content)
      if space.contains(where: { $0 != space[0] }) { kinds.insert(.other) }
    default:
      if ID.fileNames.contains(id) { kinds.insert(.names) }
      let isOuter = parent == 0 || parent == ID.segment
      if isOuter, !ID.structure.contains(id) { kinds.insert(.other) }
    }
  }

  /// An element whose size is not told, as in what is recorded live, reaches to the end of its parent.
  private func element(at offset: Int, before limit: Int) -> (id: Int, content: Range<Int>)? {
    let fields = input.fields(at: offset, min(12, limit - offset))
    guard let header = MatroskaScan.header(fields, 0), header.start <= limit - offset else {
      return nil
    }
    let start = offset + header.start
    let end = start + min(header.size ?? .max, limit - start)
    return (header.id, start..<end)
  }

  private func bytes(_ range: Range<Int>) -> [UInt8] {
    input.fields(at: range.lowerBound, min(range.count, Self.mostBytes)).bytes
  }
}
