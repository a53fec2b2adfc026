internal import CFFmpeg

/// Checks H.264 and HEVC samples as MP4 and Matroska store them: a length before each NAL unit.
///
/// Damage usually breaks these lengths, so reading them finds it without decoding.
package struct NALUnits: Sendable {
  let lengthSize: Int

  /// - Parameter lengthSize: bytes of each length, 1…4.
  init(lengthSize: Int) { self.lengthSize = lengthSize }

  /// `nil` when the stream is not stored with lengths.
  package init?(_ demuxer: borrowing Demuxer) {
    guard let video = demuxer.video else { return nil }
    let parameters = unsafe demuxer.parameters(video.index).pointee
    let count = unsafe Int(parameters.extradata_size)
    guard let data = unsafe parameters.extradata, count > 0 else { return nil }
    let extra = unsafe UnsafeBufferPointer(start: data, count: count)
    // ISO/IEC 14496-15: avcC and hvcC start with version 1; the length's size is in these bytes.
    switch video.codec {
    case .h264 where unsafe count >= 7 && extra[0] == 1: lengthSize = unsafe Int(extra[4] & 3) + 1
    case .hevc where unsafe count >= 23 && extra[0] == 1:
      lengthSize = unsafe Int(extra[21] & 3) + 1
    default: return nil
    }
  }

  /// Whether the lengths lead exactly to the end of the sample.
  package func areComplete(in packet: borrowing Packet) -> Bool {
    packet.withBytes { areComplete(in: $0) }
  }

  /// Whether the lengths lead exactly to the end of a sample that lies in a file, read one by one.
  package func areComplete(in input: MediaInput, at position: Int, count: Int) -> Bool {
    var offset = 0
    var bytes: [UInt8] = [0, 0, 0, 0]
    while offset < count {
      guard count - offset >= lengthSize else { return false }
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe input.read(at: position + offset, into: $0)
      }
      guard got >= lengthSize else { return false }
      let length = bytes.prefix(lengthSize).reduce(0) { $0 << 8 | Int($1) }
      offset += lengthSize
      guard length > 0, length <= count - offset else { return false }
      offset += length
    }
    return true
  }

  /// Whether the lengths lead exactly to the end of `sample`.
  func areComplete(in sample: Span<UInt8>) -> Bool {
    var offset = 0
    while offset < sample.count {
      guard sample.count - offset >= lengthSize else { return false }
      var length = 0
      for index in offset..<offset + lengthSize { length = length << 8 | Int(sample[index]) }
      offset += lengthSize
      guard length > 0, length <= sample.count - offset else { return false }
      offset += length
    }
    return true
  }
}
