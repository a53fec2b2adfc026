internal import CFFmpeg

/// The NAL units of H.264 and HEVC packets, in whichever form the container keeps them.
struct CodedUnits: Sendable, Equatable {
  enum Coding: Sendable { case h264, hevc }

  /// What a unit holds, as far as anyone here asks.
  enum Kind: Sendable, Equatable {
    case videoSet
    case sequenceSet
    case pictureSet
    /// Supplemental enhancement information.
    case supplement
    /// A slice at which decoding can begin.
    case entry
    case other
  }

  let coding: Coding
  /// Bytes of the length before each unit; `nil` where start codes divide them.
  let lengthSize: Int?

  /// Bytes of a unit's header.
  var headerSize: Int { coding == .h264 ? 1 : 2 }

  /// `nil` for pictures of another codec.
  init?(_ demuxer: borrowing Demuxer) {
    let lengthSize = NALUnits(demuxer)?.lengthSize
    switch demuxer.video?.codec {
    case .h264: self.init(coding: .h264, lengthSize: lengthSize)
    case .hevc: self.init(coding: .hevc, lengthSize: lengthSize)
    default: return nil
    }
  }

  init(coding: Coding, lengthSize: Int?) {
    self.coding = coding
    self.lengthSize = lengthSize
  }

  /// ITU-T H.264, table 7-1; ITU-T H.265, table 7-1.
  ///
  /// - Parameter header: first byte of a unit.
  func kind(_ header: UInt8) -> Kind {
    switch coding {
    case .h264:
      switch header & 0x1F {
      case 5: .entry
      case 6: .supplement
      case 7: .sequenceSet
      case 8: .pictureSet
      default: .other
      }
    case .hevc:
      switch header >> 1 & 0x3F {
      case 16...21: .entry
      case 32: .videoSet
      case 33: .sequenceSet
      case 34: .pictureSet
      case 39, 40: .supplement
      default: .other
      }
    }
  }

  /// Gives each unit of a packet to `body`, without its length or start code; ends at a length that
  /// leads out of the packet.
  func forEach(in sample: Span<UInt8>, _ body: (Kind, Range<Int>) -> Void) {
    guard let lengthSize else {
      for range in AnnexB.units(in: sample) { body(kind(sample[range.lowerBound]), range) }
      return
    }
    var offset = 0
    while sample.count - offset > lengthSize {
      var length = 0
      for index in offset..<offset + lengthSize { length = length << 8 | Int(sample[index]) }
      offset += lengthSize
      guard length > 0, length <= sample.count - offset else { return }
      body(kind(sample[offset]), offset..<offset + length)
      offset += length
    }
  }

  /// The parameter sets of a codec's header: of an `avcC` or `hvcC` box, or behind start codes.
  func sets(inHeader header: [UInt8]) -> [[UInt8]] {
    guard let first = header.first else { return [] }
    guard first == 1 else { return AnnexB.units(in: header.span).map { Array(header[$0]) } }
    switch coding {
    case .h264:
      guard let configuration = AVCConfiguration(header) else { return [] }
      return configuration.sequenceSets + configuration.pictureSets
    case .hevc: return Self.sets(inHVC: header)
    }
  }

  /// ISO/IEC 14496-15, 8.3.3.1: 22 bytes, the count of arrays, and for each its type, the count of its
  /// units, and these behind their 16-bit lengths.
  private static func sets(inHVC header: [UInt8]) -> [[UInt8]] {
    guard header.count > 22 else { return [] }
    var sets: [[UInt8]] = []
    var offset = 23
    func number() -> Int? {
      guard header.count - offset >= 2 else { return nil }
      defer { offset += 2 }
      return Int(header[offset]) << 8 | Int(header[offset + 1])
    }
    for _ in 0..<header[22] {
      offset += 1
      guard let count = number() else { return sets }
      for _ in 0..<count {
        guard let length = number(), length > 0, length <= header.count - offset else {
          return sets
        }
        sets.append(Array(header[offset..<offset + length]))
        offset += length
      }
    }
    return sets
  }
}
