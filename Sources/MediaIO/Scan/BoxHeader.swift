/// The beginning of a box of an MP4, a MOV or a 3GP: what it is and how long.
///
/// ISO/IEC 14496-12, 4.2: a box starts with its 32-bit size and its type; size 1 puts a 64-bit size behind
/// them, size 0 lets it reach to the end.
struct BoxHeader {
  let type: FourCC
  /// Bytes before the content.
  let byteCount: Int
  /// Bytes of the whole box, as it claims; at least those of the header.
  let size: Int

  /// The most bytes that a header has.
  static let longest = 16

  /// Reads a header; `nil` where none stands.
  ///
  /// - Parameter rest: bytes from `offset` to the end of what the box lies in.
  init?(_ fields: ByteFields, at offset: Int, rest: Int) {
    guard let type = fields.code(at: offset + 4), let short = fields.number(at: offset, 4) else {
      return nil
    }
    var (byteCount, size) = (8, short)
    if short == 1 {
      guard let long = fields.number(at: offset + 8, 8) else { return nil }
      (byteCount, size) = (16, long)
    } else if short == 0 {
      size = rest
    }
    guard size >= byteCount else { return nil }
    self.type = type
    self.byteCount = byteCount
    self.size = size
  }
}

extension MediaInput {
  /// The header of the box that begins at a place of the file; `nil` where none does.
  func boxHeader(at position: Int) -> BoxHeader? {
    let fields = fields(at: position, BoxHeader.longest)
    return BoxHeader(fields, at: 0, rest: byteCount - position)
  }
}
