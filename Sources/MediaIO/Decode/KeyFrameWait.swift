/// Holds back packets until one at which decoding can begin.
///
/// A recording may begin between two key frames. FFmpeg's decoders of H.264, VP8, VP9, AV1 and
/// MPEG-2 show nothing before the next key frame; others make up grey or black frames in which only
/// moving parts show.
struct KeyFrameWait {
  /// Codecs whose decoders make pictures up.
  private static let codecs: Set<CodecName> = [
    .hevc, .mpeg4, .h263, .flashVideo, .msMPEG4v2, .msMPEG4v3, .wmv1, .wmv2, .wmv3, .vc1, .vp6,
    .vp6Flash,
  ]

  private let codec: CodecName?
  /// Where units of HEVC lie in a packet; `nil` where start codes divide them.
  private let units: NALUnits?
  private var isWaiting: Bool

  init(_ demuxer: borrowing Demuxer) {
    codec = demuxer.video?.codec
    units = codec == .hevc ? NALUnits(demuxer) : nil
    isWaiting = codec.map(Self.codecs.contains) ?? false
  }

  /// Whether the decoder gets the packet.
  mutating func admits(_ packet: borrowing Packet) -> Bool {
    if isWaiting, isRandomAccessPoint(packet) { isWaiting = false }
    return !isWaiting
  }

  /// Whether decoding can begin at the packet.
  ///
  /// Reads the coded picture if that is easy, because containers may not mark it.
  private func isRandomAccessPoint(_ packet: borrowing Packet) -> Bool {
    switch codec {
    case .hevc:
      packet.isKey
        || packet.withBytes { bytes in
          if let units { return units.contains(in: bytes, where: Self.isRandomAccess) }
          return AnnexB.units(in: bytes).contains { Self.isRandomAccess(bytes[$0.lowerBound]) }
        }
    case .mpeg4: packet.withBytes { Self.isIntra($0) } ?? packet.isKey
    default: packet.isKey
    }
  }

  /// ITU-T H.265, table 7-1: types 16–21 are pictures of random access points.
  private static func isRandomAccess(_ header: UInt8) -> Bool {
    (16...21).contains(header >> 1 & 0x3F)
  }

  /// Whether the first picture of a packet is an intra picture; `nil` if there is none.
  ///
  /// ISO/IEC 14496-2, 6.2.5: two bits after the start code B6 hold the coding type; 0 is intra.
  private static func isIntra(_ bytes: Span<UInt8>) -> Bool? {
    var index = 0
    while index + 4 < bytes.count {
      if bytes[index] == 0, bytes[index + 1] == 0, bytes[index + 2] == 1, bytes[index + 3] == 0xB6 {
        return bytes[index + 4] >> 6 == 0
      }
      index += 1
    }
    return nil
  }
}
