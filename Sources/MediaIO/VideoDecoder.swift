internal import CFFmpeg

/// Owner of a video decoder.
///
/// Damaged packets are counted and skipped: one bad packet in a clip is a warning, not the end.
/// What comes out is always planar YUV or grey (see `VideoFrame`).
@safe package struct VideoDecoder: ~Copyable {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let file: String
  private let timeBase: Rational
  private let limits: InputLimits
  private var converter: PictureConverter?
  /// Packets that the decoder refused and frames that it concealed damage in.
  package var errors: Int { max(refusals, countsLog ? log.errors : 0) }
  private var refusals = 0
  /// What FFmpeg's decoder tells of damage that it conceals; H.264 marks such frames, and logs what is
  /// none as well.
  private let log = DecoderLog()
  private let countsLog: Bool
  /// Times of pictures that are to come, ascending; empty where packets tell when they are shown.
  private var order = DecodingOrder()
  /// Frames handed out.
  package private(set) var frames = 0
  /// When the first of them is shown; `nil` where it does not tell.
  package private(set) var firstTime: Ticks?

  /// Opens the decoder for the demuxer's video stream.
  ///
  /// - Parameter threads: `nil` for those of the limits.
  package init(
    _ demuxer: borrowing Demuxer, limits: InputLimits, threads: Int? = nil
  ) throws(MediaError) {
    guard let video = demuxer.video else {
      throw MediaError(
        .decode, file: demuxer.name, cause: .noVideo, detail: "there is no video stream",
        advice: "Give a clip with a picture.")
    }
    let opened = try unsafe CodecContext.openDecoder(
      demuxer.parameters(video.index), file: demuxer.name, threads: threads ?? limits.threads,
      log: log)
    unsafe opened.pointee.max_pixels = Int64(limits.pixels)
    file = demuxer.name
    timeBase = video.timeBase
    countsLog = video.codec != "h264"
    self.limits = limits
    unsafe context = unsafe opened
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  /// Gives the decoder a packet; take the pictures that are ready with `receive` until it is `nil`.
  package mutating func send(_ packet: borrowing Packet) throws(MediaError) {
    if packet.isCorrupt { refusals += 1 }
    order.note(packet)
    let code = unsafe avcodec_send_packet(context, packet.pointer)
    if code < 0 && code != cff_error_eof() {
      refusals += 1
      order.drop(packet)
    }
    try checkSize()
  }

  /// Refuses pictures that are larger than the limits allow: a stream may change its size at any time.
  ///
  /// FFmpeg allocates none (`max_pixels`); what it was asked for stands in its context.
  private func checkSize() throws(MediaError) {
    let (width, height) = unsafe (Int(context.pointee.width), Int(context.pointee.height))
    try limits.check(width: width, height: height, file: file, stage: .decode)
  }

  /// Tells the decoder that no packet follows; take the pictures that it still holds.
  package mutating func sendEnd() {
    _ = unsafe avcodec_send_packet(context, nil)
  }

  /// Leaves out the smoothing of block edges, a quarter of the work: for those who want to know that
  /// every bit decodes, not to see it.
  package mutating func skipLoopFilter() {
    unsafe context.pointee.skip_loop_filter = AVDISCARD_ALL
  }

  /// Forgets what was sent, after a seek.
  package mutating func reset() {
    unsafe avcodec_flush_buffers(context)
    order = DecodingOrder()
  }

  /// The next picture in presentation order; `nil` when the decoder wants a packet.
  package mutating func receive() throws(MediaError) -> VideoFrame? {
    while true {
      guard let received = unsafe av_frame_alloc() else {
        throw MediaError(.decode, file: file, cause: .resources, detail: "out of memory")
      }
      let code = unsafe avcodec_receive_frame(context, received)
      guard code >= 0 else {
        unsafe Self.free(received)
        if code == cff_error_again() || code == cff_error_eof() { return nil }
        // A decoder that reports an error has consumed its packet; the next one may be fine.
        refusals += 1
        try checkSize()
        continue
      }
      frames += 1
      guard frames <= limits.frames else {
        unsafe Self.free(received)
        throw MediaError(
          .decode, file: file, cause: .limitExceeded, detail: "more than \(limits.frames) frames")
      }
      let frame = try unsafe wrap(received)
      if frame.isDamaged { refusals += 1 }
      if frames == 1 { firstTime = frame.ticks }
      return frame
    }
  }

  /// Gives a decoded picture its owner, converting it first when its layout is not planar YUV.
  private mutating func wrap(
    _ received: UnsafeMutablePointer<AVFrame>
  ) throws(MediaError) -> VideoFrame {
    let ticks =
      unsafe order.next(packetAt: received.pointee.pkt_pos)
      ?? Ticks(received.pointee.best_effort_timestamp, in: timeBase)
    let time = (ticks ?? 0).seconds(timeBase)
    let format = unsafe AVPixelFormat(received.pointee.format)
    if let layout = PixelLayout(format), unsafe Self.hasPositiveStrides(received.pointee) {
      var frame = unsafe VideoFrame(owning: received, layout: layout, time: time)
      frame.ticks = ticks
      return frame
    }
    defer { unsafe Self.free(received) }
    if converter == nil { converter = PictureConverter(file: file) }
    guard var converted = try unsafe converter?.planar(received, time: time) else {
      throw MediaError(.decode, file: file, cause: .resources, detail: "out of memory")
    }
    converted.ticks = ticks
    return converted
  }

  private static func free(_ frame: UnsafeMutablePointer<AVFrame>) {
    var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
    unsafe av_frame_free(&frame)
  }

  private static func hasPositiveStrides(_ frame: AVFrame) -> Bool {
    let lines = unsafe frame.linesize
    return lines.0 > 0 && lines.1 >= 0 && lines.2 >= 0
  }
}

/// Opening decoders, the same for pictures and sound.
enum CodecContext {
  /// - Parameter log: counts what the decoder logs as an error; it must outlive the decoder.
  static func openDecoder(
    _ parameters: UnsafeMutablePointer<AVCodecParameters>, file: String, threads: Int,
    log: DecoderLog? = nil
  ) throws(MediaError) -> UnsafeMutablePointer<AVCodecContext> {
    let id = unsafe parameters.pointee.codec_id
    guard let codec = unsafe avcodec_find_decoder(id),
      let context = unsafe avcodec_alloc_context3(codec)
    else {
      let name = unsafe text(avcodec_get_name(id)) ?? "unknown"
      throw MediaError(
        .decode, file: file, cause: .unsupportedCodec,
        detail: "no decoder for the codec \(name)",
        advice: "Record the clip as H.264 with AAC.")
    }
    unsafe avcodec_parameters_to_context(context, parameters)
    unsafe context.pointee.thread_count = Int32(threads)
    if let log {
      unsafe context.pointee.opaque = Unmanaged.passUnretained(log).toOpaque()
      // Pictures that carry a checksum of themselves, as HEVC's may, are compared with it.
      unsafe context.pointee.err_recognition |= AV_EF_CRCCHECK
    }
    let code = unsafe avcodec_open2(context, codec, nil)
    guard code >= 0 else {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe context
      unsafe avcodec_free_context(&failed)
      // Where the machine has no threads to give, one is enough.
      if code == cff_error_again(), threads > 1 {
        return try unsafe openDecoder(parameters, file: file, threads: 1)
      }
      throw MediaError(
        .decode, file: file, cause: .unsupportedCodec, detail: "the decoder does not open",
        ffmpeg: code, advice: "Record the clip as H.264 with AAC.")
    }
    return unsafe context
  }
}
