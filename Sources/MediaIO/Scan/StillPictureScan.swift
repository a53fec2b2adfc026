/// Looks into a JPEG or PNG picture before it is decoded: a small file may hold hours of work.
///
/// It is called for each packet of a video in such a codec, a photo's single one among them.
struct StillPictureScan {
  let limits: InputLimits
  let file: String

  /// Throws for a picture that asks for more than the limits allow; other codecs have no limits here.
  func check(_ bytes: Span<UInt8>, codec: CodecName) throws(MediaError) {
    switch codec {
    case .mjpeg: try checkJPEG(bytes)
    case .png: try checkPNG(bytes)
    default: return
    }
  }

  // MARK: - JPEG

  /// Counts the scans (ITU-T T.81, B.1.1.3 for the markers): a progressive picture is built up in some
  /// ten of them, and each goes over the whole picture.
  private func checkJPEG(_ bytes: Span<UInt8>) throws(MediaError) {
    var scans = 0
    var offset = 0
    while let marker = Self.marker(bytes, from: &offset) {
      guard Self.hasLength(marker) else { continue }
      if Self.isFrame(marker), offset + 6 < bytes.count {
        let height = Int(bytes[offset + 3]) << 8 | Int(bytes[offset + 4])
        let width = Int(bytes[offset + 5]) << 8 | Int(bytes[offset + 6])
        try limits.check(width: width, height: height, file: file, stage: .decode)
      }
      if marker == 0xDA {
        scans += 1
        guard scans <= limits.scans else {
          throw limits.exceeded(
            "the picture has more than \(limits.scans) scans", file: file, stage: .decode)
        }
      }
      guard offset + 1 < bytes.count else { return }
      offset += max(2, Int(bytes[offset]) << 8 | Int(bytes[offset + 1]))
    }
  }

  /// The next marker after `offset`; moves `offset` past it.
  private static func marker(_ bytes: Span<UInt8>, from offset: inout Int) -> UInt8? {
    while offset + 1 < bytes.count {
      if bytes[offset] == 0xFF, bytes[offset + 1] != 0, bytes[offset + 1] != 0xFF {
        offset += 2
        return bytes[offset - 1]
      }
      offset += 1
    }
    return nil
  }

  /// Whether the marker begins a frame, with its size: all `SOF` but the tables between them.
  private static func isFrame(_ marker: UInt8) -> Bool {
    (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
  }

  /// All but the markers that stand alone: restarts, start and end of the picture, and `TEM`.
  private static func hasLength(_ marker: UInt8) -> Bool {
    !(0xD0...0xD9).contains(marker) && marker != 0x01
  }

  // MARK: - PNG

  /// Unfolds what is compressed, without keeping it, as far as the limits allow (W3C, PNG, 11.2 and
  /// 11.3): a kilobyte may hold a megabyte.
  private func checkPNG(_ bytes: Span<UInt8>) throws(MediaError) {
    let fields = ByteFields(bytes: Self.copy(bytes, 0..<min(bytes.count, 33)))
    guard fields.code(at: 12) == "IHDR", let width = fields.number(at: 16, 4),
      let height = fields.number(at: 20, 4), let depth = fields.number(at: 24, 1),
      let color = fields.number(at: 25, 1)
    else { return }
    try limits.check(width: width, height: height, file: file, stage: .decode)
    guard var picture = InflatingStream() else { throw .outOfMemory(.decode, file: file) }
    let most = Self.rawBytes(width: width, height: height, depth: depth, color: color)
    var (metadata, others) = (0, 0)
    var offset = 8
    while offset + 12 <= bytes.count {
      let head = ByteFields(bytes: Self.copy(bytes, offset..<offset + 8))
      guard let size = head.number(at: 0, 4), let type = head.code(at: 4) else { return }
      let body = offset + 8..<offset + 8 + min(size, bytes.count - offset - 8)
      if type == "IDAT" {
        var rest = most - picture.count
        _ = picture.add(bytes.extracting(body)) { piece in
          rest -= piece.count
          return rest >= 0
        }
        guard rest >= 0 else {
          throw MediaError(
            .decode, file: file, cause: .limitExceeded,
            detail: "the picture decompresses to more than its \(width)×\(height) pixels take")
        }
      } else {
        others += 1
        metadata += try unfolded(type, bytes.extracting(body), rest: limits.metadata - metadata)
        guard others <= limits.tags else {
          throw limits.exceeded(
            "the picture has more than \(limits.tags) chunks of text and other data",
            file: file, stage: .decode)
        }
      }
      if type == "IEND" { return }
      offset = body.upperBound + 4
    }
  }

  /// Bytes that a chunk of metadata takes when it is unfolded.
  private func unfolded(
    _ type: FourCC, _ body: Span<UInt8>, rest: Int
  ) throws(MediaError) -> Int {
    var count = body.count
    if let start = Self.compressedPart(type, body), var stream = InflatingStream() {
      var most = rest
      _ = stream.add(body.extracting(start..<body.count)) { piece in
        most -= piece.count
        return most >= 0
      }
      count = stream.count
    }
    guard count <= rest else {
      throw limits.exceeded(
        "the picture's texts and profiles have more than \(limits.metadata) bytes",
        file: file, stage: .decode)
    }
    return count
  }

  /// Where the compressed data of a chunk begins; `nil` where there is none.
  private static func compressedPart(_ type: FourCC, _ body: Span<UInt8>) -> Int? {
    guard type == "iCCP" || type == "zTXt" || type == "iTXt",
      let name = zero(body, from: 0)
    else { return nil }
    // A zero behind the name, then the method.
    guard type == "iTXt" else { return name + 2 <= body.count ? name + 2 : nil }
    guard name + 3 <= body.count, body[name + 1] == 1, let language = zero(body, from: name + 3),
      let keyword = zero(body, from: language + 1)
    else { return nil }
    return keyword + 1
  }

  private static func zero(_ body: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < body.count {
      if body[index] == 0 { return index }
      index += 1
    }
    return nil
  }

  /// Most bytes that a picture's rows unfold to; interlaced rows are shorter and more.
  private static func rawBytes(width: Int, height: Int, depth: Int, color: Int) -> Int {
    let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][color] ?? 4
    return 2 * (height + 8) * (width * samples * max(depth, 1) / 8 + 9)
  }

  private static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    range.map { bytes[$0] }
  }
}
