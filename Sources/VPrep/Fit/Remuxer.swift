internal import MediaIO

/// Copies the video packets of a clip into an MP4, without other streams.
///
/// The audio is copied too, or encoded if the service does not accept its codec. Recompressed video
/// can harm a liveness check; recompressed audio hardly does.
struct Remuxer: ~Copyable {
  private let muxer: Muxer
  private let video: VideoStreamInfo
  private let audio: AudioStreamInfo?
  private let videoStream: Int
  private let audioStream: Int?
  private var audioEncoding: AudioEncoding?
  private let offset: Double
  private let pictures: PictureCopy
  private let filter: UserDataFilter?
  /// How long a picture stays whose packet does not tell.
  private let step: Ticks
  /// When the last picture begins and ends to be shown; `nil` where packets do not tell.
  private let end: (begin: Ticks, end: Ticks)?
  private var ledger: CopyLedger
  private var heard = AudioSpan()
  /// Packets of the pictures that were read.
  private var count = 0

  /// Seconds of hidden audio in front of the first that is heard: what a decoder needs to get into
  /// step, and an encoder's priming, at most 2112 samples of HE-AAC at 44.1 kHz.
  static let priming = 0.06

  /// What a copy came to.
  struct Outcome {
    /// What was copied; `nil` where anything was encoded, which only decoding can check.
    let ledger: CopyLedger?
    /// On the clock of the clip; `nil` without an audio stream.
    let audioOutcome: AudioOutcome?
  }

  /// - Parameter audioBitRate: bits per second for new audio; `nil` copies the audio.
  static func run(
    _ input: MediaInput, clip: ProbedClip, pictures: PictureCopy, audioBitRate: Int?,
    limits: InputLimits, watchdog: Watchdog, to output: borrowing OutputFile
  ) throws(MediaError) -> Outcome {
    var reader = try ClipReader(
      input, for: .fit, limits: limits, watchdog: watchdog, trustingHeader: true)
    var remuxer = try Remuxer(
      reader, clip: clip, pictures: pictures, audioBitRate: audioBitRate, limits: limits,
      to: output)
    try reader.forEachPacket { (packet) throws(MediaError) in
      try remuxer.take(packet)
      return .goOn
    }
    return try remuxer.finish()
  }

  private mutating func take(_ packet: borrowing Packet) throws(MediaError) {
    if packet.streamIndex == video.index {
      count += 1
      // An edit list hides all that follow; the copy's own would not.
      guard count <= pictures.count else { return }
      // Only the last one's counts, and no other may seem to last longer: they last until the next.
      if let end, let shown = packet.presentationTime {
        let stays = packet.duration > 0 && shown < end.begin ? packet.duration : end.end - end.begin
        packet.setDuration(max(min(stays, end.end - shown), 1))
      } else if packet.duration == 0 {
        packet.setDuration(step)
      }
      try filter?.clean(packet, file: muxer.file)
      ledger.noteVideo(packet, timeBase: video.timeBase, offset: offset)
      try muxer.write(packet, stream: videoStream, timeBase: video.timeBase)
    } else if let audio, packet.streamIndex == audio.index {
      if let audioStream {
        guard !isHidden(packet, audio) else { return }
        ledger.noteAudio(packet, timeBase: audio.timeBase, offset: offset)
        heard.add(packet, audio.timeBase)
        try muxer.write(packet, stream: audioStream, timeBase: audio.timeBase)
      } else {
        try audioEncoding?.encode(packet, to: muxer)
      }
    }
  }

  /// Whether an edit list hides an audio block and no decoder needs it.
  private func isHidden(_ packet: borrowing Packet, _ audio: AudioStreamInfo) -> Bool {
    guard packet.isDiscarded, let start = packet.presentationTime else { return false }
    return (start + packet.duration).seconds(audio.timeBase) + offset <= -Self.priming
  }

  private mutating func finish() throws(MediaError) -> Outcome {
    var outcome = try audioEncoding?.finish(to: muxer)
    try muxer.finish()
    if audioStream != nil { outcome = .copied(heard, isWindow: false) }
    return Outcome(ledger: audioEncoding == nil ? ledger : nil, audioOutcome: outcome)
  }
}

extension Remuxer {
  private init(
    _ reader: borrowing ClipReader, clip: ProbedClip, pictures: PictureCopy, audioBitRate: Int?,
    limits: InputLimits, to output: borrowing OutputFile
  ) throws(MediaError) {
    let video = reader.video
    // Recorders that start their clock late would leave the copy with seconds of nothing; pictures
    // before time zero would be hidden by an edit list.
    let offset = -max(reader.demuxer.startTime, min(clip.videoStart, 0))
    let muxer = try Muxer(output, offset: offset)
    var ledger = CopyLedger(reader.demuxer)
    let videoStream = try pictures.addStream(to: muxer, from: reader.demuxer, video, &ledger)
    var audioStream: Int?
    var audioEncoding: AudioEncoding?
    if let audioBitRate {
      audioEncoding = try AudioEncoding(
        reader.demuxer, bitRate: audioBitRate, muxer: muxer, file: output.path,
        longest: limits.seconds)
    } else if let audio = reader.audio {
      audioStream = try muxer.addCopy(of: audio.index, from: reader.demuxer)
    }
    try muxer.begin()
    let end = clip.packets.lastShown.flatMap {
      $0.duration > 0 ? (begin: $0.shown, end: $0.shown + $0.duration) : nil
    }
    self.init(
      muxer: muxer, video: video, audio: reader.audio, videoStream: videoStream,
      audioStream: audioStream, audioEncoding: audioEncoding, offset: offset, pictures: pictures,
      filter: pictures.filter(reader.demuxer), step: clip.step, end: end, ledger: ledger)
  }
}
