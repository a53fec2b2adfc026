internal import MediaIO

/// Copies picture and sound of a clip into an MP4 as they are; foreign streams stay behind.
struct Remuxer {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog

  func run(to path: String, file: String) throws(MediaError) {
    var demuxer = try Demuxer(input, limits: limits, watchdog: watchdog)
    let video = try ClipProbe.requireVideo(demuxer)
    let muxer = try Muxer(path: path, file: file)
    let videoStream = try muxer.addCopy(of: video.index, from: demuxer)
    var audioStream: Int?
    if let audio = demuxer.audio {
      audioStream = try muxer.addCopy(of: audio.index, from: demuxer)
    }
    try muxer.begin()
    let packet = try ClipProbe.makePacket(file: demuxer.name)
    while try demuxer.read(packet) {
      if packet.streamIndex == video.index {
        try muxer.write(packet, stream: videoStream, timeBase: video.timeBase)
      } else if let audio = demuxer.audio, let audioStream, packet.streamIndex == audio.index {
        try muxer.write(packet, stream: audioStream, timeBase: audio.timeBase)
      }
    }
    try muxer.finish()
  }
}
