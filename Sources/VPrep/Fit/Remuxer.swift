internal import MediaIO

/// Copies the pictures of a clip into an MP4 as they are; foreign streams stay behind.
///
/// The sound is copied too, or encoded anew where only its codec stands in the way: recompressed
/// pictures can hurt a liveness check, recompressed sound hardly does.
struct Remuxer: ~Copyable {
  private var demuxer: Demuxer
  private let muxer: Muxer
  private let video: VideoStreamInfo
  private let videoStream: Int
  private let audioStream: Int?
  private var sound: SoundEncoding?
  private let offset: Double
  private var ledger: CopyLedger

  /// - Parameter soundBitRate: bits a second for new sound; `nil` copies the sound.
  init(
    _ input: MediaInput, soundBitRate: Int?, limits: InputLimits, watchdog: Watchdog,
    path: String, file: String
  ) throws(MediaError) {
    watchdog.begin(.fit)
    let demuxer = try Demuxer(input, limits: limits, watchdog: watchdog, trustingHeader: true)
    let video = try ClipProbe.requireVideo(demuxer)
    // Recorders that start their clock late would leave the copy with seconds of nothing.
    let offset = -max(demuxer.startTime, 0)
    let muxer = try Muxer(path: path, file: file, offset: offset)
    let videoStream = try muxer.addCopy(of: video.index, from: demuxer)
    var audioStream: Int?
    var sound: SoundEncoding?
    if let soundBitRate {
      sound = try SoundEncoding(demuxer, bitRate: soundBitRate, muxer: muxer, file: file)
    } else if let audio = demuxer.audio {
      audioStream = try muxer.addCopy(of: audio.index, from: demuxer)
    }
    ledger = CopyLedger(demuxer)
    self.sound = sound
    self.offset = offset
    self.demuxer = demuxer
    self.muxer = muxer
    self.video = video
    self.videoStream = videoStream
    self.audioStream = audioStream
  }

  /// What was copied; `nil` where sound was encoded, which only decoding can check.
  consuming func run() throws(MediaError) -> CopyLedger? {
    try muxer.begin()
    let packet = try ClipProbe.makePacket(file: demuxer.name)
    let audio = demuxer.audio
    while try demuxer.read(packet) {
      if packet.streamIndex == video.index {
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
    try sound?.finish(to: muxer)
    try muxer.finish()
    return sound == nil ? ledger : nil
  }
}
