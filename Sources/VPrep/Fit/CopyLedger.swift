internal import MediaIO

/// What was copied into an output: a digest and the time of every packet.
struct CopyLedger: Sendable {
  struct Entry: Sendable {
    /// Of what the packet holds; `nil` where that cannot be compared.
    let digest: UInt64?
    /// When it is seen or heard, in seconds of the output; `nil` where the source does not tell.
    let time: Double?
    /// Whether an edit list hides what it decodes to.
    let isHidden: Bool
  }

  private(set) var video: [Entry] = []
  private(set) var audio: [Entry] = []
  /// The packets of both tracks, and what decoders are told before them.
  private var contents: Contents

  /// What two tracks hold.
  private struct Contents: Sendable {
    var video: PacketContent
    var audio: PacketContent
  }

  /// What is read from a clip.
  init(_ demuxer: borrowing Demuxer) {
    contents = Contents(
      video: PacketContent(videoOf: demuxer), audio: PacketContent(audioOf: demuxer))
  }

  /// What is read back from a copy of `source`.
  init(_ demuxer: borrowing Demuxer, copying source: CopyLedger) {
    contents = Contents(
      video: PacketContent(videoOf: demuxer, source.contents.video.comparison),
      audio: PacketContent(audioOf: demuxer, source.contents.audio.comparison))
  }

  /// Notes a header that takes the place of the source's.
  mutating func noteVideoHeader(_ header: [UInt8]) { contents.video.setHeader(header) }

  /// Notes a packet that is about to be written; its times are those of the output but for `offset`.
  mutating func noteVideo(_ packet: borrowing Packet, timeBase: Rational, offset: Double = 0) {
    video.append(Self.entry(packet, &contents.video, timeBase, offset))
  }

  mutating func noteAudio(_ packet: borrowing Packet, timeBase: Rational, offset: Double = 0) {
    audio.append(Self.entry(packet, &contents.audio, timeBase, offset))
  }

  private static func entry(
    _ packet: borrowing Packet, _ content: inout PacketContent, _ timeBase: Rational,
    _ offset: Double
  ) -> Entry {
    Entry(
      digest: content.digest(packet),
      time: packet.presentationTime.map { $0.seconds(timeBase) + offset },
      isHidden: packet.isDiscarded)
  }

  /// Whether decoders are told the same; a window that no sound reaches has no track for it.
  func hasHeaders(of source: CopyLedger) -> Bool {
    contents.video.header == source.contents.video.header && !contents.video.header.isEmpty
      && (source.audio.isEmpty || contents.audio.header == source.contents.audio.header)
  }
}

/// Compares an output with what was meant to be copied into it, and with what the source shows.
///
/// Packets that are the source's, byte for byte and at their times, behind the source's headers decode
/// to what the source's decode to. Where the source was decoded without a complaint, reading the output
/// back is enough: decoding it would only repeat that.
struct CopyVerifier {
  let limits: InputLimits
  let watchdog: Watchdog

  /// Seconds by which times may differ: containers round to their own clocks.
  private static let rounding = 0.0011

  /// What the source shows on the window that was copied.
  struct Expectation {
    let pictures: Int
    /// Seconds from the first shown picture to the end of the last.
    let seconds: Double
    /// Seconds that one picture is shown.
    let frameInterval: Double
  }

  /// The output as it was read back; `nil` where it is not the copy that was meant, be it because the
  /// container changes the form of the packets or because something went wrong.
  func run(
    _ input: MediaInput, _ ledger: CopyLedger, _ expected: Expectation
  ) throws(MediaError) -> ProbedClip? {
    var reader = try ClipReader(
      input, for: .verify, limits: limits, watchdog: watchdog, trustingHeader: true)
    let (video, audio) = (reader.video, reader.audio)
    var found = CopyLedger(reader.demuxer, copying: ledger)
    guard (audio == nil) == ledger.audio.isEmpty, reader.demuxer.others.isEmpty,
      found.hasHeaders(of: ledger)
    else { return nil }
    var scan = PacketScan(reader, limits: limits)
    var isCopy = true
    try reader.forEachPacket { (packet) throws(MediaError) in
      try scan.note(packet)
      if packet.streamIndex == video.index {
        found.noteVideo(packet, timeBase: video.timeBase)
        // Of audio the priming before the first block is hidden in some containers and not in others.
        isCopy =
          Self.agrees(found.video, ledger.video)
          && ledger.video[found.video.count - 1].isHidden == packet.isDiscarded
      } else if let audio, packet.streamIndex == audio.index {
        found.noteAudio(packet, timeBase: audio.timeBase)
        isCopy = Self.agrees(found.audio, ledger.audio)
      }
      return isCopy ? .goOn : .stop
    }
    guard isCopy, found.video.count == ledger.video.count,
      found.audio.count == ledger.audio.count, !found.video.isEmpty,
      scan.damagedPackets == 0, !reader.demuxer.endedEarly,
      scan.pictures.count == expected.pictures,
      abs(scan.pictures.duration - expected.seconds) <= expected.frameInterval + 2 * Self.rounding
    else { return nil }
    return ProbedClip(
      reader, scan: scan, byteCount: input.byteCount, frames: scan.pictures.count,
      decodeErrors: 0, isDecoded: false)
  }

  /// Whether the last entry that was found is the one that was meant.
  private static func agrees(_ found: [CopyLedger.Entry], _ wanted: [CopyLedger.Entry]) -> Bool {
    guard let last = found.last, found.count <= wanted.count else { return false }
    let meant = wanted[found.count - 1]
    guard let digest = last.digest, digest == meant.digest, let time = last.time,
      let due = meant.time
    else { return false }
    return abs(time - due) <= rounding
  }
}
