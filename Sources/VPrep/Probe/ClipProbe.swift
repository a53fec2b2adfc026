internal import MediaIO

/// Finds out what a clip is, reading no more of it than needed.
///
/// A plain phone's clip is known from its header and its index, once every packet's own lengths agree
/// with them. Otherwise the packets are walked, because headers lie about duration and frame count,
/// and pictures are decoded until the first one stands, or all of them where packets and frames are
/// not the same thing: damaged streams, and containers or codecs whose packets may hide or split
/// pictures.
struct ClipProbe {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog

  /// - Parameter walkingPackets: reads every packet in any case: the index does not tell where a copy
  ///   may begin (`ProbedClip.packets`).
  func run(walkingPackets: Bool = false) throws(MediaError) -> ProbedClip {
    var demuxer = try Demuxer(
      input, limits: limits, watchdog: watchdog, trustingHeader: true)
    let video = try Self.requireVideo(demuxer)
    if !walkingPackets, let clip = try readIndex(demuxer, video) { return clip }
    var survey = ContentSurvey(demuxer, video: video, limits: limits)
    // One picture is wanted; a second thread would decode further ones.
    var decoder = try VideoDecoder(demuxer, limits: limits, threads: 1)
    let packet = try Self.makePacket(file: demuxer.name)
    while try demuxer.read(packet) {
      try survey.note(packet)
      if packet.streamIndex == video.index, decoder.frames == 0 {
        decoder.send(packet)
        _ = try decoder.receive()
      }
    }
    if decoder.frames == 0 {
      decoder.sendEnd()
      _ = try decoder.receive()
    }
    guard decoder.frames > 0 else { throw Self.noFrames(demuxer.name) }
    var frames = survey.shownFrames
    var errors = 0
    if !Self.packetsAreFrames(demuxer, survey) {
      (frames, errors) = try countByDecoding()
    }
    return ProbedClip(
      demuxer, video: video, survey: survey, byteCount: input.byteCount, frames: frames,
      decodeErrors: errors, isDecoded: false)
  }

  /// What the index of a trusted container says; `nil` where it says too little or the header's
  /// duration is not its own.
  private func readIndex(
    _ demuxer: borrowing Demuxer, _ video: VideoStreamInfo
  ) throws(MediaError) -> ProbedClip? {
    guard demuxer.isTrusted else { return nil }
    var survey = ContentSurvey(demuxer, video: video, limits: limits)
    guard try survey.noteIndex(demuxer, input) else { return nil }
    let clip = ProbedClip(
      demuxer, video: video, survey: survey, byteCount: input.byteCount,
      frames: survey.shownFrames, decodeErrors: 0, isDecoded: false)
    // The last block of sound may last longer than the others, which the index does not tell.
    return clip.durationSource == .header ? clip : nil
  }

  /// Whether each shown packet is one frame, so that counting packets counts frames.
  private static func packetsAreFrames(
    _ demuxer: borrowing Demuxer, _ survey: ContentSurvey
  ) -> Bool {
    guard survey.damagedPackets == 0, !demuxer.endedEarly, survey.startsWithKeyFrame else {
      return false
    }
    let codec = demuxer.video?.codec ?? ""
    switch demuxer.container {
    case "mp4", "mov", "3gp", "flv", "matroska":
      return ["h264", "hevc", "av1", "vp9", "mpeg4", "mjpeg", "h263"].contains(codec)
    case "webm":
      return ["vp9", "av1"].contains(codec)
    default:
      return false
    }
  }

  private func countByDecoding() throws(MediaError) -> (frames: Int, errors: Int) {
    var demuxer = try Demuxer(input, limits: limits, watchdog: watchdog)
    let video = try Self.requireVideo(demuxer)
    var decoder = try VideoDecoder(demuxer, limits: limits)
    var sound = try? AudioDecoder(demuxer)
    let packet = try Self.makePacket(file: demuxer.name)
    while try demuxer.read(packet) {
      if packet.streamIndex == video.index {
        decoder.send(packet)
        while try decoder.receive() != nil {}
      } else if packet.streamIndex == demuxer.audio?.index {
        sound?.send(packet)
        while sound?.receive() == true {}
      }
    }
    decoder.sendEnd()
    while try decoder.receive() != nil {}
    sound?.sendEnd()
    while sound?.receive() == true {}
    return (decoder.frames, decoder.errors + (sound?.errors ?? 0))
  }

  static func requireVideo(_ demuxer: borrowing Demuxer) throws(MediaError) -> VideoStreamInfo {
    guard let video = demuxer.video else {
      let detail = demuxer.audio == nil ? "there is no video in it" : "there is only sound in it"
      throw MediaError(
        .open, file: demuxer.name, cause: .noVideo, detail: detail,
        advice: "Give a clip with a picture.")
    }
    return video
  }

  static func makePacket(file: String) throws(MediaError) -> Packet {
    guard let packet = Packet() else {
      throw MediaError(.demux, file: file, cause: .library, detail: "out of memory")
    }
    return packet
  }

  static func noFrames(_ file: String) -> MediaError {
    MediaError(
      .decode, file: file, cause: .noVideo, detail: "no frame of the video can be decoded",
      advice: "The file is damaged or incomplete; record the clip again.")
  }
}
