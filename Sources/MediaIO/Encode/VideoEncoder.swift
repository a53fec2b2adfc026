internal import CFFmpeg

/// What the video encoder is asked for.
package struct VideoEncoderSettings: Sendable, Equatable {
  /// Size in pixels; both even.
  package var width: Int
  package var height: Int
  /// Mean frames per second: a hint for rate control, timestamps are kept as they are.
  package var frameRate: Double
  /// x264's constant rate factor: 0 is lossless, 51 the worst.
  package var quality: Double
  /// Bits per second, at most.
  package var peakRate: Int
  /// How far the peak may be exceeded, in bits.
  package var bufferBits: Int
  /// Longest distance between key frames in seconds.
  ///
  /// x264's own default is 250 frames. Who checks a clip reads it from the start, and each key frame
  /// costs as much as five other pictures.
  package static let keyFrameInterval = 10.0
  /// What the clip is tagged with; the pictures are prepared to match.
  package var color: ColorDescription
  /// x264's preset; slower ones look better at the same size.
  package var preset: String = "veryfast"
  /// Threads that encode.
  package var threads = 2
  /// FFmpeg's name of the encoder; another one than `VideoEncoder.name` is for tests alone.
  package var encoder = VideoEncoder.name

  package init(
    width: Int, height: Int, frameRate: Double, quality: Double, peakRate: Int, bufferBits: Int,
    color: ColorDescription
  ) {
    self.width = width
    self.height = height
    self.frameRate = frameRate
    self.quality = quality
    self.peakRate = peakRate
    self.bufferBits = bufferBits
    self.color = color
  }
}

/// Owner of a video encoder.
@safe package struct VideoEncoder: ~Copyable {
  let context: UnsafeMutablePointer<AVCodecContext>
  private let packet: Packet
  /// The packet before, which is written when it is known how long it lasts.
  private let held: Packet
  private var holds = false
  private let file: String
  /// How long a picture is shown on average.
  private let frameTicks: Ticks
  /// Presentation times are written in this time base: fine enough for every camera clock.
  static let timeBase = Rational(1, 90_000)
  /// The shortest time between two pictures in seconds.
  package static let tick = timeBase.value

  /// What was written so far.
  package private(set) var written = Written()

  /// Sizes and times of the packets that left the encoder.
  package struct Written: Sendable {
    /// Decoding time of the last packet in seconds.
    package var time = 0.0
    package var bytes = 0
    /// Bytes of key frames.
    package var keyBytes = 0
    package var keys = 0
    /// Presentation time of the last key frame in seconds.
    package var lastKeyTime = 0.0

    mutating func note(bytes: Int, isKey: Bool, decoded: Double, shown: Double) {
      self.bytes += bytes
      time = max(time, decoded)
      guard isKey else { return }
      keys += 1
      keyBytes += bytes
      lastKeyTime = shown
    }
  }

  /// Settings of x264 in addition to its preset: a selfie is one shot of a face that moves slowly.
  ///
  /// No B-frames, no small partitions, no scene-cut detection. Measured on `oversized.mp4`: compared
  /// with one B-frame they save a tenth of the encoding time for 0.0006 of SSIM, and a fit of that
  /// clip still has a higher SSIM than two passes of the plain preset at as many bytes. The weaker
  /// deblocking keeps more of the skin's texture and costs nothing: 0.0003 to 0.0015 of SSIM on clean,
  /// noisy, dark and moving pictures.
  private static let tuning = "bframes=0:analyse=i8x8:me=dia:scenecut=0:deblock=-1,-1"

  /// FFmpeg's name of the one encoder that clips are written with.
  ///
  /// The options, the quality's scale and the steering are x264's own. FFmpeg's MPEG-4 encoder would
  /// write what no service is known to accept, and Debian's FFmpeg has no other for H.264.
  package static let name = "libx264"

  /// The encoders that are used, as far as this FFmpeg has them.
  package static var available: [String] {
    [name].filter { unsafe avcodec_find_encoder_by_name($0) != nil }
  }

  /// The error of an FFmpeg without the encoder.
  static func missing(_ name: String, file: String) -> MediaError {
    MediaError(
      .encode, file: file, cause: .library,
      detail: "FFmpeg has no \(name), which vprep needs to encode clips",
      advice: "Install an FFmpeg with libx264, such as Debian's libavcodec59.")
  }

  package init(_ settings: VideoEncoderSettings, file: String) throws(MediaError) {
    guard let codec = unsafe avcodec_find_encoder_by_name(settings.encoder) else {
      throw Self.missing(settings.encoder, file: file)
    }
    guard let packet = Packet(), let held = Packet(),
      let context = unsafe allocated(avcodec_alloc_context3(codec))
    else { throw .outOfMemory(.encode, file: file) }
    unsafe Self.configure(context, settings)
    var options: OpaquePointer?
    unsafe av_dict_set(&options, "preset", settings.preset, 0)
    unsafe av_dict_set(&options, "profile", "high", 0)
    unsafe av_dict_set(&options, "crf", "\(settings.quality)", 0)
    unsafe av_dict_set(&options, "x264-params", Self.tuning, 0)
    let code = unsafe avcodec_open2(context, codec, &options)
    unsafe av_dict_free(&options)
    guard code >= 0 else {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe context
      unsafe avcodec_free_context(&failed)
      throw MediaError(
        .encode, file: file, cause: .library, detail: "the encoder \(Self.name) does not open",
        ffmpeg: code)
    }
    self.file = file
    frameTicks = Ticks(seconds: 1 / Self.frameRate(settings), in: Self.timeBase) ?? 0
    self.packet = packet
    self.held = held
    unsafe self.context = unsafe context
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  private static func frameRate(_ settings: VideoEncoderSettings) -> Double {
    settings.frameRate > 0 ? settings.frameRate : 30
  }

  private static func configure(
    _ context: UnsafeMutablePointer<AVCodecContext>, _ settings: VideoEncoderSettings
  ) {
    let frameRate = frameRate(settings)
    unsafe context.pointee.width = Int32(settings.width)
    unsafe context.pointee.height = Int32(settings.height)
    unsafe context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
    unsafe context.pointee.time_base = timeBase.av
    unsafe context.pointee.framerate = av_d2q(frameRate, 100_000)
    unsafe context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
    // A rate buffer from the start: without it x264 cannot change its rate later.
    unsafe context.pointee.rc_max_rate = Int64(settings.peakRate)
    unsafe context.pointee.rc_buffer_size = Int32(clamping: settings.bufferBits)
    let group = min(max(1, frameRate * VideoEncoderSettings.keyFrameInterval), 100_000)
    unsafe context.pointee.gop_size = Int32(group)
    unsafe settings.color.write(to: context)
    unsafe context.pointee.thread_count = Int32(Self.delay(threads: settings.threads))
    // MP4 keeps the parameter sets in its header.
    unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
  }

  /// Pictures that leave the encoder before new rates reach one: each thread works on a picture.
  ///
  /// One thread more than asked keeps the processors busy while one picture waits for another.
  package static func delay(threads: Int) -> Int { threads > 1 ? threads + 1 : 1 }

  /// Changes quality and peak rate from the next picture on that the encoder begins with.
  package func setRates(quality: Double, peakRate: Int, bufferBits: Int) {
    unsafe av_opt_set_double(context.pointee.priv_data, "crf", quality, 0)
    unsafe context.pointee.rc_max_rate = Int64(peakRate)
    unsafe context.pointee.rc_buffer_size = Int32(clamping: bufferBits)
  }

  /// Encodes a picture for presentation at `time` seconds.
  package mutating func encode(
    _ picture: borrowing PictureBuffer, at time: Double,
    to muxer: borrowing Muxer, stream: Int
  ) throws(MediaError) {
    try unsafe send(picture.pointer, at: time)
    try drain(to: muxer, stream: stream)
  }

  /// Writes what the encoder still holds.
  ///
  /// - Parameter end: when the last picture has been shown, in seconds; `nil` shows it as long as others.
  package mutating func finish(
    to muxer: borrowing Muxer, stream: Int, end: Double? = nil
  ) throws(MediaError) {
    let code = unsafe avcodec_send_frame(context, nil)
    guard code >= 0 else { throw failure(code) }
    try drain(to: muxer, stream: stream)
    guard holds, let shown = held.presentationTime else { return }
    let end = end.flatMap { Ticks(seconds: $0, in: Self.timeBase, rounding: .down) }
    try writeHeld(for: end.map { $0 - shown } ?? frameTicks, to: muxer, stream: stream)
  }

  /// The last picture's length is told by nothing but its packet.
  private mutating func writeHeld(
    for duration: Ticks, to muxer: borrowing Muxer, stream: Int
  ) throws(MediaError) {
    held.setDuration(max(duration, 1))
    holds = false
    try muxer.write(held, stream: stream, timeBase: Self.timeBase)
  }

  private func send(
    _ frame: UnsafeMutablePointer<AVFrame>, at time: Double
  ) throws(MediaError) {
    guard let ticks = Ticks(seconds: time, in: Self.timeBase) else {
      throw MediaError(
        .encode, file: file, cause: .limitExceeded,
        detail: "a frame is \(time) s away from the first")
    }
    unsafe frame.pointee.pts = ticks.count
    // The source's picture types and side data must not steer the encoder.
    unsafe frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
    unsafe av_frame_remove_side_data(frame, AV_FRAME_DATA_SEI_UNREGISTERED)
    unsafe av_frame_remove_side_data(frame, AV_FRAME_DATA_A53_CC)
    let code = unsafe avcodec_send_frame(context, frame)
    guard code >= 0 else { throw failure(code) }
  }

  private mutating func drain(
    to muxer: borrowing Muxer, stream: Int
  ) throws(MediaError) {
    while true {
      let code = unsafe avcodec_receive_packet(context, packet.pointer)
      if code == cff_error_again() || code == cff_error_eof() { return }
      guard code >= 0 else { throw failure(code) }
      let (bytes, isKey) = (packet.byteCount, packet.isKey)
      let (decode, present) = (packet.decodeTime ?? 0, packet.presentationTime ?? 0)
      written.note(
        bytes: bytes, isKey: isKey, decoded: decode.seconds(Self.timeBase),
        shown: present.seconds(Self.timeBase))
      if holds, let shown = held.presentationTime {
        try writeHeld(for: present - shown, to: muxer, stream: stream)
      }
      held.take(packet)
      holds = true
    }
  }

  private func failure(_ code: Int32) -> MediaError {
    MediaError(
      .encode, file: file, cause: .library, detail: "a picture cannot be encoded", ffmpeg: code)
  }
}
