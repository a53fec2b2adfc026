internal import CFFmpeg

/// How samples lie in memory.
struct AudioFormat: Equatable {
  let sampleFormat: AVSampleFormat
  let sampleRate: Int
  let channels: Int
}

/// Owner of a libswresample context that converts frames to one format.
///
/// It adapts when the source changes its rate or channels in the middle of a stream. A downmix follows
/// the speakers where they are known; channels that nobody names are averaged.
@safe struct Resampler: ~Copyable {
  private var context: OpaquePointer?
  private var source: Source?
  let target: AudioFormat
  /// The clip, for messages.
  private let file: String

  /// What a context was made for.
  private struct Source: Equatable {
    let format: AVSampleFormat
    let rate: Int
    let layout: ChannelLayout

    init(_ frame: borrowing AVFrame) {
      format = unsafe AVSampleFormat(frame.format)
      rate = unsafe Int(frame.sample_rate)
      layout = unsafe ChannelLayout(frame.ch_layout)
    }
  }

  /// Samples that are converted at a time: a frame of any length takes no more memory than this.
  private static let slice = 8192

  init(to target: AudioFormat, file: String) {
    self.target = target
    self.file = file
  }

  deinit {
    var context = unsafe context
    unsafe swr_free(&context)
  }

  /// Samples of the target that were taken and not yet given.
  var waiting: Int {
    guard let context = unsafe context else { return 0 }
    return unsafe Int(clamping: swr_get_delay(context, Int64(target.sampleRate)))
  }

  /// Converts a frame to interleaved floats; the target must be `AV_SAMPLE_FMT_FLT`.
  mutating func interleavedFloats(
    _ frame: UnsafeMutablePointer<AVFrame>
  ) throws(MediaError) -> [Float] {
    if unsafe Source(frame.pointee) != source { try unsafe open(frame) }
    let count = unsafe frame.pointee.nb_samples
    let capacity = unsafe Int(swr_get_out_samples(context, count))
    guard capacity > 0 else { return [] }
    var output = [Float](repeating: 0, count: capacity * target.channels)
    let written = unsafe output.withUnsafeMutableBytes { buffer -> Int32 in
      var planes: UnsafeMutablePointer<UInt8>? = unsafe buffer.baseAddress?
        .assumingMemoryBound(to: UInt8.self)
      return unsafe Self.convert(context, &planes, Int32(capacity), frame, from: 0, count: count)
    }
    guard written >= 0 else { throw failure(written) }
    output.removeLast(output.count - Int(written) * target.channels)
    return output
  }

  /// Converts `part` of a frame's samples and appends them to `queue`.
  mutating func append(
    _ frame: UnsafeMutablePointer<AVFrame>, _ part: Range<Int>, to queue: borrowing SampleQueue
  ) throws(MediaError) {
    if unsafe Source(frame.pointee) != source {
      try drain(to: queue)
      try unsafe open(frame)
    }
    var start = max(part.lowerBound, 0)
    let end = unsafe min(part.upperBound, Int(frame.pointee.nb_samples))
    while start < end {
      let count = min(end - start, Self.slice)
      try unsafe convert(frame, from: start, count: count, to: queue)
      start += count
    }
  }

  /// Appends what is still held to `queue`; the next frame restarts.
  mutating func drain(to queue: borrowing SampleQueue) throws(MediaError) {
    if unsafe context != nil, source?.rate != target.sampleRate {
      try unsafe convert(nil, from: 0, count: 0, to: queue)
    }
    unsafe swr_free(&context)
    source = nil
  }

  private func convert(
    _ frame: UnsafeMutablePointer<AVFrame>?, from start: Int, count: Int,
    to queue: borrowing SampleQueue
  ) throws(MediaError) {
    let capacity = unsafe swr_get_out_samples(context, Int32(count))
    guard capacity > 0 else { return }
    let buffer = try AudioBuffer(format: target, samples: Int(capacity), file: file)
    let written = unsafe Self.convert(
      context, buffer.pointer.pointee.extended_data, capacity, frame, from: start,
      count: Int32(count))
    guard written >= 0 else { throw failure(written) }
    unsafe buffer.pointer.pointee.nb_samples = written
    try queue.write(buffer)
  }

  private static func convert(
    _ context: OpaquePointer?, _ output: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?,
    _ capacity: Int32, _ frame: UnsafeMutablePointer<AVFrame>?, from start: Int, count: Int32
  ) -> Int32 {
    guard let frame = unsafe frame, let data = unsafe frame.pointee.extended_data else {
      return unsafe swr_convert(context, output, capacity, nil, 0)
    }
    let format = unsafe AVSampleFormat(frame.pointee.format)
    let channels = unsafe Int(frame.pointee.ch_layout.nb_channels)
    let isPlanar = av_sample_fmt_is_planar(format) != 0
    let step = Int(av_get_bytes_per_sample(format)) * (isPlanar ? 1 : channels)
    var planes = unsafe (0..<(isPlanar ? channels : 1)).map { plane in
      unsafe data[plane].map { unsafe UnsafePointer($0) + start * step }
    }
    return unsafe planes.withUnsafeMutableBufferPointer {
      unsafe swr_convert(context, output, capacity, $0.baseAddress, count)
    }
  }

  /// Makes the context for frames like this one: by libswresample's own rules where it has some for
  /// their speakers, else with a matrix of our own.
  private mutating func open(_ frame: UnsafeMutablePointer<AVFrame>) throws(MediaError) {
    let incoming = unsafe Source(frame.pointee)
    unsafe swr_free(&context)
    source = nil
    var code = cff_error_invalid()
    if let known = unsafe incoming.layout.known {
      code = unsafe open(incoming, from: known, matrix: nil)
    }
    if code < 0, let anonymous = unsafe incoming.layout.anonymous {
      code = unsafe open(
        incoming, from: anonymous, matrix: incoming.layout.matrix(outputs: target.channels))
    }
    guard code >= 0 else { throw failure(code) }
    source = incoming
  }

  private mutating func open(
    _ incoming: Source, from layout: AVChannelLayout, matrix: [Double]?
  ) -> Int32 {
    var input = unsafe layout
    defer { unsafe av_channel_layout_uninit(&input) }
    var output = unsafe AVChannelLayout()
    defer { unsafe av_channel_layout_uninit(&output) }
    if target.channels == incoming.layout.channels {
      _ = unsafe av_channel_layout_copy(&output, &input)
    } else {
      unsafe av_channel_layout_default(&output, Int32(target.channels))
    }
    unsafe swr_free(&context)
    let code = unsafe swr_alloc_set_opts2(
      &context, &output, target.sampleFormat, Int32(target.sampleRate), &input, incoming.format,
      Int32(clamping: incoming.rate), 0, nil)
    guard code >= 0 else { return code }
    if let matrix, target.channels != incoming.layout.channels {
      let set = unsafe matrix.withUnsafeBufferPointer {
        unsafe swr_set_matrix(context, $0.baseAddress, Int32(incoming.layout.channels))
      }
      guard set >= 0 else { return set }
    }
    return unsafe swr_init(context)
  }

  private func failure(_ code: Int32) -> MediaError {
    MediaError(
      .convert, file: file, cause: .library, detail: "the audio cannot be converted",
      ffmpeg: code)
  }
}
