internal import CFFmpeg

/// Owner of an audio decoder and of the frame that it decoded last.
@safe package struct AudioDecoder: ~Copyable {
  private let context: UnsafeMutablePointer<AVCodecContext>
  /// The block that was decoded last.
  let frame: UnsafeMutablePointer<AVFrame>
  private let timeBase: Rational
  private let file: String
  private let messages: LoggedErrors
  private let limits: InputLimits
  private var resampler: Resampler?
  /// Packets that the decoder refused.
  package private(set) var errors = 0
  /// Why blocks were left out that did decode; `nil` where none were.
  package private(set) var refusal: String?
  /// Samples a channel handed out so far.
  package private(set) var samples = 0
  /// What FFmpeg complained about while decoding.
  package var loggedErrors: Int { messages.count }
  /// Seconds that they last.
  private var seconds = 0.0

  /// Most samples of one block, all channels together: 64 MB as floats.
  private static let mostSamples = 1 << 24

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
    unsafe av_frame_free(&frame)
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  /// Gives the decoder a packet; then call `receive` until it is `false`.
  package mutating func send(_ packet: borrowing Packet) {
    if unsafe avcodec_send_packet(context, packet.pointer) < 0 { errors += 1 }
  }

  /// Tells the decoder that no packet follows.
  package mutating func sendEnd() {
    _ = unsafe avcodec_send_packet(context, nil)
  }

  /// Decodes the next block of samples into `frame`; `false` when the decoder wants a packet.
  ///
  /// Audio that lasts longer than the limits allow ends it, whatever its packets' times claim.
  package mutating func receive() throws(MediaError) -> Bool {
    while true {
      let code = unsafe avcodec_receive_frame(context, frame)
      if code == cff_error_again() || code == cff_error_eof() { return false }
      guard code >= 0 else {
        errors += 1
        continue
      }
      guard isReadable() else { continue }
      samples += unsafe Int(frame.pointee.nb_samples)
      seconds += duration
      guard seconds <= limits.seconds else { throw limits.tooLong(file) }
      try checkBlock()
      return true
    }
  }

  /// Whether the block can be converted; notes why where it cannot.
  private mutating func isReadable() -> Bool {
    let channels = unsafe Int(frame.pointee.ch_layout.nb_channels)
    guard ChannelLayout.accepted.contains(channels) else {
      refusal = "it has \(channels) channels; at most \(ChannelLayout.accepted.upperBound) are read"
      return false
    }
    guard Self.rates.contains(sampleRate) else {
      refusal =
        "it has \(sampleRate) samples per second; "
        + "\(Self.rates.lowerBound) to \(Self.rates.upperBound) are read"
      return false
    }
    return true
  }

  /// Samples per second that are read: from half of a telephone's to the most that recorders write.
  private static let rates = 4000...768_000

  /// Samples a channel in the block.
  package var count: Int { unsafe max(0, Int(frame.pointee.nb_samples)) }

  /// Samples per second of the block.
  package var sampleRate: Int { unsafe Int(frame.pointee.sample_rate) }

  private func checkBlock() throws(MediaError) {
    let values = unsafe Int(frame.pointee.nb_samples) * Int(frame.pointee.ch_layout.nb_channels)
    guard values <= Self.mostSamples else {
      throw limits.exceeded(
        "an audio packet holds more than \(Self.mostSamples) samples", file: file, stage: .decode)
    }
  }

  /// When the block is heard, in seconds of the stream's clock; `nil` when it has no timestamp.
  package var time: Double? {
    unsafe Ticks(frame.pointee.best_effort_timestamp, in: timeBase)?.seconds(timeBase)
  }

  /// How long the block lasts, in seconds.
  package var duration: Double {
    sampleRate > 0 ? Double(count) / Double(sampleRate) : 0
  }

  /// The block as interleaved 32-bit floats with its channel count and sample rate.
  package mutating func interleavedFloats() throws(MediaError) -> AudioBlock {
    let channels = unsafe Int(frame.pointee.ch_layout.nb_channels)
    let rate = sampleRate
    let format = AudioFormat(
      sampleFormat: AV_SAMPLE_FMT_FLT, sampleRate: rate, channels: channels)
    if resampler?.target != format { resampler = Resampler(to: format, file: file) }
    let samples = try unsafe resampler?.interleavedFloats(frame) ?? []
    return AudioBlock(samples: samples, channels: channels, sampleRate: rate)
  }
}

/// A block of decoded audio.
package struct AudioBlock: Sendable {
  /// Interleaved samples, full scale ±1.
  package let samples: [Float]
  package let channels: Int
  /// Samples per second.
  package let sampleRate: Int
}

extension AudioDecoder {
  /// Opens the decoder for the demuxer's audio stream; `nil` without one.
  package init?(_ demuxer: borrowing Demuxer) throws(MediaError) {
    guard let audio = demuxer.audio else { return nil }
    let messages = LoggedErrors()
    let opened = try unsafe CodecContext.openDecoder(
      demuxer.parameters(audio.index), file: demuxer.name, threads: 1, messages: messages)
    guard let frame = unsafe allocated(av_frame_alloc()) else {
      var failed: UnsafeMutablePointer<AVCodecContext>? = unsafe opened
      unsafe avcodec_free_context(&failed)
      throw .outOfMemory(.decode, file: demuxer.name)
    }
    unsafe opened.pointee.pkt_timebase = audio.timeBase.av
    unsafe self.init(
      context: opened, frame: frame, timeBase: audio.timeBase, file: demuxer.name,
      messages: messages, limits: demuxer.limits)
  }
}
