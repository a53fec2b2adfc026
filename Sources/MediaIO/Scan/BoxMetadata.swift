/// Looks for identifying data in the boxes of an MP4, MOV or 3GP, those that FFmpeg skips among them.
///
/// ISO/IEC 14496-12 and the QuickTime File Format Specification list the boxes that a clip is built
/// of. What is none of them, and what user data hold, is judged by its four characters; nothing of the
/// media data is read.
struct BoxMetadata {
  private let input: MediaInput
  private var kinds: Set<MetadataKind> = []
  private var boxes = 0

  /// Boxes that are looked at before the rest counts as unknown; a recorder writes some hundred.
  private static let mostBoxes = 4_000
  private static let deepest = 8
  /// Bytes of a box of text or of free space that are read.
  private static let mostBytes = 4_096

  static func kinds(_ input: MediaInput) -> Set<MetadataKind> {
    var scan = BoxMetadata(input: input)
    scan.walk(0..<input.byteCount, in: nil, depth: 0)
    return scan.kinds
  }

  private init(input: MediaInput) { self.input = input }

  private struct Box {
    let type: FourCC
    let content: Range<Int>
    let end: Int
  }

  private mutating func walk(_ range: Range<Int>, in parent: FourCC?, depth: Int) {
    var offset = range.lowerBound
    while range.upperBound - offset >= 8, let box = box(at: offset, before: range.upperBound) {
      boxes += 1
      guard boxes <= Self.mostBoxes, depth <= Self.deepest else {
        kinds.insert(.other)
        return
      }
      note(box, in: parent, depth: depth)
      offset = box.end
    }
    // QuickTime ends a list of user data with four zeros.
    let rest = bytes(offset..<range.upperBound)
    if rest.contains(where: { $0 != 0 }) { kinds.insert(.other) }
  }

  /// `nil` where no box begins.
  private func box(at offset: Int, before limit: Int) -> Box? {
    let fields = input.fields(at: offset, min(BoxHeader.longest, limit - offset))
    guard let header = BoxHeader(fields, at: 0, rest: limit - offset) else { return nil }
    let start = offset + header.byteCount
    guard header.size <= limit - offset else {
      // Recordings that broke off end inside their media data.
      guard header.type == "mdat" else { return nil }
      return Box(type: "mdat", content: start..<max(start, limit), end: limit)
    }
    let end = offset + header.size
    return Box(type: header.type, content: start..<end, end: end)
  }

  private mutating func note(_ box: Box, in parent: FourCC?, depth: Int) {
    switch box.type {
    case "moov", "trak", "mdia", "minf", "stbl", "edts", "mvex", "moof", "traf", "mfra", "gmhd",
      "tapt", "dinf", "tref":
      walk(box.content, in: box.type, depth: depth + 1)
    case "udta": walk(box.content, in: "udta", depth: depth + 1)
    case "meta": noteMeta(box, depth: depth)
    case "uuid": noteUUID(box)
    case "free", "skip", "wide": noteFree(box)
    case "ilst" where parent == "meta": walk(box.content, in: "ilst", depth: depth + 1)
    default:
      switch parent {
      case "udta", "ilst": noteUserData(box)
      case "meta": noteMetaPart(box)
      // References are named by what they are for.
      case "tref": break
      default: if !Self.structure.contains(box.type) { kinds.insert(.other) }
      }
    }
  }

  /// ISO's box has a version in front of its children, QuickTime's has none.
  private mutating func noteMeta(_ box: Box, depth: Int) {
    let isQuickTime = input.fields(at: box.content.lowerBound, 8).code(at: 4) == "hdlr"
    let start = min(box.content.lowerBound + (isQuickTime ? 0 : 4), box.content.upperBound)
    walk(start..<box.content.upperBound, in: "meta", depth: depth + 1)
  }

  private mutating func noteMetaPart(_ box: Box) {
    switch box.type {
    case "hdlr", "ctry", "lang", "pitm", "dinf": break
    case "keys": noteKeys(box)
    case "xml ", "bxml":
      let text = String(decoding: bytes(box.content.prefix(Self.mostBytes)), as: UTF8.self)
      kinds.insert(text.contains("xmpmeta") || text.contains("rdf:RDF") ? .xmp : .device)
    default: kinds.insert(.other)
    }
  }

  /// QuickTime's names of metadata; the values stand apart in `ilst`, numbered.
  private mutating func noteKeys(_ box: Box) {
    let list = bytes(box.content.prefix(Self.mostBytes))
    var offset = 8
    while list.count - offset >= 8 {
      let size = Self.number(list[offset..<offset + 4])
      guard size >= 8, size <= list.count - offset else { break }
      let name = String(decoding: list[offset + 8..<offset + size], as: UTF8.self)
      // A value that is a number is told by FFmpeg; here nothing speaks for an unknown one.
      if let kind = MetadataKind(tag: name, value: "0") { kinds.insert(kind) }
      offset += size
    }
    if box.content.count > Self.mostBytes { kinds.insert(.other) }
  }

  private mutating func noteUserData(_ box: Box) {
    // Entries of QuickTime's list are numbers; their names stand in `keys`.
    if box.type.value >> 24 == 0 { return }
    if Self.harmlessUserData.contains(box.type) { return }
    for (kind, types) in Self.userData where types.contains(box.type) {
      kinds.insert(kind)
      return
    }
    if box.type == "----" {
      let text = String(decoding: bytes(box.content.prefix(200)), as: UTF8.self)
      if !text.contains("iTunSMPB") { kinds.insert(.other) }
    } else if bytes(box.content.prefix(Self.mostBytes)).contains(where: { $0 != 0 }) {
      kinds.insert(.other)
    }
  }

  private mutating func noteUUID(_ box: Box) {
    let identifier = bytes(box.content.prefix(16))
    if identifier == Self.xmp {
      kinds.insert(.xmp)
    } else if !Self.fragmentIdentifiers.contains(where: identifier.starts) {
      kinds.insert(.other)
    }
  }

  /// Space that is left over is filled with one character (Android takes the digit 0), or holds the
  /// name of the program that left it.
  private mutating func noteFree(_ box: Box) {
    let content = bytes(box.content.prefix(Self.mostBytes))
    let text = String(decoding: content.prefix(16), as: UTF8.self)
    guard content.contains(where: { $0 != content[0] }), !text.hasPrefix("IsoMedia File") else {
      return
    }
    kinds.insert(.other)
  }

  private func bytes(_ range: Range<Int>) -> [UInt8] {
    input.fields(at: range.lowerBound, min(range.count, Self.mostBytes)).bytes
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    Int(clamping: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

// MARK: - What boxes hold

extension BoxMetadata {
  /// Boxes that describe the streams and nothing else.
  private static let structure: Set<FourCC> = [
    // File and movie
    "ftyp", "styp", "mdat", "sidx", "ssix", "prft", "pdin", "mvhd", "iods", "pssh", "ctab",
    "trex", "mehd", "leva", "mfhd", "tfhd", "tfdt", "trun", "tfra", "mfro", "sdtp", "sbgp", "sgpd",
    "subs", "saiz", "saio", "senc", "trep",
    // Track and media
    "tkhd", "elst", "mdhd", "hdlr", "elng", "vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmin", "text",
    "tmcd", "gmhd", "dref", "clip", "crgn", "matt", "kmat", "load", "imap", "txas", "clef", "prof",
    "enof", "trgr", "mere", "alis", "cios", "tgas",
    // Tables of samples
    "stsd", "stts", "ctts", "cslg", "stss", "stsh", "stsc", "stsz", "stz2", "stco", "co64", "stps",
    "stdp", "padb", "stri", "sgrp",
  ]

  /// User data about the file and its player.
  private static let harmlessUserData: Set<FourCC> = [
    "\u{A9}too", "\u{A9}enc", "\u{A9}swr", "\u{A9}swf", "\u{A9}fmt", "\u{A9}req", "\u{A9}day",
    "\u{A9}TIM", "\u{A9}TSC", "\u{A9}TSZ", "\u{A9}gen", "gnre", "hinf", "hnti", "hpix", "tool",
    "WLOC", "LOOP", "SelO", "AllF", "ptv ", "pgap", "cpil", "tmpo", "rtng", "stik", "hdvd", "shwm",
    "date", "yrrc", "TIME",
  ]

  private static let userData: [(kind: MetadataKind, types: Set<FourCC>)] = [
    (
      .location,
      ["\u{A9}xyz", "loci", "GPS ", "gps0", "GPSI", "\u{A9}gpt", "\u{A9}gyw", "\u{A9}gpi"]
    ),
    (
      .device,
      [
        "\u{A9}mak", "\u{A9}mod", "\u{A9}mal", "\u{A9}hst", "manu", "modl", "CNCV", "CNMN", "CNFV",
        "cnam", "CNTH", "CAME", "LENS", "FIRM", "MUID", "HMMT", "GUMI", "HMTG", "MMA0", "MMA1",
        "smta", "mcvr", "@mak", "@mod", "MAKE", "MODL", "slno", "SNum", "FFMV", "MVTG", "NCDT",
        "PANA", "QVMI", "RICO", "scrn", "TAGS", "thmb",
      ]
    ),
    (.timedData, ["GPMF", "SETT", "camm"]),
    (
      .names,
      [
        "\u{A9}ART", "\u{A9}aut", "\u{A9}nam", "\u{A9}wrt", "\u{A9}dir", "\u{A9}prd", "\u{A9}prf",
        "\u{A9}cpy", "\u{A9}alb", "\u{A9}com", "\u{A9}src", "\u{A9}PRD", "\u{A9}ope", "\u{A9}grp",
        "\u{A9}pub", "\u{A9}own", "aART", "titl", "auth", "perf", "albm", "cprt", "name", "tvsh",
        "sonm", "soar", "apID", "ownr", "purd",
      ]
    ),
    (
      .comments,
      [
        "\u{A9}cmt", "\u{A9}des", "\u{A9}inf", "\u{A9}lyr", "\u{A9}key", "dscp", "desc", "ldes",
        "kywd", "keyw", "clsf", "infi", "catg",
      ]
    ),
    (.xmp, ["XMP_"]),
    (.pictures, ["covr", "thum", "pnot", "snal", "tnal", "PICT"]),
    (.chapters, ["chpl"]),
  ]

  /// BE7ACFCB-97A9-42E8-9C71-999491E3AFAC (XMP specification, part 3).
  private static let xmp: [UInt8] = [
    0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
  ]

  /// The beginnings of identifiers of Smooth Streaming's boxes, which describe fragments.
  private static let fragmentIdentifiers: [[UInt8]] = [
    [0x6D, 0x1D, 0x9B, 0x05], [0xD4, 0x80, 0x7E, 0xF2], [0xA2, 0x39, 0x4F, 0x52],
    [0x89, 0x74, 0xDB, 0xCE],
  ]
}
