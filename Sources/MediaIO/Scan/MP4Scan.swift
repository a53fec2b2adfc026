/// Reads what the boxes of an MP4, a MOV or a 3GP claim before FFmpeg does (ISO/IEC 14496-12).
struct MP4Scan {
  private let input: MediaInput
  private var tally: HeaderTally
  /// The track whose boxes are being walked.
  private var track = Track()
  /// Whether there is an index: a picture in HEIF has boxes too, but none.
  private(set) var hasIndex = false

  /// Boxes that FFmpeg reads, even outside their proper parents.
  ///
  /// FFmpeg skips media data, padding and unknown boxes, whatever their size.
  private static let read: Set<FourCC> = [
    "ftyp", "moov", "moof", "mfra", "sidx", "udta", "meta", "uuid", "pssh", "emsg", "trak", "edts",
    "elst", "mdia", "mdhd", "hdlr", "minf", "stbl", "stsd", "stts", "stsz", "stz2", "ctts", "stss",
    "stps", "stsc", "stco", "co64", "sbgp", "sgpd", "mvex", "trex", "traf", "trun", "tfra", "cmov",
    "cmvd", "ilst", "keys",
  ]
  /// Boxes in boxes that are followed; FFmpeg follows ten.
  private static let deepest = 16

  init(_ input: MediaInput, _ tally: HeaderTally) {
    self.input = input
    self.tally = tally
  }

  /// What is known of a track while its boxes are walked.
  private struct Track {
    var isVideo = false
    var isAudio = false
    /// Ticks per second.
    var timescale = 0
    /// Ticks from the first sample to the beginning of the last.
    var ticks = 0.0
    /// Samples as the times and as the sizes count them.
    var timedSamples = 0
    var sizedSamples = 0
    /// Whether each sample has its own size, so that each is a packet.
    var hasSizes = false
  }

  /// Walks all boxes; throws at the first claim beyond a limit.
  mutating func run() throws(MediaError) {
    var position = 0
    while let box = input.boxHeader(at: position) {
      // What looking at a box costs, so that a gigabyte of empty ones has an end.
      try tally.addMetadata(16)
      let size = min(box.size, input.byteCount - position)
      if Self.read.contains(box.type) {
        try tally.addMetadata(size)
        if box.type == "moov" { hasIndex = true }
        let content = input.fields(at: position + box.byteCount, size - box.byteCount)
        try note(box.type, content, 0..<content.count, depth: 0)
      }
      position += size
    }
  }

  /// Walks the boxes in a part of `fields`.
  private mutating func walk(
    _ fields: ByteFields, _ range: Range<Int>, in parent: FourCC, depth: Int
  ) throws(MediaError) {
    guard depth < Self.deepest else { return }
    var offset = range.lowerBound
    while range.upperBound - offset >= 8,
      let box = BoxHeader(fields, at: offset, rest: range.upperBound - offset)
    {
      let rest = range.upperBound - offset
      let body = offset + min(box.byteCount, rest)..<offset + min(box.size, rest)
      if parent == "ilst" || parent == "udta" { try tally.addTags(1) }
      try note(box.type, fields, body, depth: depth)
      guard box.size <= rest else { return }
      offset += box.size
    }
  }

  private mutating func note(
    _ type: FourCC, _ fields: ByteFields, _ body: Range<Int>, depth: Int
  ) throws(MediaError) {
    switch type {
    case "trak":
      try tally.addStream()
      track = Track()
      try walk(fields, body, in: type, depth: depth + 1)
      try checkTrack()
    case "moof":
      try tally.addPackets(1)
      try walk(fields, body, in: type, depth: depth + 1)
    case "mfra", "edts", "mdia", "minf", "stbl", "udta", "ilst", "mvex", "traf", "cmov", "moov":
      try walk(fields, body, in: type, depth: depth + 1)
    case "meta":
      // In MP4 a version and flags come first, in QuickTime none.
      let isFull = fields.number(at: body.lowerBound, 4) == 0
      let start = min(body.lowerBound + (isFull ? 4 : 0), body.upperBound)
      try walk(fields, start..<body.upperBound, in: type, depth: depth + 1)
    case "cmvd": try inflate(fields, body, depth: depth)
    case "keys":
      try tally.addTags(fields.number(at: body.lowerBound + 4, 4) ?? 0)
    default: try noteTable(type, fields, body.lowerBound)
    }
  }

  /// Walks a compressed index, whose size when unfolded stands before it.
  private mutating func inflate(
    _ fields: ByteFields, _ body: Range<Int>, depth: Int
  ) throws(MediaError) {
    guard let size = fields.number(at: body.lowerBound, 4), body.count > 4 else { return }
    try tally.addMetadata(size)
    let data = fields.bytes[body.dropFirst(4)]
    guard let index = Inflation.bytes(of: data.span, atMost: size) else { return }
    let unfolded = ByteFields(bytes: index)
    try walk(unfolded, 0..<index.count, in: "cmov", depth: depth + 1)
    if let type = unfolded.code(at: 4), type == "moov" { hasIndex = true }
  }
}

// MARK: - Tables

extension MP4Scan {
  /// - Parameter at: where the box's content begins, with its version and flags.
  private mutating func noteTable(
    _ type: FourCC, _ fields: ByteFields, _ at: Int
  ) throws(MediaError) {
    guard let version = fields.number(at: at, 1) else { return }
    switch type {
    case "hdlr":
      let kind = fields.code(at: at + 8)
      if kind == "vide" { track.isVideo = true }
      if kind == "soun" { track.isAudio = true }
    case "mdhd":
      track.timescale = fields.number(at: at + (version == 1 ? 20 : 12), 4) ?? 0
    case "elst": try tally.checkEdits(fields.number(at: at + 4, 4) ?? 0)
    case "stsd": try noteDescriptions(fields, at)
    case "stts": try noteTimes(fields, at)
    case "stsz":
      track.hasSizes = fields.number(at: at + 4, 4) == 0
      track.sizedSamples = fields.number(at: at + 8, 4) ?? 0
      if track.hasSizes { try tally.checkTable(track.sizedSamples) }
    case "stz2":
      track.hasSizes = true
      track.sizedSamples = fields.number(at: at + 8, 4) ?? 0
      try tally.checkTable(track.sizedSamples)
    case "ctts", "stss", "stps", "stsc", "stco", "co64", "sbgp":
      let place = type == "sbgp" ? at + (version == 1 ? 12 : 8) : at + 4
      try tally.checkTable(fields.number(at: place, 4) ?? 0)
    case "trun": try tally.addPackets(fields.number(at: at + 4, 4) ?? 0)
    case "tfra": try tally.addPackets(fields.number(at: at + 12, 4) ?? 0)
    case "sidx":
      try tally.addPackets(fields.number(at: at + (version == 0 ? 22 : 30), 2) ?? 0)
    default: break
    }
  }

  /// Refuses what is sold or streamed under a key: Common Encryption (ISO/IEC 23001-7), and Apple's
  /// older `drms` and `drmi`.
  private func noteDescriptions(_ fields: ByteFields, _ at: Int) throws(MediaError) {
    let encrypted: Set<FourCC> = ["encv", "enca", "encs", "enct", "encm", "drms", "drmi"]
    var offset = at + 8
    for _ in 0..<min(fields.number(at: at + 4, 4) ?? 0, 1024) {
      guard let size = fields.number(at: offset, 4), let type = fields.code(at: offset + 4) else {
        return
      }
      if encrypted.contains(type) { throw tally.encrypted }
      guard size >= 8, size <= fields.count - offset else { return }
      offset += size
    }
  }

  private mutating func noteTimes(_ fields: ByteFields, _ at: Int) throws(MediaError) {
    let entries = fields.number(at: at + 4, 4) ?? 0
    try tally.checkTable(entries)
    var last = 0.0
    for entry in 0..<entries {
      guard let count = fields.number(at: at + 8 + 8 * entry, 4),
        let delta = fields.number(at: at + 12 + 8 * entry, 4)
      else { break }
      track.timedSamples += count
      track.ticks += Double(count) * Double(delta)
      if count > 0 { last = Double(delta) }
    }
    track.ticks -= last
  }

  private mutating func checkTrack() throws(MediaError) {
    if track.hasSizes || track.isVideo { try tally.addPackets(track.sizedSamples) }
    if track.isVideo { try tally.checkFrames(max(track.timedSamples, track.sizedSamples)) }
    guard track.isVideo || track.isAudio, track.timescale > 0 else { return }
    try tally.checkSeconds(track.ticks / Double(track.timescale))
  }
}
