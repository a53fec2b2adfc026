/// Looks for identifying data in the chunks of an AVI, those that FFmpeg skips among them.
///
/// Source: the AVI RIFF File Reference of Microsoft, and the OpenDML extensions 1.02.
enum RIFFMetadata {
  private static let mostChunks = 2_000
  private static let lists: Set<FourCC> = ["hdrl", "strl", "odml", "AVI ", "AVIX"]
  private static let cameras: Set<FourCC> = ["exif", "ncdt", "hydt"]
  /// Pictures, audio, and the tags that FFmpeg tells of.
  private static let media: Set<FourCC> = ["movi", "rec ", "INFO"]
  private static let structure: Set<FourCC> = [
    "avih", "strh", "strf", "strn", "indx", "vprp", "dmlh", "idx1", "JUNK", "IDIT", "ISMP",
  ]

  static func kinds(_ input: MediaInput) -> Set<MetadataKind> {
    var kinds: Set<MetadataKind> = []
    var chunks = 0
    walk(input, 0..<input.byteCount, depth: 0, &chunks, &kinds)
    return kinds
  }

  private static func walk(
    _ input: MediaInput, _ range: Range<Int>, depth: Int, _ chunks: inout Int,
    _ kinds: inout Set<MetadataKind>
  ) {
    var offset = range.lowerBound
    while range.upperBound - offset >= 8, chunks < mostChunks, depth < 6 {
      chunks += 1
      let header = input.fields(at: offset, 12)
      guard let type = header.code(at: 0), let size = header.littleEndian(at: 4, 4) else { return }
      let end = min(offset + 8 + size, range.upperBound)
      if type == "RIFF" || type == "LIST" {
        guard end - offset >= 12, let list = header.code(at: 8) else { return }
        if lists.contains(list) {
          walk(input, offset + 12..<end, depth: depth + 1, &chunks, &kinds)
        } else if cameras.contains(list) {
          kinds.insert(.device)
        } else if !media.contains(list) {
          kinds.insert(.other)
        }
      } else if type == "strd" {
        // Cameras keep their notes there.
        kinds.insert(.device)
      } else if type == "_PMX" {
        kinds.insert(.xmp)
      } else if !structure.contains(type) {
        kinds.insert(.other)
      }
      // Chunks begin at even places.
      offset = max(end + (size & 1), offset + 8)
    }
  }
}
