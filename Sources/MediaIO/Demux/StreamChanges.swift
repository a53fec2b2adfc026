internal import CFFmpeg

/// Detects, during a packet scan, whether a stream's description changes and whether its coded
/// pictures carry user data.
///
/// A copied track has one description, in front. A stream whose description changes cannot be
/// copied.
package struct StreamChanges: Sendable {
  /// What was found so far.
  package struct Findings: Sendable, Equatable {
    /// Whether the pictures change their description: another header, other parameter sets.
    package var videoChanges = false
    /// Whether the audio changes its description.
    package var audioChanges = false
    /// Whether parameter sets stand in the packets of the pictures, and not in the header alone.
    package var setsAreInBand = false
    /// Whether the coded pictures carry user data that may identify who or what recorded them.
    package var holdsUserData = false

    package init() {}
  }

  private struct Stream {
    let index: Int
    let header: [UInt8]
    var isChanged = false
    /// Whether each block describes itself.
    var hasOwnHeaders = false
    /// What the first block says about itself.
    var first: FrameHeader?
  }

  private var video: Stream?
  private var audio: Stream?
  private var pictures: PictureUnits?

  package init(_ demuxer: borrowing Demuxer) {
    video = demuxer.video.map { Stream(index: $0.index, header: demuxer.codecHeader($0.index)) }
    audio = demuxer.audio.map { Stream(index: $0.index, header: demuxer.codecHeader($0.index)) }
    pictures = PictureUnits(demuxer)
    let isBare = audio?.header.isEmpty == true
    let codec = demuxer.audio?.codec
    audio?.hasOwnHeaders = codec == .mp3 || codec == .mp2 || (codec == .aac && isBare)
  }

  /// Takes one packet of any stream.
  package mutating func note(_ packet: borrowing Packet) {
    if packet.streamIndex == video?.index {
      if let header = video?.header, packet.changesDescription(from: header) {
        video?.isChanged = true
      }
      pictures?.note(packet)
    } else if let stream = audio, packet.streamIndex == stream.index {
      let own = stream.hasOwnHeaders ? packet.withBytes { FrameHeader($0) } : nil
      if stream.first == nil { audio?.first = own }
      let isOther = own.map { $0 != (stream.first ?? $0) } ?? false
      if isOther || packet.changesDescription(from: stream.header) { audio?.isChanged = true }
    }
  }

  package var findings: Findings {
    var findings = Findings()
    findings.videoChanges = video?.isChanged == true || pictures?.areChanged == true
    findings.audioChanges = audio?.isChanged == true
    findings.setsAreInBand = pictures?.setsAreInBand == true
    findings.holdsUserData = pictures?.holdsUserData == true
    return findings
  }
}

/// The header of a block of AAC or MPEG audio that describes itself, as far as a track has to be of one
/// kind: layer or profile, rate, and channels.
private struct FrameHeader: Sendable, Equatable {
  private let kind: UInt8
  private let form: UInt8
  private let channels: UInt8

  /// `nil` for a block without such a header.
  init?(_ block: Span<UInt8>) {
    guard block.count > 7, block[0] == 0xFF, block[1] & 0xE0 == 0xE0 else { return nil }
    if block[1] & 0xF6 == 0xF0 {
      // ADTS (ISO/IEC 13818-7, 6.2): profile and rate in the third byte, channels in it and the fourth.
      (kind, form, channels) = (block[1] & 0xF8, block[2] & 0xFD, block[3] & 0xC0)
    } else {
      // MPEG audio (ISO/IEC 11172-3, 2.4.1.3): rate in the third byte; mode 3 is one channel.
      (kind, form, channels) = (
        block[1] & 0x1E, block[2] & 0x0C, block[3] >> 6 == 3 ? 1 : 2
      )
    }
  }
}

extension Packet {
  /// Whether the container describes the stream again with this packet.
  ///
  /// Live recordings repeat the description that they began with; that is no change.
  fileprivate func changesDescription(from header: [UInt8]) -> Bool {
    var size = 0
    if unsafe av_packet_get_side_data(pointer, AV_PKT_DATA_PARAM_CHANGE, &size) != nil {
      return true
    }
    guard let data = unsafe av_packet_get_side_data(pointer, AV_PKT_DATA_NEW_EXTRADATA, &size)
    else { return false }
    return unsafe !UnsafeBufferPointer(start: data, count: size).elementsEqual(header)
  }
}
