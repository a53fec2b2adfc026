/// The order of an MP4's outermost boxes.
enum MP4Layout {
  /// Boxes that are looked at before the search is given up; a recorder writes a handful.
  private static let mostBoxes = 10_000

  /// Whether the media data comes before the index, so that nothing can play before all is there.
  ///
  /// ISO/IEC 14496-12, 4.2: a box starts with its 32-bit size and its type; size 1 puts a 64-bit
  /// size behind them, size 0 reaches to the end of the file.
  static func hasTrailingIndex(_ input: MediaInput) -> Bool {
    var position = 0
    for _ in 0..<mostBoxes {
      guard let header = header(of: input, at: position) else { return false }
      switch header.type {
      case "moov": return false
      case "mdat": return true
      default: break
      }
      let (next, overflow) = position.addingReportingOverflow(header.size)
      guard header.size >= 8, !overflow else { return false }
      position = next
    }
    return false
  }

  private static func header(
    of input: MediaInput, at position: Int
  ) -> (type: String, size: Int)? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let got = unsafe bytes.withUnsafeMutableBytes { unsafe input.read(at: position, into: $0) }
    guard got >= 8 else { return nil }
    var size = bytes[0..<4].reduce(0) { $0 << 8 | Int($1) }
    if size == 1, got == 16 {
      size = Int(clamping: bytes[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
    return (String(decoding: bytes[4..<8], as: UTF8.self), size)
  }
}
