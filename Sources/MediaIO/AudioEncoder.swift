internal import CFFmpeg

/// Owner of an AAC encoder with the resampler and queue before it.
///
/// Sound keeps its place in time: samples are counted from the first one's timestamp, and a hole
/// in the source is filled with silence so that nothing after it moves.
@safe package struct AudioEncoder: ~Copyable {
  let context: UnsafeMutablePointer<AVCodecContext>
  private let packet: Packet
  private let queue: SampleQueue
  private var resampler: Resampler
  private let format: AudioFormat
  private let file: String
  /// Samples from time zero to the next one that is encoded; `nil` before the first.
  private var nextSample: Int?

  /// Bytes of payload written so far.
  package private(set) var byteCount = 0

  /// A hole shorter than this is jitter of the timestamps: 1.5 AAC frames at 48 kHz.
  private static let smallestHole = 0.032
  /// A hole longer than this is a broken timestamp, not a pause.
  private static let largestHole = 10.0

  /// Opens the encoder at the source's rate where AAC has it, else at 48 kHz; at most two channels.
  package init(
    sourceRate: Int, sourceChannels: Int, bitRate: Int, file: String
  ) throws(MediaError) {
    guard let codec = unsafe avcodec_find_encoder(AV_CODEC_ID_AAC),
      let packet = Packet(), let context = unsafe avcodec_alloc_context3(codec)
    else {
      throw MediaError(
        .encode, file: file, cause: .library, detail: "FFmpeg has no AAC encoder")
    }
    let rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000]
    let format = AudioFormat(
      sampleFormat: AV_SAMPLE_FMT_FLTP,
      sampleRate: rates.contains(sourceRate) ? sourceRate : 48000,
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
          .encode, file: file, cause: .library, detail: "the AAC encoder does not open",
          ffmpeg: code)
      }
      queue = try SampleQueue(format: format, file: file)
    } catch {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe context
      unsafe avcodec_free_context(&failed)
      throw error
    }
    resampler = Resampler(to: format, file: file)
    self.format = format
    self.file = file
    self.packet = packet
    unsafe self.context = unsafe context
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  /// Encodes the decoder's current block, which is heard at `time` seconds of the output.
  package mutating func encode(
    _ decoder: borrowing AudioDecoder, at time: Double, to muxer: borrowing Muxer, stream: Int
  ) throws(MediaError) {
    if let nextSample {
      let queued = nextSample + queue.count
      let hole = time - Double(queued) / Double(format.sampleRate)
      if hole > Self.smallestHole, hole < Self.largestHole {
        try fillWithSilence(samples: Int(hole * Double(format.sampleRate)))
      }
    } else {
      let first = Ticks(seconds: time, in: Rational(1, format.sampleRate))
      guard let first else {
        throw MediaError(
          .encode, file: file, cause: .limitExceeded,
          detail: "the sound lies \(time) s from the first picture")
      }
      nextSample = Int(first.count)
    }
    try unsafe resampler.append(decoder.frame, to: queue)
    try encodeQueue(to: muxer, stream: stream, all: false)
  }

  /// Writes what the resampler, the queue and the encoder still hold.
  package mutating func finish(to muxer: borrowing Muxer, stream: Int) throws(MediaError) {
    guard nextSample != nil else { return }
    try unsafe resampler.append(nil, to: queue)
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

  private func fillWithSilence(samples: Int) throws(MediaError) {
    let buffer = try AudioBuffer(format: format, samples: samples, file: file)
    _ = unsafe av_samples_set_silence(
      buffer.pointer.pointee.extended_data, 0, Int32(samples), Int32(format.channels),
      format.sampleFormat)
    try queue.write(buffer)
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
      .encode, file: file, cause: .library, detail: "the sound cannot be encoded", ffmpeg: code)
  }
}
