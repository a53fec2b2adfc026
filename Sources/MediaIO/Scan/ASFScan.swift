/// Reads what the header of an ASF file claims before FFmpeg does (Microsoft, Advanced Systems Format
/// 01.20.06).
struct ASFScan {
  private let input: MediaInput
  private var tally: HeaderTally

  /// Objects by the first four bytes of their identifiers, as they stand in the file.
  private enum Kind {
    static let header = FourCC(value: 0x3026_B275)
    static let headerExtension = FourCC(value: 0xB503_BF5F)
    static let stream = FourCC(value: 0x9107_DCB7)
    static let extendedContent = FourCC(value: 0x40A4_D0D2)
    static let metadata = FourCC(value: 0xEACB_F8C5)
    static let metadataLibrary = FourCC(value: 0x941C_2344)
    static let encryption = FourCC(value: 0xFBB3_1122)
    static let extendedEncryption = FourCC(value: 0x14E6_8A29)
    static let advancedEncryption = FourCC(value: 0x3385_0543)
  }

  init(_ input: MediaInput, _ tally: HeaderTally) {
    self.input = input
    self.tally = tally
  }

  /// Walks the header's objects; throws at the first claim beyond a limit.
  mutating func run() throws(MediaError) {
    let start = input.fields(at: 0, 24)
    guard start.code(at: 0) == Kind.header, let size = start.littleEndian(at: 16, 8) else { return }
    try tally.addMetadata(min(size, input.byteCount))
    let header = input.fields(at: 30, size - 30)
    try walk(header, 0..<header.count)
  }

  private mutating func walk(_ fields: ByteFields, _ range: Range<Int>) throws(MediaError) {
    var offset = range.lowerBound
    while let kind = fields.code(at: offset), let size = fields.littleEndian(at: offset + 16, 8),
      size >= 24, size <= range.upperBound - offset
    {
      let content = offset + 24
      switch kind {
      case Kind.headerExtension where size >= 46 && range.lowerBound == 0:
        try walk(fields, offset + 46..<offset + size)
      case Kind.stream: try tally.addStream()
      case Kind.extendedContent, Kind.metadata, Kind.metadataLibrary:
        try tally.addTags(fields.littleEndian(at: content, 2) ?? 0)
      case Kind.encryption, Kind.extendedEncryption, Kind.advancedEncryption:
        throw tally.encrypted
      default: break
      }
      offset += size
    }
  }
}
