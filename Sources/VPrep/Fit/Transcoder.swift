internal import MediaIO
internal import ProviderRules

/// Encodes a clip anew: upright, square pixels, standard dynamic range, H.264 with AAC in MP4.
///
/// It owns every handle of one encoding run; `run()` uses it up.
struct Transcoder: ~Copyable {
  private var demuxer: Demuxer
  private var decoder: VideoDecoder
  private var preparer: PicturePreparer
  private var encoder: VideoEncoder
  private var controller: RateController
  private var nextControl = 0.0
  private let soundBudget: Double
  private var sound: SoundEncoding?
  private let muxer: Muxer
  private let videoStream: Int
  private let videoIndex: Int
  /// Start of the kept stretch on the streams' clock, and its end.
  private let start: Double
  private let end: Double
  private var encodedFrames = 0

  init(
    _ input: MediaInput, clip: ProbedClip, target: TranscodeTarget, window: TimeWindow?,
    limits: InputLimits, watchdog: Watchdog, path: String, file: String
  ) throws(MediaError) {
    let demuxer = try Demuxer(input, limits: limits, watchdog: watchdog)
    let video = try ClipProbe.requireVideo(demuxer)
    let decoder = try VideoDecoder(demuxer, limits: limits)
    let color = ColorDescription.output(for: clip)
    let controller = RateController(
      budget: target.videoBytes, duration: target.duration,
      profile: ComplexityProfile(
        times: clip.packetSizes.times, bytes: clip.packetSizes.bytes, start: window?.start ?? 0,
        duration: target.duration),
      pixelsPerSecond: Double(target.width * target.height) * clip.frameRate,
      keyInterval: VideoEncoderSettings.keyFrameInterval, quality: target.quality)
    let rates = controller.initial
    var settings = VideoEncoderSettings(
      width: target.width, height: target.height, frameRate: clip.frameRate,
      bitRate: Int(Double(target.videoBytes) * 8 / target.duration), quality: rates.quality,
      peakRate: rates.peakRate, bufferBits: rates.bufferBits, color: color)
    settings.threads = limits.threads
    let encoder = try VideoEncoder(settings, file: file)
    let muxer = try Muxer(path: path, file: file)
    let videoStream = try muxer.add(encoder)
    let start = clip.videoStart + (window?.start ?? 0)
    let end = clip.videoStart + (window?.end ?? .infinity)
    let sound = try SoundEncoding(
      demuxer, bitRate: target.audioBitRate, muxer: muxer, file: file, kept: start...end,
      origin: start)
    self.sound = sound
    self.start = start
    self.end = end
    preparer = PicturePreparer(
      orientation: video.orientation, width: target.width, height: target.height, color: color,
      file: file)
    videoIndex = video.index
    self.videoStream = videoStream
    self.controller = controller
    soundBudget = Double(target.audioBitRate) / 8
    self.demuxer = demuxer
    self.decoder = decoder
    self.encoder = encoder
    self.muxer = muxer
  }

  /// What an encode came to.
  struct Outcome {
    let frames: Int
    /// Mean quality, on x264's scale.
    let quality: Double
  }

  /// Encodes everything.
  consuming func run() throws(MediaError) -> Outcome {
    try muxer.begin()
    let packet = try ClipProbe.makePacket(file: demuxer.name)
    let audioIndex = demuxer.audio?.index
    while try demuxer.read(packet) {
      if packet.streamIndex == videoIndex {
        decoder.send(packet)
        try encodePictures()
      } else if packet.streamIndex == audioIndex {
        try sound?.encode(packet, to: muxer)
      }
    }
    decoder.sendEnd()
    try encodePictures()
    try encoder.finish(to: muxer, stream: videoStream)
    try sound?.finish(to: muxer)
    try muxer.finish()
    return Outcome(frames: encodedFrames, quality: controller.meanQuality)
  }

  private mutating func encodePictures() throws(MediaError) {
    while let frame = try decoder.receive() {
      let time = frame.time
      guard time >= start, time < end else { continue }
      steer(at: time - start)
      let picture = try preparer.prepare(frame)
      try encoder.encode(picture, at: time - start, to: muxer, stream: videoStream)
      encodedFrames += 1
    }
  }

  /// Tells the encoder every quarter of a second what is left to spend.
  ///
  /// Sound that took less or more than planned is the pictures' gain or loss.
  private mutating func steer(at time: Double) {
    guard time >= nextControl else { return }
    nextControl = time + 0.25
    let written = encoder.written
    let surplus = soundBudget * written.time - Double(sound?.byteCount ?? 0)
    let rates = controller.update(
      time: time,
      written: RateController.Written(
        time: written.time, bytes: written.bytes, keyBytes: written.keyBytes,
        keys: written.keys, lastKeyTime: written.lastKeyTime),
      surplus: surplus)
    encoder.setRates(
      quality: rates.quality, peakRate: rates.peakRate, bufferBits: rates.bufferBits)
  }
}

extension ColorDescription {
  /// What an encoded clip is tagged with: the source's own matrix, limited range; HDR becomes
  /// BT.709.
  static func output(for clip: ProbedClip) -> ColorDescription {
    let matrix: Matrix =
      clip.video.transfer.isHDR || max(clip.video.width, clip.video.height) >= 1280
      ? .bt709 : .bt601
    return ColorDescription(matrix: matrix, isFullRange: false, transfer: .standard)
  }
}
