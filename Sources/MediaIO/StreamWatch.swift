internal import CFFmpeg

/// What a walk over all packets tells about the streams' own contents: whether a decoder is told
/// something new on the way, and whether the pictures carry user data.
///
/// One description stands in front of a copied track. A stream whose description changes cannot be
/// copied behind it.
package struct StreamWatch: Sendable {
  /// What was found so far.
  package struct Findings: Sendable, Equatable {
    /// Whether the pictures change their description: another header, other parameter sets.
    package var videoChanges = false
    /// Whether the sound changes its description.
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
  }

  private var video: Stream?
  private var audio: Stream?
  private var pictures: PictureUnits?

  package init(_ demuxer: borrowing Demuxer) {
    video = demuxer.video.map { Stream(index: $0.index, header: demuxer.codecHeader($0.index)) }
    audio = demuxer.audio.map { Stream(index: $0.index, header: demuxer.codecHeader($0.index)) }
    pictures = PictureUnits(demuxer)
  }

  /// Takes one packet of any stream.
  package mutating func note(_ packet: borrowing Packet) {
    if packet.streamIndex == video?.index {
      if let header = video?.header, packet.changesDescription(from: header) {
        video?.isChanged = true
      }
      pictures?.note(packet)
    } else if let header = audio?.header, packet.streamIndex == audio?.index,
      packet.changesDescription(from: header)
    {
      audio?.isChanged = true
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

extension Packet {
  /// Whether the container describes the stream anew with this packet.
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
