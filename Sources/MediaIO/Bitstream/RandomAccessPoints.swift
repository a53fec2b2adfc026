internal import CFFmpeg

/// Tells the key frames at which decoding can begin from those that lean on earlier pictures.
///
/// A container also marks recovery points and open groups as key frames. Decoding of H.264 begins only at an
/// IDR picture (ITU-T H.264, table 7-1: type 5), HEVC at any IRAP picture (ITU-T H.265, table 7-1:
/// types 16–21) once the pictures that are shown before it are left out. Other codecs are taken at
/// the container's word.
package struct RandomAccessPoints: Sendable {
  private enum Coding { case h264, hevc, other }
  private let coding: Coding
  /// Bytes of the length before each NAL unit; `nil` where start codes divide them.
  private let lengthSize: Int?

  package init(_ demuxer: borrowing Demuxer) {
    lengthSize = NALUnits(demuxer)?.lengthSize
    coding =
      switch demuxer.video?.codec {
      case .h264: .h264
      case .hevc: .hevc
      default: .other
      }
  }

  /// Whether decoding can begin with this packet.
  package func contains(_ packet: borrowing Packet) -> Bool {
    guard packet.isKey else { return false }
    if coding == .other { return true }
    return packet.withBytes { sample in
      if let lengthSize {
        return NALUnits(lengthSize: lengthSize).contains(in: sample) { isRandomAccessPoint($0) }
      }
      return AnnexB.units(in: sample).contains { isRandomAccessPoint(sample[$0.lowerBound]) }
    }
  }

  /// - Parameter header: first byte of a NAL unit.
  private func isRandomAccessPoint(_ header: UInt8) -> Bool {
    switch coding {
    case .h264: header & 0x1F == 5
    case .hevc: (16...21).contains(header >> 1 & 0x3F)
    case .other: true
    }
  }
}

extension NALUnits {
  /// Whether the first byte of any unit meets a condition; `false` beyond the first broken length.
  func contains(in sample: Span<UInt8>, where matches: (UInt8) -> Bool) -> Bool {
    var offset = 0
    while sample.count - offset > lengthSize {
      var length = 0
      for index in offset..<offset + lengthSize { length = length << 8 | Int(sample[index]) }
      offset += lengthSize
      guard length > 0, length <= sample.count - offset else { return false }
      if matches(sample[offset]) { return true }
      offset += length
    }
    return false
  }
}

/// NAL units that start codes divide (ITU-T H.264, annex B).
enum AnnexB {
  /// The units' bytes in their order, start codes and zero padding left out.
  static func units(in bytes: Span<UInt8>) -> [Range<Int>] {
    var units: [Range<Int>] = []
    var begin: Int?
    var index = 0
    while index + 2 < bytes.count {
      guard bytes[index] == 0, bytes[index + 1] == 0, bytes[index + 2] == 1 else {
        index += 1
        continue
      }
      if let begin { append(begin..<index, of: bytes, to: &units) }
      index += 3
      begin = index
    }
    if let begin { append(begin..<bytes.count, of: bytes, to: &units) }
    return units
  }

  private static func append(
    _ range: Range<Int>, of bytes: Span<UInt8>, to units: inout [Range<Int>]
  ) {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == 0 { end -= 1 }
    if end > range.lowerBound { units.append(range.lowerBound..<end) }
  }
}
