/// User data inside coded pictures, and which of it may tell who or what recorded them.
///
/// Vendors put serial numbers, places and times there. What is known to be harmless stays: the
/// settings that x264 and x265 write, the numbers of Apple's encoders, closed captions, and metadata of
/// HDR.
enum UserData {
  /// What is left of a unit without its user data.
  enum Cleaned: Equatable {
    case unchanged
    case changed([UInt8])
    /// It held nothing else.
    case empty
  }

  /// A unit of supplemental enhancement information without the messages that may identify.
  ///
  /// ITU-T H.264, 7.3.2.3 and annex D; ITU-T H.265, 7.3.5 and annex D. A unit whose messages cannot be
  /// told apart is left out whole.
  static func cleaned(_ unit: Span<UInt8>, headerSize: Int) -> Cleaned {
    guard unit.count > headerSize else { return .unchanged }
    let payload = NALPayload.bytes(of: unit.extracting(headerSize...))
    guard let messages = messages(in: payload) else { return .empty }
    let kept = messages.filter { !isPersonal($0.type, payload[$0.payload]) }
    if kept.count == messages.count { return .unchanged }
    if kept.isEmpty { return .empty }
    var rest: [UInt8] = []
    for message in kept { rest += payload[message.whole] }
    let header = (0..<headerSize).map { unit[$0] }
    // 80 is the stop bit.
    return .changed(header + NALPayload.escaped(rest + [0x80]))
  }

  private struct Message {
    let type: Int
    let payload: Range<Int>
    let whole: Range<Int>
  }

  /// `nil` where sizes lead out of the unit.
  private static func messages(in bytes: [UInt8]) -> [Message]? {
    var messages: [Message] = []
    let end = (bytes.lastIndex { $0 != 0 } ?? -1) + 1
    var offset = 0
    func number() -> Int? {
      var value = 0
      while offset < end {
        let byte = Int(bytes[offset])
        offset += 1
        value += byte
        if byte < 255 { return value }
      }
      return nil
    }
    // The last byte is the stop bit with its zeros.
    while offset < end - 1 {
      let start = offset
      guard let type = number(), let size = number(), size <= end - offset else { return nil }
      messages.append(
        Message(type: type, payload: offset..<offset + size, whole: start..<offset + size))
      offset += size
    }
    return messages
  }

  /// The last type of message that a standard defines, with room: types beyond are a vendor's.
  private static let lastDefinedType = 220

  private static func isPersonal(_ type: Int, _ payload: ArraySlice<UInt8>) -> Bool {
    switch type {
    case 4: !isHarmlessRegistered(payload)
    case 5: !isEncoderSettings(payload)
    default: type > lastDefinedType
    }
  }

  /// Whether registered user data (ITU-T T.35) is closed captions, active format or metadata of HDR.
  static func isHarmlessRegistered(_ payload: some Collection<UInt8>) -> Bool {
    let bytes = Array(payload.prefix(7))
    guard bytes.count >= 3, bytes[0] == 0xB5 else { return false }
    switch Int(bytes[1]) << 8 | Int(bytes[2]) {
    // ATSC: GA94 are captions, DTG1 is the active format (ETSI TS 101 154, annex B).
    case 0x0031:
      return bytes.count == 7
        && [Array("GA94".utf8), Array("DTG1".utf8)].contains(Array(bytes[3...]))
    // SMPTE ST 2094-40 (HDR10+), ETSI TS 103 433 (SL-HDR).
    case 0x003C, 0x003A: return true
    default: return false
    }
  }

  private static let encoders: [(identifier: [UInt8], text: String)] = [
    (
      [
        0xDC, 0x45, 0xE9, 0xBD, 0xE6, 0xD9, 0x48, 0xB7, 0x96, 0x2C, 0xD8, 0x20, 0xD9, 0x23, 0xEE,
        0xEF,
      ], "x264 - core"
    ),
    (
      [
        0x2C, 0xA2, 0xDE, 0x09, 0xB5, 0x17, 0x47, 0xDB, 0xBB, 0x55, 0xA4, 0xFE, 0x7F, 0xC2, 0xFC,
        0x4E,
      ], "x265 (build"
    ),
  ]

  /// A few numbers about the picture's rate, in every picture that Apple's encoders begin a group with.
  private static let apple: (identifier: [UInt8], mostBytes: Int) = (
    [
      0x47, 0x56, 0x4A, 0xDC, 0x5C, 0x4C, 0x43, 0x3F, 0x94, 0xEF, 0xC5, 0x11, 0x3C, 0xD1, 0x43,
      0xA8,
    ], 40
  )

  private static func isEncoderSettings(_ payload: ArraySlice<UInt8>) -> Bool {
    if payload.starts(with: apple.identifier) { return payload.count <= apple.mostBytes }
    return encoders.contains {
      payload.starts(with: $0.identifier) && payload.dropFirst(16).starts(with: $0.text.utf8)
    }
  }

  /// Whether MPEG-4 pictures carry user data (ISO/IEC 14496-2, 6.2.2.1: start code B2) that is not the
  /// name of a known encoder.
  static func isInMPEG4(_ sample: Span<UInt8>) -> Bool {
    let encoders = ["Lavc", "FFmpeg", "ffmpeg", "XviD", "DivX", "Xvid"]
    return AnnexB.units(in: sample).contains { range in
      guard sample[range.lowerBound] == 0xB2 else { return false }
      let text = String(
        decoding: range.dropFirst().prefix(8).map { sample[$0] }, as: UTF8.self)
      return !encoders.contains { text.hasPrefix($0) } && range.count > 1
    }
  }

  /// Whether a JPEG picture carries Exif, XMP, IPTC or a comment (ITU-T T.81, B.1.1.3).
  static func isInJPEG(_ sample: Span<UInt8>) -> Bool {
    var offset = 2
    while sample.count - offset >= 4, sample[offset] == 0xFF {
      let marker = sample[offset + 1]
      if marker == 0xFF {
        offset += 1
        continue
      }
      // Start of scan: coded data follow.
      if marker == 0xDA { return false }
      let length = Int(sample[offset + 2]) << 8 | Int(sample[offset + 3])
      switch marker {
      case 0xE1, 0xED: return true
      case 0xFE where !isEncoderComment(sample, offset + 4, length - 2): return true
      default: break
      }
      offset += 2 + max(length, 2)
    }
    return false
  }

  private static func isEncoderComment(_ sample: Span<UInt8>, _ start: Int, _ count: Int) -> Bool {
    guard count > 0 else { return true }
    let end = min(start + min(count, 4), sample.count)
    return start < end && (start..<end).map { sample[$0] }.starts(with: "Lavc".utf8)
  }
}
