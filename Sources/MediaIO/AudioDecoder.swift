internal import CFFmpeg

/// Owner of an audio decoder; hands out FFmpeg frames inside this target and floats outside.
@safe package struct AudioDecoder: ~Copyable {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let frame: UnsafeMutablePointer<AVFrame>
  private let file: String
  private var resampler: Resampler?
  /// Packets that the decoder refused.
  package private(set) var errors = 0
  /// Samples a channel handed out so far.
  package private(set) var samples = 0

  /// Opens the decoder for the demuxer's sound track; `nil` without one.
  package init?(_ demuxer: borrowing Demuxer) throws(MediaError) {
    guard let audio = demuxer.audio else { return nil }
    let opened = try unsafe CodecContext.openDecoder(
      demuxer.parameters(audio.index), file: demuxer.name, threads: 1)
    guard let frame = unsafe av_frame_alloc() else {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe opened
      unsafe avcodec_free_context(&failed)
      throw MediaError(.decode, file: demuxer.name, cause: .library, detail: "out of memory")
    }
    unsafe opened.pointee.pkt_timebase = audio.timeBase.av
    file = demuxer.name
    unsafe context = unsafe opened
    unsafe self.frame = unsafe frame
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
    unsafe av_frame_free(&frame)
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  /// Decodes one packet into interleaved 32-bit float samples.
  ///
  /// `body` receives the samples, their channel count and sample rate.
  package mutating func decode(
    _ packet: borrowing Packet, _ body: (Span<Float>, Int, Int) throws(MediaError) -> Void
  ) throws(MediaError) {
    try forEachFrame(in: packet) { (decoder, frame) throws(MediaError) in
      try unsafe decoder.convert(frame, body)
    }
  }

  /// Hands out the samples that the decoder still holds.
  package mutating func flush(
    _ body: (Span<Float>, Int, Int) throws(MediaError) -> Void
  ) throws(MediaError) {
    try forEachRemainingFrame { (decoder, frame) throws(MediaError) in
      try unsafe decoder.convert(frame, body)
    }
  }

  /// Decodes one packet and lends each FFmpeg frame to `body`.
  mutating func forEachFrame(
    in packet: borrowing Packet,
    _ body: (inout AudioDecoder, UnsafeMutablePointer<AVFrame>) throws(MediaError) -> Void
  ) throws(MediaError) {
    if unsafe avcodec_send_packet(context, packet.pointer) < 0 { errors += 1 }
    try unsafe drain(body)
  }

  /// Lends the frames that are left at the end.
  mutating func forEachRemainingFrame(
    _ body: (inout AudioDecoder, UnsafeMutablePointer<AVFrame>) throws(MediaError) -> Void
  ) throws(MediaError) {
    _ = unsafe avcodec_send_packet(context, nil)
    try unsafe drain(body)
  }

  private mutating func drain(
    _ body: (inout AudioDecoder, UnsafeMutablePointer<AVFrame>) throws(MediaError) -> Void
  ) throws(MediaError) {
    while true {
      let code = unsafe avcodec_receive_frame(context, frame)
      if code == cff_error_again() || code == cff_error_eof() { return }
      guard code >= 0 else {
        errors += 1
        continue
      }
      samples += unsafe Int(frame.pointee.nb_samples)
      defer { unsafe av_frame_unref(frame) }
      try unsafe body(&self, frame)
    }
  }

  private mutating func convert(
    _ frame: UnsafeMutablePointer<AVFrame>,
    _ body: (Span<Float>, Int, Int) throws(MediaError) -> Void
  ) throws(MediaError) {
    let channels = unsafe Int(frame.pointee.ch_layout.nb_channels)
    let rate = unsafe Int(frame.pointee.sample_rate)
    guard channels > 0, rate > 0 else { return }
    let format = AudioFormat(
      sampleFormat: AV_SAMPLE_FMT_FLT, sampleRate: rate, channels: channels)
    if resampler == nil { resampler = Resampler(to: format, file: file) }
    let converted = try unsafe resampler?.interleavedFloats(frame) ?? []
    try body(converted.span, channels, rate)
  }
}
