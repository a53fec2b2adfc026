internal import CFFmpeg

/// Owner of an MP4 file that is being written, its index at the front.
@safe package struct Muxer: ~Copyable {
  let context: UnsafeMutablePointer<AVFormatContext>
  package let file: String
  private let io: OutputIO

  /// Starts an MP4 in `output`; streams are added before `begin()`.
  ///
  /// - Parameter offset: seconds that are added to every time that is written.
  package init(_ output: borrowing OutputFile, offset: Double = 0) throws(MediaError) {
    let file = output.path
    var context: UnsafeMutablePointer<AVFormatContext>?
    let code = unsafe avformat_alloc_output_context2(&context, nil, "mp4", nil)
    guard code >= 0, let context = unsafe context else {
      throw MediaError(
        .mux, file: file, cause: .library, detail: "no MP4 writer", ffmpeg: code)
    }
    guard let io = OutputIO(output) else {
      unsafe avformat_free_context(context)
      throw MediaError(.mux, file: file, cause: .resources, detail: "out of memory")
    }
    unsafe io.attach(to: context)
    // Callers give a start that was read within range; without one nothing is moved.
    let shift = Ticks(seconds: offset, in: Rational(1, Int(cff_time_base()))) ?? 0
    unsafe context.pointee.output_ts_offset = shift.count
    self.file = file
    self.io = io
    unsafe self.context = unsafe context
  }

  deinit { unsafe avformat_free_context(context) }

  /// Adds the stream of a video encoder; returns its index.
  package func add(_ encoder: borrowing VideoEncoder) throws(MediaError) -> Int {
    let stream = try unsafe newStream()
    unsafe stream.pointee.avg_frame_rate = encoder.context.pointee.framerate
    return try unsafe describe(stream, from: encoder.context)
  }

  /// Adds the stream of an audio encoder; returns its index.
  package func add(_ encoder: borrowing AudioEncoder) throws(MediaError) -> Int {
    try unsafe describe(newStream(), from: encoder.context)
  }

  /// Adds a stream that is copied from `demuxer` as it is, display matrix included.
  ///
  /// - Parameter setsAreInBand: whether parameter sets stand in the packets.
  package func addCopy(
    of index: Int, from demuxer: borrowing Demuxer, setsAreInBand: Bool = false
  ) throws(MediaError) -> Int {
    let stream = try unsafe newStream()
    let source = unsafe demuxer.stream(index)
    let code = unsafe avcodec_parameters_copy(stream.pointee.codecpar, source.pointee.codecpar)
    guard code >= 0 else { throw failure("the stream cannot be described", code) }
    unsafe stream.pointee.codecpar.pointee.codec_tag = SampleEntry.tag(
      of: source.pointee.codecpar.pointee, setsAreInBand: setsAreInBand)
    unsafe stream.pointee.time_base = source.pointee.time_base
    unsafe stream.pointee.avg_frame_rate = source.pointee.avg_frame_rate
    unsafe stream.pointee.sample_aspect_ratio = source.pointee.sample_aspect_ratio
    unsafe ignoreAbsurdShape(of: stream)
    var size = 0
    if let matrix = unsafe cff_stream_side_data(source, AV_PKT_DATA_DISPLAYMATRIX, &size),
      let copy = unsafe cff_new_stream_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, size)
    {
      unsafe copy.update(from: matrix, count: size)
    }
    return unsafe Int(stream.pointee.index)
  }

  /// Writes the header; no stream can be added afterwards.
  ///
  /// - Parameter room: bytes to reserve for the index at the start of the file; they must suffice,
  ///   and bytes that are not needed stay empty. `nil` moves the media data when the index is known,
  ///   which costs a second copy.
  package func begin(indexRoom room: Int? = nil) throws(MediaError) {
    var options: OpaquePointer?
    if let room {
      unsafe av_dict_set(&options, "moov_size", "\(room)", 0)
    } else {
      unsafe av_dict_set(&options, "movflags", "+faststart", 0)
    }
    let code = unsafe avformat_write_header(context, &options)
    unsafe av_dict_free(&options)
    guard code >= 0 else { throw failure("the MP4 header cannot be written", code) }
  }

  /// Writes one packet whose times are in `timeBase`; the packet is left empty.
  package func write(
    _ packet: borrowing Packet, stream: Int, timeBase: Rational
  ) throws(MediaError) {
    guard let target = unsafe context.pointee.streams[stream] else {
      preconditionFailure("stream indices come from this muxer")
    }
    unsafe av_packet_rescale_ts(packet.pointer, timeBase.av, target.pointee.time_base)
    unsafe restoreLength(of: packet, from: timeBase, in: target)
    // A track has one description, in front. FFmpeg 9 would make a second one of a repeated header, with
    // which pictures that are encoded for a smart cut cannot be decoded.
    unsafe cff_remove_side_data(packet.pointer, AV_PKT_DATA_NEW_EXTRADATA)
    unsafe packet.pointer.pointee.stream_index = Int32(stream)
    unsafe packet.pointer.pointee.pos = -1
    let code = unsafe av_interleaved_write_frame(context, packet.pointer)
    guard code >= 0 else { throw failure("cannot be written", code) }
  }

  /// Writes the index and moves it to the front.
  package func finish() throws(MediaError) {
    let code = unsafe av_write_trailer(context)
    guard code >= 0 else { throw failure("the MP4 index cannot be written", code) }
    unsafe avio_flush(io.context)
    let ioError = unsafe io.context.pointee.error
    guard ioError >= 0, io.failure == nil else { throw failure("cannot be written", ioError) }
  }

  /// Gives a block of audio the length that its codec tells, where the source's clock only rounded it.
  ///
  /// A clock of milliseconds makes 23 of the 1024 samples of AAC at 44.1 kHz. The last block's length is
  /// the track's end, where FFmpeg 9 would hear ten samples less.
  private func restoreLength(
    of packet: borrowing Packet, from timeBase: Rational, in stream: UnsafeMutablePointer<AVStream>
  ) {
    let samples = unsafe Int64(stream.pointee.codecpar.pointee.frame_size)
    let rate = unsafe stream.pointee.codecpar.pointee.sample_rate
    guard samples > 0, rate > 0, packet.duration > 0 else { return }
    let target = unsafe stream.pointee.time_base
    let length = av_rescale_q(samples, AVRational(num: 1, den: rate), target)
    let tick = av_rescale_q(1, timeBase.av, target)
    guard abs(length - packet.duration.count) < tick else { return }
    unsafe packet.pointer.pointee.duration = length
  }

  /// Makes pixels square whose claimed shape no camera has, as they are shown; FFmpeg refuses such a shape.
  private func ignoreAbsurdShape(of stream: UnsafeMutablePointer<AVStream>) {
    let shapes = unsafe [
      stream.pointee.sample_aspect_ratio, stream.pointee.codecpar.pointee.sample_aspect_ratio,
    ].map { Rational($0) }
    guard shapes.contains(where: { $0.numerator != 0 && !$0.isPixelShape }) else { return }
    unsafe stream.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
    unsafe stream.pointee.codecpar.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
  }

  private func newStream() throws(MediaError) -> UnsafeMutablePointer<AVStream> {
    guard let stream = unsafe allocated(avformat_new_stream(context, nil)) else {
      throw .outOfMemory(.mux, file: file)
    }
    return unsafe stream
  }

  private func describe(
    _ stream: UnsafeMutablePointer<AVStream>, from encoder: UnsafeMutablePointer<AVCodecContext>
  ) throws(MediaError) -> Int {
    unsafe stream.pointee.time_base = encoder.pointee.time_base
    let code = unsafe avcodec_parameters_from_context(stream.pointee.codecpar, encoder)
    guard code >= 0 else { throw failure("the stream cannot be described", code) }
    return unsafe Int(stream.pointee.index)
  }

  /// What FFmpeg complains of, or rather why a write before it failed.
  private func failure(_ what: String, _ code: Int32) -> MediaError {
    if let failure = io.failure {
      return OutputTarget.failure(file, "cannot be written", failure)
    }
    return MediaError(.mux, file: file, cause: .unusableOutput, detail: what, ffmpeg: code)
  }
}
