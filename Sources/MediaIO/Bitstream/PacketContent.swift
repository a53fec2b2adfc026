internal import CFFmpeg

/// What packets of a stream hold, whichever form their container gives them.
///
/// MPEG-TS divides NAL units by start codes and puts a header before each AAC block; an MP4 keeps the same
/// units behind their lengths, and the same blocks bare. Two packets with one digest hold the same units, or
/// the same block, byte for byte.
package struct PacketContent: Sendable {
  private enum Form: Sendable {
    case bytes
    case units(CodedUnits)
    case adts
  }

  private let form: Form
  /// What decoders are told before the first packet, in one form for all containers; empty where that is
  /// nothing, or is told by the packets.
  package private(set) var header: [[UInt8]]

  /// How the packets of a source are to be compared.
  package enum Comparison: Sendable {
    /// The packets stay as they are.
    case bytes
    /// The container of the copy keeps them in another form.
    case content
  }

  /// The pictures of a container.
  ///
  /// - Parameter comparison: the source's, for a copy; `nil` for the source itself.
  package init(videoOf demuxer: borrowing Demuxer, _ comparison: Comparison? = nil) {
    let header = demuxer.video.map { demuxer.codecHeader($0.index) } ?? []
    guard let units = CodedUnits(demuxer), comparison != .bytes,
      comparison == .content || units.lengthSize == nil
    else {
      form = .bytes
      self.header = [header]
      return
    }
    form = .units(units)
    self.header = Self.sets(header, units)
  }

  /// The audio of a container.
  package init(audioOf demuxer: borrowing Demuxer, _ comparison: Comparison? = nil) {
    let header = demuxer.audio.map { demuxer.codecHeader($0.index) } ?? []
    let isADTS = comparison == nil && demuxer.audio?.codec == .aac && header.isEmpty
    form = isADTS ? .adts : .bytes
    self.header = isADTS ? [] : [header]
  }

  /// How a copy of this is to be compared.
  package var comparison: Comparison {
    if case .bytes = form { .bytes } else { .content }
  }

  /// Gives the pictures another header.
  package mutating func setHeader(_ bytes: [UInt8]) {
    if case .units(let units) = form { header = Self.sets(bytes, units) } else { header = [bytes] }
  }

  /// A digest of what a packet holds; `nil` where it does not have the stream's form, or tells decoders
  /// another thing than the packets before it.
  package mutating func digest(_ packet: borrowing Packet) -> UInt64? {
    switch form {
    case .bytes: return packet.digest
    case .units(let units): return packet.withBytes { Self.digest($0, units) }
    case .adts:
      guard let block = packet.withBytes({ ADTSBlock($0) }) else { return nil }
      if header.isEmpty { header = [block.configuration] }
      guard header == [block.configuration] else { return nil }
      return packet.withBytes { Self.digest($0.extracting(block.content)) }
    }
  }

  /// The sets in an order that both forms have.
  private static func sets(_ header: [UInt8], _ units: CodedUnits) -> [[UInt8]] {
    units.sets(inHeader: header).map { Array($0[..<end(of: $0.span, 0..<$0.count)]) }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func digest(_ sample: Span<UInt8>, _ units: CodedUnits) -> UInt64? {
    var state = PacketDigest(byteCount: 0)
    var covered = 0
    units.forEach(in: sample) { _, range in
      covered += range.count + (units.lengthSize ?? 0)
      let unit = sample.extracting(range.lowerBound..<end(of: sample, range))
      state.add(digest(unit))
    }
    // Behind a length that leads astray nothing would be compared.
    guard covered > 0, units.lengthSize == nil || covered == sample.count else { return nil }
    return state.value
  }

  /// Zeros behind a unit belong to the form.
  private static func end(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == 0 { end -= 1 }
    return end
  }

  private static func digest(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe PacketDigest.of($0) }
  }
}

/// A block of AAC behind its own header (ISO/IEC 14496-3, 1.A.3.2).
struct ADTSBlock {
  /// What an MP4 tells decoders instead of the header.
  let configuration: [UInt8]
  /// Where the block stands.
  let content: Range<Int>

  /// `nil` where a packet is no single block.
  init?(_ bytes: Span<UInt8>) {
    guard bytes.count > 7, bytes[0] == 0xFF, bytes[1] & 0xF6 == 0xF0 else { return nil }
    let header = bytes[1] & 1 == 0 ? 9 : 7
    let length = Int(bytes[3] & 3) << 11 | Int(bytes[4]) << 3 | Int(bytes[5]) >> 5
    // The last two bits of the header count further blocks.
    guard length == bytes.count, length > header, bytes[6] & 3 == 0 else { return nil }
    let type = Int(bytes[2] >> 6) + 1
    let rate = Int(bytes[2] >> 2 & 15)
    let channels = Int(bytes[2] & 1) << 2 | Int(bytes[3] >> 6)
    guard channels > 0 else { return nil }
    let bits = type << 11 | rate << 7 | channels << 3
    configuration = [UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits)]
    content = header..<length
  }
}
