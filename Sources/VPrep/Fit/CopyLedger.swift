internal import MediaIO

/// What was copied into an output: a digest and the time of every packet.
struct CopyLedger: Sendable {
  struct Entry: Sendable {
    let digest: UInt64
    /// When it is seen or heard, in seconds of the output; `nil` where the source does not tell.
    let time: Double?
    /// Whether an edit list hides what it decodes to.
    let isHidden: Bool
  }

  private(set) var video: [Entry] = []
  private(set) var audio: [Entry] = []
  /// What decoders are told before the first packet.
  private(set) var headers: Headers

  /// The codecs' own headers of both tracks; empty where a codec has none.
  struct Headers: Equatable, Sendable {
    var video: [UInt8]
    let audio: [UInt8]

    init(_ demuxer: borrowing Demuxer) {
      video = demuxer.video.map { demuxer.codecHeader($0.index) } ?? []
      audio = demuxer.audio.map { demuxer.codecHeader($0.index) } ?? []
    }
  }

  init(_ demuxer: borrowing Demuxer) {
    headers = Headers(demuxer)
  }

  /// Notes a header that takes the place of the source's.
  mutating func noteVideoHeader(_ header: [UInt8]) { headers.video = header }

  /// Notes a packet that is about to be written; its times are those of the output but for `offset`.
  mutating func noteVideo(_ packet: borrowing Packet, timeBase: Rational, offset: Double = 0) {
    video.append(Self.entry(packet, timeBase, offset))
  }

  mutating func noteAudio(_ packet: borrowing Packet, timeBase: Rational, offset: Double = 0) {
    audio.append(Self.entry(packet, timeBase, offset))
  }

  static func entry(
    _ packet: borrowing Packet, _ timeBase: Rational, _ offset: Double
  ) -> Entry {
    Entry(
      digest: packet.digest,
      time: packet.presentationTime.map { $0.seconds(timeBase) + offset },
      isHidden: packet.isDiscarded)
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
    guard (audio == nil) == ledger.audio.isEmpty, reader.demuxer.others.isEmpty,
      Self.agrees(CopyLedger.Headers(reader.demuxer), ledger)
    else { return nil }
    var scan = PacketScan(reader, limits: limits)
    var (pictures, blocks, isCopy) = (0, 0, true)
    try reader.forEachPacket { (packet) throws(MediaError) in
      try scan.note(packet)
      if packet.streamIndex == video.index {
        // Of audio the priming before the first block is hidden in some containers and not in others.
        isCopy =
          Self.agrees(packet, video.timeBase, ledger.video, pictures)
          && ledger.video[pictures].isHidden == packet.isDiscarded
        pictures += 1
      } else if let audio, packet.streamIndex == audio.index {
        isCopy = Self.agrees(packet, audio.timeBase, ledger.audio, blocks)
        blocks += 1
      }
      return isCopy ? .goOn : .stop
    }
    guard isCopy, pictures == ledger.video.count, blocks == ledger.audio.count, pictures > 0,
      scan.damagedPackets == 0, !reader.demuxer.endedEarly,
      scan.pictures.count == expected.pictures,
      abs(scan.pictures.duration - expected.seconds) <= expected.frameInterval + 2 * Self.rounding
    else { return nil }
    return ProbedClip(
      reader, scan: scan, byteCount: input.byteCount, frames: scan.pictures.count,
      decodeErrors: 0, isDecoded: false)
  }

  /// A window that no sound reaches has no track for it.
  private static func agrees(_ found: CopyLedger.Headers, _ ledger: CopyLedger) -> Bool {
    found.video == ledger.headers.video
      && (ledger.audio.isEmpty || found.audio == ledger.headers.audio)
  }

  private static func agrees(
    _ packet: borrowing Packet, _ timeBase: Rational, _ entries: [CopyLedger.Entry], _ index: Int
  ) -> Bool {
    guard index < entries.count else { return false }
    let found = CopyLedger.entry(packet, timeBase, 0)
    guard found.digest == entries[index].digest, let time = found.time,
      let wanted = entries[index].time
    else { return false }
    return abs(time - wanted) <= rounding
  }
}
