internal import CFFmpeg

/// How samples lie in memory.
struct AudioFormat: Equatable {
  let sampleFormat: AVSampleFormat
  let sampleRate: Int
  let channels: Int
}

/// Owner of a libswresample context that converts frames to one format.
///
/// It adapts when the source changes its rate or channels in the middle of a stream.
@safe struct Resampler: ~Copyable {
  private var context: OpaquePointer?
  private var source: AudioFormat?
  let target: AudioFormat
  private let file: String

  init(to target: AudioFormat, file: String) {
    self.target = target
    self.file = file
  }

  deinit {
    var context = unsafe context
    unsafe swr_free(&context)
  }

  /// Converts a frame to interleaved floats; the target must be `AV_SAMPLE_FMT_FLT`.
  mutating func interleavedFloats(
    _ frame: UnsafeMutablePointer<AVFrame>
  ) throws(MediaError) -> [Float] {
    try unsafe prepare(frame)
    let capacity = unsafe Int(swr_get_out_samples(context, frame.pointee.nb_samples))
    guard capacity > 0 else { return [] }
    var output = [Float](repeating: 0, count: capacity * target.channels)
    let written = unsafe output.withUnsafeMutableBytes { buffer -> Int32 in
      var planes: UnsafeMutablePointer<UInt8>? = unsafe buffer.baseAddress?
        .assumingMemoryBound(to: UInt8.self)
      return unsafe Self.convert(context, &planes, Int32(capacity), frame)
    }
    guard written >= 0 else { throw failure(written) }
    output.removeLast(output.count - Int(written) * target.channels)
    return output
  }

  /// Converts a frame (or, with `nil`, what is still buffered) and appends it to `fifo`.
  mutating func append(
    _ frame: UnsafeMutablePointer<AVFrame>?, to fifo: borrowing SampleQueue
  ) throws(MediaError) {
    if let frame = unsafe frame { try unsafe prepare(frame) }
    guard unsafe context != nil else { return }
    let incoming = unsafe frame?.pointee.nb_samples ?? 0
    let capacity = unsafe swr_get_out_samples(context, incoming)
    guard capacity > 0 else { return }
    let buffer = try AudioBuffer(format: target, samples: Int(capacity), file: file)
    let written = unsafe Self.convert(
      context, buffer.pointer.pointee.extended_data, capacity, frame)
    guard written >= 0 else { throw failure(written) }
    unsafe buffer.pointer.pointee.nb_samples = written
    try fifo.write(buffer)
  }

  private static func convert(
    _ context: OpaquePointer?, _ output: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?,
    _ capacity: Int32, _ frame: UnsafeMutablePointer<AVFrame>?
  ) -> Int32 {
    guard let frame = unsafe frame else {
      return unsafe swr_convert(context, output, capacity, nil, 0)
    }
    let planes = unsafe UnsafeRawPointer(frame.pointee.extended_data)?
      .assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
    return unsafe swr_convert(
      context, output, capacity, UnsafeMutablePointer(mutating: planes), frame.pointee.nb_samples)
  }

  private mutating func prepare(
    _ frame: UnsafeMutablePointer<AVFrame>
  ) throws(MediaError) {
    let incoming = unsafe AudioFormat(
      sampleFormat: AVSampleFormat(frame.pointee.format),
      sampleRate: Int(frame.pointee.sample_rate),
      channels: Int(frame.pointee.ch_layout.nb_channels))
    guard incoming != source else { return }
    unsafe swr_free(&context)
    var layout = unsafe AVChannelLayout()
    unsafe av_channel_layout_default(&layout, Int32(target.channels))
    defer { unsafe av_channel_layout_uninit(&layout) }
    var from = unsafe AVChannelLayout()
    defer { unsafe av_channel_layout_uninit(&from) }
    if unsafe frame.pointee.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC {
      unsafe av_channel_layout_default(&from, frame.pointee.ch_layout.nb_channels)
    } else {
      _ = unsafe av_channel_layout_copy(&from, &frame.pointee.ch_layout)
    }
    var code = unsafe swr_alloc_set_opts2(
      &context, &layout, target.sampleFormat, Int32(target.sampleRate), &from,
      incoming.sampleFormat, Int32(incoming.sampleRate), 0, nil)
    if code >= 0 { code = unsafe swr_init(context) }
    guard code >= 0 else { throw failure(code) }
    source = incoming
  }

  private func failure(_ code: Int32) -> MediaError {
    MediaError(
      .convert, file: file, cause: .library, detail: "the sound cannot be converted",
      ffmpeg: code)
  }
}

/// Owner of one writable audio frame.
@safe struct AudioBuffer: ~Copyable {
  let pointer: UnsafeMutablePointer<AVFrame>

  init(format: AudioFormat, samples: Int, file: String) throws(MediaError) {
    guard let frame = unsafe av_frame_alloc() else {
      throw MediaError(.convert, file: file, cause: .resources, detail: "out of memory")
    }
    unsafe frame.pointee.format = format.sampleFormat.rawValue
    unsafe frame.pointee.sample_rate = Int32(format.sampleRate)
    unsafe frame.pointee.nb_samples = Int32(samples)
    unsafe av_channel_layout_default(&frame.pointee.ch_layout, Int32(format.channels))
    let code = unsafe av_frame_get_buffer(frame, 0)
    guard code >= 0 else {
      var failed: UnsafeMutablePointer<AVFrame>? = unsafe frame
      unsafe av_frame_free(&failed)
      throw MediaError(
        .convert, file: file, cause: .library, detail: "no buffer for sound", ffmpeg: code)
    }
    unsafe pointer = unsafe frame
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = unsafe pointer
    unsafe av_frame_free(&pointer)
  }
}

/// Owner of libavutil's sample queue: encoders want frames of one exact size.
@safe struct SampleQueue: ~Copyable {
  private let fifo: OpaquePointer
  private let file: String

  init(format: AudioFormat, file: String) throws(MediaError) {
    guard
      let fifo = unsafe av_audio_fifo_alloc(format.sampleFormat, Int32(format.channels), 4096)
    else { throw MediaError(.encode, file: file, cause: .resources, detail: "out of memory") }
    unsafe self.fifo = unsafe fifo
    self.file = file
  }

  deinit { unsafe av_audio_fifo_free(fifo) }

  /// Samples a channel that wait.
  var count: Int { unsafe Int(av_audio_fifo_size(fifo)) }

  func write(_ buffer: borrowing AudioBuffer) throws(MediaError) {
    let count = unsafe buffer.pointer.pointee.nb_samples
    let wrote = unsafe buffer.pointer.pointee.extended_data.withMemoryRebound(
      to: UnsafeMutableRawPointer?.self, capacity: 8
    ) { unsafe av_audio_fifo_write(fifo, $0, count) }
    guard wrote >= 0 else {
      throw MediaError(
        .encode, file: file, cause: .library, detail: "the sound queue is full", ffmpeg: wrote)
    }
  }

  /// Moves the oldest samples into `buffer`; returns how many there were.
  func read(into buffer: borrowing AudioBuffer, count: Int) -> Int {
    unsafe buffer.pointer.pointee.extended_data.withMemoryRebound(
      to: UnsafeMutableRawPointer?.self, capacity: 8
    ) { unsafe Int(av_audio_fifo_read(fifo, $0, Int32(count))) }
  }
}
