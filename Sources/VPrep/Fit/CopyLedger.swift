internal import MediaIO

/// What was copied into an output: a digest and the time of every packet.
struct CopyLedger: Sendable {
  struct Entry: Sendable {
    let digest: UInt64
    /// When it is seen or heard, in seconds of the output; `nil` where the source does not tell.
    let time: Double?
  }

  private(set) var video: [Entry] = []
  private(set) var audio: [Entry] = []
  /// What decoders are told before the first packet.
  let headers: Headers

  /// The codecs' own headers of both tracks; empty where a codec has none.
  struct Headers: Equatable, Sendable {
    let video: [UInt8]
    let audio: [UInt8]

    init(_ demuxer: borrowing Demuxer) {
      video = demuxer.video.map { demuxer.codecHeader($0.index) } ?? []
      audio = demuxer.audio.map { demuxer.codecHeader($0.index) } ?? []
    }
  }

  init(_ demuxer: borrowing Demuxer) {
    headers = Headers(demuxer)
  }

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
      time: packet.presentationTime.map { $0.seconds(timeBase) + offset })
  }
}

/// Compares an output with what was meant to be copied into it.
///
/// Packets that are the source's, byte for byte and at their times, behind the source's headers decode
/// to what the source's decode to: reading the output back is enough, decoding it would only repeat
/// the source's.
struct CopyVerifier {
  let limits: InputLimits
  let watchdog: Watchdog

  /// Seconds by which times may differ: containers round to their own clocks.
  private static let rounding = 0.0011

  /// The output as it was read back; `nil` where it is not the copy that was meant, be it because the
  /// container changes the form of the packets or because something went wrong.
  func run(_ path: String, _ ledger: CopyLedger) throws(MediaError) -> ProbedClip? {
    let input = try MediaInput(.file(path), limits: limits)
    var reader = try ClipReader(
      input, for: .verify, limits: limits, watchdog: watchdog, trustingHeader: true)
    let (video, audio) = (reader.video, reader.audio)
    guard (audio == nil) == ledger.audio.isEmpty, reader.demuxer.others.isEmpty,
      Self.agrees(CopyLedger.Headers(reader.demuxer), ledger)
    else { return nil }
    var survey = ContentSurvey(reader, limits: limits)
    var (pictures, blocks, isCopy) = (0, 0, true)
    try reader.forEachPacket { (packet) throws(MediaError) in
      try survey.note(packet)
      if packet.streamIndex == video.index {
        isCopy = Self.agrees(packet, video.timeBase, ledger.video, pictures)
        pictures += 1
      } else if let audio, packet.streamIndex == audio.index {
        isCopy = Self.agrees(packet, audio.timeBase, ledger.audio, blocks)
        blocks += 1
      }
      return isCopy ? .goOn : .stop
    }
    guard isCopy, pictures == ledger.video.count, blocks == ledger.audio.count, pictures > 0,
      survey.damagedPackets == 0, !reader.demuxer.endedEarly
    else { return nil }
    return ProbedClip(
      reader, survey: survey, byteCount: input.byteCount, frames: survey.shownFrames,
      decodeErrors: 0, isDecoded: false)
  }

  /// A stretch that no sound reaches has no track for it.
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
