/// Reads what the chunks of an AVI claim before FFmpeg does (Microsoft, AVI RIFF File Reference).
///
/// The number of frames in its header counts for nothing: what is recorded to a pipe claims 2³⁰.
struct AVIScan {
  private let input: MediaInput
  private var tally: HeaderTally

  init(_ input: MediaInput, _ tally: HeaderTally) {
    self.input = input
    self.tally = tally
  }

  /// Chunks that FFmpeg reads into memory; it skips those that it does not know.
  private static let read: Set<FourCC> = [
    "avih", "strh", "strf", "strd", "strn", "indx", "dmlh", "vprp", "amvh", "IDIT", "idx1",
  ]

  /// Walks all chunks; throws at the first claim beyond a limit.
  mutating func run() throws(MediaError) {
    var position = 0
    var isInfo = false
    while case let fields = input.fields(at: position, 12), let code = fields.code(at: 0),
      let size = fields.littleEndian(at: 4, 4)
    {
      // What looking at a chunk costs, so that a gigabyte of empty ones has an end.
      try tally.addMetadata(16)
      let next = position + 8 + size + size % 2
      if code == "RIFF" || code == "LIST" {
        let kind = fields.code(at: 8)
        isInfo = kind == "INFO"
        if kind == "strl" { try tally.addStream() }
        // A recording that broke off does not know its size.
        if kind == "movi", size < 4 { return }
        position = kind == "movi" ? next : position + 12
        continue
      }
      if code == "idx1" { try tally.addPackets(min(size, input.byteCount) / 16) }
      if isInfo { try tally.addTags(1) }
      if isInfo || Self.read.contains(code) {
        try tally.addMetadata(min(size, input.byteCount - position))
      }
      position = next
    }
  }
}
