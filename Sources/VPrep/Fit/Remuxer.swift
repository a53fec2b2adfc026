internal import MediaIO

/// Copies the pictures of a clip into an MP4 as they are; foreign streams stay behind.
///
/// The sound is copied too, or encoded anew where only its codec stands in the way: recompressed
/// pictures can hurt a liveness check, recompressed sound hardly does.
struct Remuxer: ~Copyable {
  private let muxer: Muxer
  private let video: VideoStreamInfo
  private let audio: AudioStreamInfo?
  private let videoStream: Int
  private let audioStream: Int?
  private var sound: SoundEncoding?
  private let offset: Double
  /// How long a picture stays whose packet does not tell.
  private let step: Ticks
  private var ledger: CopyLedger

  /// What was copied; `nil` where sound was encoded, which only decoding can check.
  ///
  /// - Parameter soundBitRate: bits a second for new sound; `nil` copies the sound.
  static func run(
    _ input: MediaInput, clip: ProbedClip, soundBitRate: Int?, limits: InputLimits,
    watchdog: Watchdog,
    path: String, file: String
  ) throws(MediaError) -> CopyLedger? {
    var reader = try ClipReader(
      input, for: .fit, limits: limits, watchdog: watchdog, trustingHeader: true)
    var remuxer = try Remuxer(
      reader, clip: clip, soundBitRate: soundBitRate, path: path, file: file)
    try reader.forEachPacket { (packet) throws(MediaError) in
      try remuxer.take(packet)
      return .goOn
    }
    return try remuxer.finish()
  }

  private init(
    _ reader: borrowing ClipReader, clip: ProbedClip, soundBitRate: Int?, path: String, file: String
  ) throws(MediaError) {
    let video = reader.video
    // Recorders that start their clock late would leave the copy with seconds of nothing; pictures
    // before time zero would be hidden by an edit list.
    let offset = -max(reader.demuxer.startTime, min(clip.videoStart, 0))
    let muxer = try Muxer(path: path, file: file, offset: offset)
    let videoStream = try muxer.addCopy(of: video.index, from: reader.demuxer)
    var audioStream: Int?
    var sound: SoundEncoding?
    if let soundBitRate {
      sound = try SoundEncoding(reader.demuxer, bitRate: soundBitRate, muxer: muxer, file: file)
    } else if let audio = reader.audio {
      audioStream = try muxer.addCopy(of: audio.index, from: reader.demuxer)
    }
    try muxer.begin()
    ledger = CopyLedger(reader.demuxer)
    audio = reader.audio
    self.sound = sound
    self.offset = offset
    step = clip.step
    self.muxer = muxer
    self.video = video
    self.videoStream = videoStream
    self.audioStream = audioStream
  }

  private mutating func take(_ packet: borrowing Packet) throws(MediaError) {
    if packet.streamIndex == video.index {
      // Only the last one's counts: the others last until the next.
      if packet.duration == 0 { packet.setDuration(step) }
      ledger.noteVideo(packet, timeBase: video.timeBase, offset: offset)
      try muxer.write(packet, stream: videoStream, timeBase: video.timeBase)
    } else if let audio, packet.streamIndex == audio.index {
      if let audioStream {
        ledger.noteAudio(packet, timeBase: audio.timeBase, offset: offset)
        try muxer.write(packet, stream: audioStream, timeBase: audio.timeBase)
      } else {
        try sound?.encode(packet, to: muxer)
      }
    }
  }

  private consuming func finish() throws(MediaError) -> CopyLedger? {
    try sound?.finish(to: muxer)
    try muxer.finish()
    return sound == nil ? ledger : nil
  }
}
