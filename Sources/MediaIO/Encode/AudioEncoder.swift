internal import CFFmpeg

/// Owner of an AAC encoder with the resampler and queue before it.
///
/// Audio keeps its place in time: samples are counted from the first one's timestamp; holes are filled
/// with silence, and what overlaps is left out, so that nothing after it moves.
@safe package struct AudioEncoder: ~Copyable {
  let context: UnsafeMutablePointer<AVCodecContext>
  private let packet: Packet
  private let queue: SampleQueue
  private var resampler: Resampler
  private var drift = AudioDrift()
  private let format: AudioFormat
  private let file: String
  private let source: String
  private let sourceRate: Int
  /// Samples from time zero to the next one that is encoded; `nil` before the first.
  private var nextSample: Int?

  /// Bytes of payload written so far.
  package private(set) var byteCount = 0

  /// Sample rates of AAC, ISO/IEC 14496-3, table 1.18, but for the lowest, which few players take.
  private static let rates = [
    8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000,
  ]

  /// The rate at which audio of `sourceRate` samples per second is encoded: the next that AAC has; 48 kHz
  /// for what lies above all of them.
  package static func sampleRate(for sourceRate: Int) -> Int {
    rates.first { $0 >= sourceRate } ?? 48000
  }

  /// Opens the encoder for the source's audio, with at most two channels.
  ///
  /// - Parameters:
  ///   - file: the output, for messages about writing it.
  ///   - source: the clip, for messages about its audio.
  package init(
    sourceRate: Int, sourceChannels: Int, bitRate: Int, file: String, source: String
  ) throws(MediaError) {
    guard let codec = unsafe avcodec_find_encoder(AV_CODEC_ID_AAC) else {
      throw MediaError(
        .encode, file: file, cause: .library, detail: "FFmpeg has no AAC encoder")
    }
    guard let packet = Packet(), let context = unsafe allocated(avcodec_alloc_context3(codec))
    else { throw .outOfMemory(.encode, file: file) }
    let format = AudioFormat(
      sampleFormat: AV_SAMPLE_FMT_FLTP,
      sampleRate: Self.sampleRate(for: sourceRate),
      channels: min(max(sourceChannels, 1), 2))
    unsafe context.pointee.sample_fmt = format.sampleFormat
    unsafe context.pointee.sample_rate = Int32(format.sampleRate)
    unsafe context.pointee.time_base = AVRational(num: 1, den: Int32(format.sampleRate))
    unsafe context.pointee.bit_rate = Int64(bitRate)
    unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    unsafe av_channel_layout_default(&context.pointee.ch_layout, Int32(format.channels))
    let code = unsafe avcodec_open2(context, codec, nil)
    do throws(MediaError) {
      guard code >= 0 else {
        throw MediaError(
          .encode, file: file, cause: .library, detail: "the AAC encoder cannot be opened",
          ffmpeg: code)
      }
      queue = try SampleQueue(format: format, file: file)
    } catch {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe context
      unsafe avcodec_free_context(&failed)
      throw error
    }
    resampler = Resampler(to: format, file: source)
    self.format = format
    self.file = file
    self.source = source
    self.sourceRate = sourceRate
    self.packet = packet
    unsafe self.context = unsafe context
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  /// Encodes a part of the decoder's current block.
  ///
  /// - Parameters:
  ///   - part: the samples of the block that are wanted.
  ///   - time: when the first of them is heard, in seconds of the output.
  /// - Returns: those that were taken: what overlaps with the blocks before is left out.
  package mutating func encode(
    _ decoder: borrowing AudioDecoder, _ part: Range<Int>, at time: Double,
    to muxer: borrowing Muxer, stream: Int
  ) throws(MediaError) -> Range<Int> {
    var part = part
    let rate = Double(format.sampleRate)
    if let nextSample {
      let reached = Double(nextSample + queue.count + resampler.waiting) / rate
      let correction = drift.correction(for: time - reached, tolerance(for: decoder))
      if correction > 0 {
        try resampler.drain(to: queue)
        try fill(seconds: correction, to: muxer, stream: stream)
      } else if correction < 0 {
        let overlap = -correction * Double(decoder.sampleRate)
        part = part.dropFirst(Int(min(overlap, Double(part.count)).rounded()))
      }
    } else {
      let first = Ticks(seconds: time, in: Rational(1, format.sampleRate))
      guard let first else {
        throw MediaError(
          .encode, file: source, cause: .limitExceeded,
          detail: "the audio is \(time) s away from the first frame")
      }
      nextSample = Int(first.count)
    }
    guard !part.isEmpty else { return part }
    try unsafe resampler.append(decoder.frame, part, to: queue)
    try encodeQueue(to: muxer, stream: stream, all: false)
    return part
  }

  /// How closely the times of the decoder's current block are followed.
  package func tolerance(for decoder: borrowing AudioDecoder) -> AudioDrift.Tolerance {
    decoder.sampleRate == sourceRate ? .close : .loose
  }

  /// Writes what the resampler, the queue and the encoder still hold.
  package mutating func finish(to muxer: borrowing Muxer, stream: Int) throws(MediaError) {
    guard nextSample != nil else { return }
    try resampler.drain(to: queue)
    try encodeQueue(to: muxer, stream: stream, all: true)
    let code = unsafe avcodec_send_frame(context, nil)
    guard code >= 0 else { throw failure(code) }
    try drain(to: muxer, stream: stream)
  }

  private mutating func encodeQueue(
    to muxer: borrowing Muxer, stream: Int, all: Bool
  ) throws(MediaError) {
    let frameSize = unsafe Int(context.pointee.frame_size)
    while queue.count >= frameSize || (all && queue.count > 0) {
      let wanted = min(queue.count, frameSize)
      let buffer = try AudioBuffer(format: format, samples: wanted, file: file)
      let got = queue.read(into: buffer, count: wanted)
      guard got > 0 else { return }
      let first = nextSample ?? 0
      unsafe buffer.pointer.pointee.nb_samples = Int32(got)
      unsafe buffer.pointer.pointee.pts = Int64(first)
      nextSample = first + got
      let code = unsafe avcodec_send_frame(context, buffer.pointer)
      guard code >= 0 else { throw failure(code) }
      try drain(to: muxer, stream: stream)
    }
  }

  /// Queues silence, a second at a time, so that a long pause takes no memory.
  private mutating func fill(
    seconds: Double, to muxer: borrowing Muxer, stream: Int
  ) throws(MediaError) {
    var left = Int((seconds * Double(format.sampleRate)).rounded())
    while left > 0 {
      let samples = min(left, format.sampleRate)
      let buffer = try AudioBuffer(format: format, samples: samples, file: file)
      _ = unsafe av_samples_set_silence(
        buffer.pointer.pointee.extended_data, 0, Int32(samples), Int32(format.channels),
        format.sampleFormat)
      try queue.write(buffer)
      try encodeQueue(to: muxer, stream: stream, all: false)
      left -= samples
    }
  }

  private mutating func drain(to muxer: borrowing Muxer, stream: Int) throws(MediaError) {
    while true {
      let code = unsafe avcodec_receive_packet(context, packet.pointer)
      if code == cff_error_again() || code == cff_error_eof() { return }
      guard code >= 0 else { throw failure(code) }
      byteCount += packet.byteCount
      try muxer.write(packet, stream: stream, timeBase: Rational(1, format.sampleRate))
    }
  }

  private func failure(_ code: Int32) -> MediaError {
    MediaError(
      .encode, file: file, cause: .library, detail: "the audio cannot be encoded", ffmpeg: code)
  }
}
