internal import MediaIO

/// How the coded pictures of a clip go into a copy.
struct PictureCopy: Sendable {
  /// Packets from the clip's first one on that hold all that is shown; an edit list hides the others.
  let count: Int
  /// Whether parameter sets stand in the packets.
  let setsAreInBand: Bool
  /// Whether user data that may identify is left out.
  let dropsUserData: Bool

  init(_ clip: ProbedClip, keepsMetadata: Bool) {
    count = clip.packets.shownPrefix
    setsAreInBand = clip.contents.setsAreInBand
    dropsUserData = clip.contents.holdsUserData && !keepsMetadata
  }

  /// What cleans the packets; `nil` where they stay as they are.
  func filter(_ demuxer: borrowing Demuxer) -> UserDataFilter? {
    dropsUserData ? UserDataFilter(demuxer) : nil
  }

  /// Adds the clip's pictures to a copy, their header cleaned where the packets are.
  func addStream(
    to muxer: borrowing Muxer, from demuxer: borrowing Demuxer, _ video: VideoStreamInfo,
    _ ledger: inout CopyLedger
  ) throws(MediaError) -> Int {
    let stream = try muxer.addCopy(
      of: video.index, from: demuxer, setsAreInBand: setsAreInBand)
    guard let filter = filter(demuxer) else { return stream }
    let header = demuxer.codecHeader(video.index)
    let cleaned = filter.cleaned(header: header)
    if cleaned != header {
      try muxer.setHeader(cleaned, stream: stream)
      ledger.noteVideoHeader(cleaned)
    }
    return stream
  }
}
