internal import MediaIO
internal import Services

/// Encodes a clip: upright, square pixels, standard dynamic range, H.264 with AAC in MP4.
///
/// It owns every handle of one encoding run but the reader.
struct Transcoder: ~Copyable {
  private var preparer: PicturePreparer
  private var encoder: VideoEncoder
  private var controller: RateController
  private let audioBudget: Double
  private var audioEncoding: AudioEncoding?
  private let muxer: Muxer
  private let videoStream: Int
  /// Start of the kept window on the streams' clock, and its end.
  private let start: Double
  private let end: Double
  private var encodedFrames = 0
  private let samples: QualitySamples
  /// What was encoded last and when it is shown.
  private var lastPicture: PictureBuffer?
  private var lastTime = -Double.infinity
  /// Seconds that a frame is shown on average, and seconds of picture to write.
  private let frameInterval: Double
  private let duration: Double

  /// Encodes everything.
  ///
  /// - Parameter along: measures what is decoded.
  static func run(
    _ input: MediaInput, clip: ProbedClip, target: TranscodeTarget, window: TimeWindow?,
    limits: InputLimits, watchdog: Watchdog, to output: borrowing OutputFile,
    along: MeasuringAlong? = nil
  ) throws(MediaError) -> Outcome {
    var reader = try ClipReader(
      input, for: .fit, limits: limits, watchdog: watchdog, trustingHeader: true)
    var transcoder = try Transcoder(
      reader, clip: clip, target: target, window: window, limits: limits, to: output)
    let audioIndex = reader.audio?.index
    try along?.begin(reader)
    try reader.forEachFrame(
      ClipReader.Decoding(threads: clip.decodingThreads, includesAudio: false)
    ) {
      (packet) throws(MediaError) in
      guard packet.streamIndex == audioIndex else { return .decode }
      try transcoder.encodeAudio(packet)
      return .leaveOut
    } video: { (frame) throws(MediaError) in
      try along?.take(frame)
      try transcoder.encodePicture(frame)
      return .goOn
    }
    try along?.finish(reader)
    var outcome = try transcoder.finish()
    outcome.pictureSizes = PictureSizes(reader.runs)
    outcome.decodeErrors = reader.pictureErrors
    return outcome
  }

  /// When the first kept picture is shown, in seconds from the video's start.
  ///
  /// The output begins with it: an edit list that delays the first picture would be needed otherwise,
  /// and FFmpeg's demuxer then cuts the last one short.
  private static func firstTime(_ clip: ProbedClip, _ window: TimeWindow?) -> Double {
    guard let window else { return 0 }
    return clip.packetSizes.times.filter { $0 >= window.start }.min() ?? window.start
  }

  /// Codecs with inter prediction, which spend bytes where x264 does; Motion JPEG does not.
  private static let predictive: Set<CodecName> = [.h264, .hevc, .mpeg4, .vp8, .vp9, .av1]

  /// The source's bytes for as many pixels as the output will have; 0 if its bytes say nothing.
  private static func sourceBytes(_ clip: ProbedClip, _ target: TranscodeTarget) -> Double {
    guard predictive.contains(clip.video.codec) else { return 0 }
    let pixels = Double(clip.video.width * clip.video.height)
    let scale = min(1, Double(target.width * target.height) / max(pixels, 1))
    let kept = min(1, target.duration / max(clip.videoDuration, 0.04))
    return Double(clip.videoBytes) * scale * kept
  }

  /// What an encode came to.
  struct Outcome {
    let frames: Int
    /// Seconds from the first kept picture to the end of the kept window.
    let seconds: Double
    /// Mean quality, on x264's scale.
    let quality: Double
    /// Whether that quality was held throughout.
    let isConstant: Bool
    /// The sizes of the clip's pictures, of those that are not kept as well.
    var pictureSizes = PictureSizes()
    /// `nil` without an audio stream.
    let audioOutcome: AudioOutcome?
    /// Errors while decoding the pictures.
    var decodeErrors = 0
    /// Some of the pictures as they were encoded.
    let samples: QualitySamples
  }

  private mutating func encodeAudio(_ packet: borrowing Packet) throws(MediaError) {
    try audioEncoding?.encode(packet, to: muxer)
  }

  private mutating func encodePicture(_ frame: consuming VideoFrame) throws(MediaError) {
    // A sum of times may come out a rounding error later than the first picture's own.
    guard frame.time > start - VideoEncoder.tick / 2, frame.time < end else { return }
    let time = max(0, frame.time - start)
    // A picture at the time of the one before was shown for no time at all.
    guard time >= lastTime + VideoEncoder.tick else { return }
    steer()
    try encode(try preparer.prepare(frame), at: time)
  }

  private mutating func finish() throws(MediaError) -> Outcome {
    try holdLastPicture()
    try encoder.finish(to: muxer, stream: videoStream, end: duration)
    let heard = try audioEncoding?.finish(to: muxer)
    try muxer.finish()
    return Outcome(
      frames: encodedFrames, seconds: duration, quality: controller.meanQuality,
      isConstant: controller.isConstant, audioOutcome: heard, samples: samples)
  }

  private mutating func encode(
    _ picture: consuming PictureBuffer, at time: Double
  ) throws(MediaError) {
    samples.take(picture, number: encodedFrames, at: time)
    try encoder.encode(picture, at: time, to: muxer, stream: videoStream)
    encodedFrames += 1
    lastTime = time
    lastPicture = consume picture
  }

  /// Repeats the last frame if it is shown for longer than the others, because the encoder's packets
  /// do not say how long the last one is shown.
  private mutating func holdLastPicture() throws(MediaError) {
    guard duration - lastTime > 2 * frameInterval, let picture = lastPicture.take() else { return }
    try encode(picture, at: duration - frameInterval)
  }

  /// Gives the encoder the remaining budget.
  ///
  /// If the audio took less or more than planned, the video gets the difference.
  private mutating func steer() {
    let written = encoder.written
    let surplus = audioBudget * written.time - Double(audioEncoding?.byteCount ?? 0)
    let rates = controller.update(
      written: RateController.Written(
        time: written.time, bytes: written.bytes, keyBytes: written.keyBytes,
        keys: written.keys, lastKeyTime: written.lastKeyTime),
      surplus: surplus)
    encoder.setRates(
      quality: rates.quality, peakRate: rates.peakRate, bufferBits: rates.bufferBits)
  }
}

extension Transcoder {
  private init(
    _ reader: borrowing ClipReader, clip: ProbedClip, target: TranscodeTarget,
    window: TimeWindow?, limits: InputLimits, to output: borrowing OutputFile
  ) throws(MediaError) {
    let video = reader.video
    let color = video.color.encoded(
      from: (video.width, video.height), to: (target.width, target.height))
    let controller = RateController(
      budget: target.videoBytes,
      clip: RateController.Clip(
        duration: target.duration, pixels: Double(target.width * target.height),
        frameRate: clip.frameRate > 0 ? clip.frameRate : 30,
        keyInterval: VideoEncoderSettings.keyFrameInterval,
        delay: VideoEncoder.delay(threads: limits.threads),
        sourceBytes: Self.sourceBytes(clip, target)),
      profile: ComplexityProfile(
        times: clip.packetSizes.times, bytes: clip.packetSizes.bytes, start: window?.start ?? 0,
        duration: target.duration),
      start: target.startQuality, quality: target.quality)
    let rates = controller.initial
    var settings = VideoEncoderSettings(
      width: target.width, height: target.height, frameRate: clip.frameRate,
      quality: rates.quality, peakRate: rates.peakRate, bufferBits: rates.bufferBits, color: color)
    settings.threads = limits.threads
    let encoder = try VideoEncoder(settings, file: output.path)
    let muxer = try Muxer(output)
    let videoStream = try muxer.add(encoder)
    let first = Self.firstTime(clip, window)
    let start = clip.videoStart + first
    let end = clip.videoStart + (window?.end ?? .infinity)
    let audioEncoding = try AudioEncoding(
      reader.demuxer, bitRate: target.audioBitRate, muxer: muxer, file: output.path,
      longest: limits.seconds, kept: ClosedRange(from: start, to: end), origin: start)
    try muxer.begin()
    let preparer = PicturePreparer(
      orientation: video.orientation, width: target.width, height: target.height,
      color: color, file: output.path)
    let duration = min(window?.end ?? .infinity, clip.videoDuration) - first
    self.init(
      preparer: preparer, encoder: encoder, controller: controller,
      audioBudget: Double(target.audioBitRate) / 8, audioEncoding: audioEncoding, muxer: muxer,
      videoStream: videoStream, start: start, end: end, samples: QualitySamples(duration: duration),
      frameInterval: clip.frameRate > 0 ? 1 / clip.frameRate : 0.04, duration: duration)
  }
}
