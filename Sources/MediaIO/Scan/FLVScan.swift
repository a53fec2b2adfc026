/// Reads what the tags of an FLV claim before FFmpeg does (Adobe, Flash Video File Format 10.1).
struct FLVScan {
  private let input: MediaInput
  private var tally: HeaderTally

  /// Values in values that are followed; FFmpeg follows sixteen.
  private static let deepest = 16

  init(_ input: MediaInput, _ tally: HeaderTally) {
    self.input = input
    self.tally = tally
  }

  /// Walks all tags; throws at the first claim beyond a limit.
  mutating func run() throws(MediaError) {
    // The header's own size, and the size of the tag before the first one.
    var position = (input.fields(at: 0, 9).number(at: 5, 4) ?? 9) + 4
    while case let fields = input.fields(at: position, 16), let kind = fields.number(at: 0, 1),
      let size = fields.number(at: 1, 3)
    {
      if kind & 0x20 != 0, [8, 9, 18].contains(kind & 0x1F) { throw tally.encrypted }
      switch kind & 0x1F {
      case 18:
        try tally.addMetadata(size)
        try noteScript(input.fields(at: position + 11, size))
      case 9:
        // H.264 and a configuration.
        if fields.number(at: 11, 1).map({ $0 & 15 }) == 7, fields.number(at: 12, 1) == 0 {
          try notePicture(input.fields(at: position + 16, min(size - 5, 4096)))
        }
      default: break
      }
      // What looking at a tag costs, so that a gigabyte of empty ones has an end.
      try tally.addMetadata(16)
      position += 15 + size
    }
  }

  private func notePicture(_ configuration: ByteFields) throws(MediaError) {
    guard let set = H264ParameterSet(avcC: configuration.bytes.span) else { return }
    try tally.limits.check(width: set.width, height: set.height, file: tally.file, stage: .open)
  }

  // MARK: - Script data

  /// Counts the named values of a script (AMF0, 2.1): each becomes a tag.
  private mutating func noteScript(_ fields: ByteFields) throws(MediaError) {
    var offset = 0
    while let end = try value(fields, at: offset, depth: 0), end > offset { offset = end }
  }

  /// Where the value that begins at `offset` ends; `nil` where it is damaged.
  private mutating func value(
    _ fields: ByteFields, at offset: Int, depth: Int
  ) throws(MediaError) -> Int? {
    guard depth < Self.deepest, let kind = fields.number(at: offset, 1) else { return nil }
    switch kind {
    case 0: return offset + 9
    case 1: return offset + 2
    case 2: return fields.number(at: offset + 1, 2).map { offset + 3 + $0 }
    case 3: return try properties(fields, at: offset + 1, depth: depth)
    case 5, 6: return offset + 1
    case 7: return offset + 3
    case 8: return try properties(fields, at: offset + 5, depth: depth)
    case 10:
      guard let count = fields.number(at: offset + 1, 4) else { return nil }
      try tally.checkTable(count)
      var place = offset + 5
      for _ in 0..<count {
        guard let end = try value(fields, at: place, depth: depth + 1) else { return nil }
        place = end
      }
      return place
    case 11: return offset + 11
    case 12: return fields.number(at: offset + 1, 4).map { offset + 5 + $0 }
    default: return nil
    }
  }

  private mutating func properties(
    _ fields: ByteFields, at start: Int, depth: Int
  ) throws(MediaError) -> Int? {
    var offset = start
    while let length = fields.number(at: offset, 2) {
      if length == 0, fields.number(at: offset + 2, 1) == 9 { return offset + 3 }
      try tally.addTags(1)
      guard let end = try value(fields, at: offset + 2 + length, depth: depth + 1) else {
        return nil
      }
      offset = end
    }
    return nil
  }
}
