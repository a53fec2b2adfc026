internal import CFFmpeg
internal import Kernels

/// Owner of a video decoder.
///
/// Damaged packets are counted and skipped: one bad packet in a clip is a warning, not the end.
/// What comes out is always planar YUV or grey (see `VideoFrame`).
@safe package struct VideoDecoder: ~Copyable {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let file: String
  private let timeBase: Rational
  private let orientation: Orientation
  /// What container and codec told of colours before the first picture.
  private let color: ColorDescription
  /// Width of a pixel by its height as the stream has it, and as the codec alone has it.
  private let aspect: (stream: Rational, codec: Rational)
  private let limits: InputLimits
  private let messages: LoggedErrors
  private let codec: CodecName
  /// Looks into packets that are pictures of their own; `nil` for other codecs.
  private let scan: StillPictureScan?
  private var sizes: PictureSizeParser?
  private var wait: KeyFrameWait
  private var converter: PictureConverter?
  /// The number of packets that the decoder refused and frames with concealed damage.
  ///
  /// The H.264 decoder marks damaged frames, and also logs errors where there is no damage. Other
  /// decoders conceal damage and only log it.
  package var errors: Int { max(refusals, codec == .h264 ? 0 : messages.count) }
  private var refusals = 0
  /// Times of pictures that are to come, ascending; empty where packets tell when they are shown.
  private var order = DecodingOrder()
  /// Frames handed out.
  package private(set) var frames = 0
  /// Their sizes, in the order of presentation.
  package private(set) var runs: [PictureRun] = []
  /// What FFmpeg complained about while decoding, errors that it concealed among it.
  package var loggedErrors: Int { messages.count }
  /// When the first of them is shown; `nil` where it does not tell.
  package private(set) var firstTime: Ticks?
  /// Whether a picture came out that is shown no later than the one before.
  package private(set) var goesBack = false
  /// The last picture's time, and how long after its predecessor it is shown.
  private var last: (time: Ticks, step: Ticks)?

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  /// Gives the decoder a packet; take the pictures that are ready with `receive` until it is `nil`.
  package mutating func send(_ packet: borrowing Packet) throws(MediaError) {
    if packet.isCorrupt { refusals += 1 }
    if packet.isKey, let size = sizes?.size(packet) {
      try limits.check(width: size.width, height: size.height, file: file, stage: .decode)
    }
    if let scan {
      try packet.withBytes { (bytes) throws(MediaError) in try scan.check(bytes, codec: codec) }
    }
    guard wait.admits(packet) else { return }
    order.note(packet)
    unsafe cff_note_position(packet.pointer)
    let code = unsafe avcodec_send_packet(context, packet.pointer)
    if code < 0 && code != cff_error_eof() {
      refusals += 1
      order.drop(packet)
    }
    try checkMemory(code)
    try checkSize()
  }

  /// Refuses frames that are larger than the limits allow; a stream may change its size at any time.
  ///
  /// FFmpeg does not allocate them (`max_pixels`); the size that was requested is in its context.
  private func checkSize() throws(MediaError) {
    let (width, height) = unsafe (Int(context.pointee.width), Int(context.pointee.height))
    try limits.check(width: width, height: height, file: file, stage: .decode)
  }

  /// Ends the reading where the pictures take more memory than the limits allow.
  private func checkMemory(_ code: Int32) throws(MediaError) {
    if messages.memory?.isExceeded == true {
      throw limits.exceeded(
        "the decoder needs more than \(limits.memory) bytes for its pictures",
        file: file, stage: .decode)
    }
    if code == cff_error_no_memory() { throw limits.noMemory(.decode, file: file) }
  }

  /// Tells the decoder that no packet follows; take the pictures that it still holds.
  package mutating func sendEnd() {
    _ = unsafe avcodec_send_packet(context, nil)
  }

  /// Whether the next packets are decoded without smoothing block edges, a quarter of the work: for
  /// those who want to know that every bit decodes, not to see it.
  package var skipsLoopFilter = false {
    didSet {
      unsafe context.pointee.skip_loop_filter =
        skipsLoopFilter ? AVDISCARD_ALL : AVDISCARD_DEFAULT
    }
  }

  /// The next picture in presentation order; `nil` when the decoder wants a packet.
  package mutating func receive() throws(MediaError) -> VideoFrame? {
    while true {
      guard let received = unsafe allocated(av_frame_alloc()) else {
        throw .outOfMemory(.decode, file: file)
      }
      let code = unsafe avcodec_receive_frame(context, received)
      guard code >= 0 else {
        unsafe Self.free(received)
        if code == cff_error_again() || code == cff_error_eof() { return nil }
        // A decoder that reports an error has consumed its packet; the next one may be fine.
        refusals += 1
        try checkMemory(code)
        try checkSize()
        continue
      }
      frames += 1
      let (width, height) = unsafe (Int(received.pointee.width), Int(received.pointee.height))
      do throws(MediaError) {
        try limits.check(width: width, height: height, file: file, stage: .decode)
      } catch {
        unsafe Self.free(received)
        throw error
      }
      guard frames <= limits.frames else {
        unsafe Self.free(received)
        throw MediaError(
          .decode, file: file, cause: .limitExceeded, detail: "more than \(limits.frames) frames")
      }
      var frame = try unsafe wrap(received)
      frame.number = frames - 1
      runs.note(frame.displaySize(orientation), at: frame.time)
      if frame.isDamaged { refusals += 1 }
      if frames == 1 { firstTime = frame.ticks }
      return frame
    }
  }

  /// Gives a decoded picture its owner, converting it first when its layout is not planar YUV.
  private mutating func wrap(
    _ received: UnsafeMutablePointer<AVFrame>
  ) throws(MediaError) -> VideoFrame {
    let ticks = unsafe continued(
      order.next(packetAt: cff_packet_position(received))
        ?? Ticks(received.pointee.best_effort_timestamp, in: timeBase))
    let time = (ticks ?? 0).seconds(timeBase)
    unsafe complete(received)
    let format = unsafe AVPixelFormat(received.pointee.format)
    if let layout = PixelLayout(format), unsafe Self.hasPositiveStrides(received.pointee) {
      var frame = unsafe VideoFrame(owning: received, layout: layout, time: time)
      frame.ticks = ticks
      return frame
    }
    defer { unsafe Self.free(received) }
    if converter == nil { converter = PictureConverter(file: file) }
    guard var converted = try unsafe converter?.planar(received, time: time) else {
      throw .outOfMemory(.decode, file: file)
    }
    converted.ticks = ticks
    return converted
  }

  /// The time of a picture; one that has none follows the last one as that followed its predecessor.
  private mutating func continued(_ ticks: Ticks?) -> Ticks? {
    guard let last else {
      self.last = ticks.map { (time: $0, step: 0) }
      return ticks
    }
    let time = ticks ?? last.time + last.step
    if time <= last.time { goesBack = true }
    self.last = (time: time, step: max(time - last.time, 0))
    return time
  }

  /// Writes to a picture what the stream tells and the picture does not: how its colours are meant, and
  /// the shape of its pixels.
  ///
  /// The container's word on the shape comes before the codec's, as in FFmpeg, until the pictures say
  /// something new.
  private func complete(_ received: UnsafeMutablePointer<AVFrame>) {
    unsafe ColorDescription(received.pointee).filled(from: color).write(to: received)
    let own = unsafe Rational(received.pointee.sample_aspect_ratio)
    let isNew = own.isPixelShape && own.value != aspect.codec.value
    if !isNew { unsafe received.pointee.sample_aspect_ratio = aspect.stream.av }
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

/// Opening decoders, the same for pictures and audio.
enum CodecContext {
  /// Whether FFmpeg has a decoder of that name.
  static func isAvailable(_ decoder: String) -> Bool {
    unsafe avcodec_find_decoder_by_name(decoder) != nil
  }

  static func openDecoder(
    _ parameters: UnsafeMutablePointer<AVCodecParameters>, file: String, threads: Int,
    messages: LoggedErrors, prepare: (UnsafeMutablePointer<AVCodecContext>) -> Void = { _ in }
  ) throws(MediaError) -> UnsafeMutablePointer<AVCodecContext> {
    let name = unsafe CodecName(parameters.pointee.codec_id)
    guard let decoder = AcceptedMedia.decoder(of: name) else {
      throw MediaError(
        .decode, file: file, cause: .unsupportedCodec,
        detail: "the codec \(name) is not supported",
        advice: "Record the clip as H.264 with AAC.")
    }
    guard let codec = unsafe avcodec_find_decoder_by_name(decoder) else {
      throw MediaError(
        .decode, file: file, cause: .unsupportedCodec,
        detail: "FFmpeg has no decoder \(decoder) for the codec \(name)",
        advice: "Record the clip as H.264 with AAC.")
    }
    guard let context = unsafe allocated(avcodec_alloc_context3(codec)) else {
      throw .outOfMemory(.decode, file: file)
    }
    unsafe avcodec_parameters_to_context(context, parameters)
    unsafe context.pointee.thread_count = Int32(threads)
    // Before opening: the decoder's threads get copies of the context.
    unsafe context.pointee.opaque = unsafe messages.opaque
    unsafe prepare(context)
    let code = unsafe avcodec_open2(context, codec, nil)
    guard code >= 0 else {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe context
      unsafe avcodec_free_context(&failed)
      // Where the machine has no threads to give, one is enough.
      if code == cff_error_again(), threads > 1 {
        return try unsafe openDecoder(parameters, file: file, threads: 1, messages: messages)
      }
      throw MediaError(
        .decode, file: file, cause: .unsupportedCodec, detail: "the decoder cannot be opened",
        ffmpeg: code, advice: "Record the clip as H.264 with AAC.")
    }
    return unsafe context
  }
}

extension VideoDecoder {
  /// Opens the decoder for the demuxer's video stream.
  ///
  /// - Parameter threads: `nil` for those of the limits.
  package init(
    _ demuxer: borrowing Demuxer, limits: InputLimits, threads: Int? = nil
  ) throws(MediaError) {
    guard let video = demuxer.video else {
      throw MediaError(
        .decode, file: demuxer.name, cause: .noVideo, detail: "there is no video stream",
        advice: "Send a clip that has video.")
    }
    let messages = LoggedErrors(memory: PictureMemory(limit: limits.memory))
    let opened = try unsafe CodecContext.openDecoder(
      demuxer.parameters(video.index), file: demuxer.name, threads: threads ?? limits.threads,
      messages: messages
    ) { context in
      unsafe context.pointee.max_pixels = limits.paddedPixels
      // Pictures that carry a checksum of themselves, as HEVC's may, are compared with it.
      unsafe context.pointee.err_recognition |= AV_EF_CRCCHECK
      unsafe PictureMemory.watch(context)
      unsafe cff_keep_positions(context)
    }
    let parameters = unsafe demuxer.parameters(video.index).pointee
    unsafe self.init(
      context: opened, file: demuxer.name, timeBase: video.timeBase,
      orientation: video.orientation, color: video.color,
      aspect: (video.sampleAspect, Rational(parameters.sample_aspect_ratio)), limits: limits,
      messages: messages, codec: video.codec,
      scan: [.mjpeg, .png].contains(video.codec)
        ? StillPictureScan(limits: limits, file: demuxer.name) : nil,
      sizes: PictureSizeParser(demuxer.parameters(video.index)), wait: KeyFrameWait(demuxer))
  }
}
