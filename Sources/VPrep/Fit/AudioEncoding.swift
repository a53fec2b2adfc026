internal import MediaIO

/// Owner of what turns an audio stream into AAC: decoder, encoder, and the stream it writes to.
///
/// Audio that is empty, damaged or lies elsewhere is no reason to give up: the output then has less of
/// it, or none, and the outcome says why. A track without a sample is not written.
struct AudioEncoding: ~Copyable {
  /// `nil` where it does not open.
  private var decoder: AudioDecoder?
  private var encoder: AudioEncoder
  private let stream: Int
  private let codec: CodecName
  /// The kept window on the streams' clock.
  private let kept: ClosedRange<Double>
  /// The source's time that becomes zero.
  private let origin: Double
  /// Seconds from `origin` beyond which there is no sound of this clip.
  private let longest: Double
  /// When a block without a time of its own is heard.
  private var next: Double?
  /// When the first sample that was taken is heard, and the end of the last, in seconds of the output.
  private var heard = AudioSpan()
  private var drift = AudioDrift.Tolerance.close.largest
  /// Whether a packet of the track was seen.
  private var hasPackets = false
  private var errors = 0
  private var refusal: String?

  /// Bytes of payload written so far.
  var byteCount: Int { encoder.byteCount }

  /// Encodes what one packet of the audio stream holds.
  mutating func encode(
    _ packet: borrowing Packet, to muxer: borrowing Muxer
  ) throws(MediaError) {
    hasPackets = true
    decoder?.send(packet)
    try drain(to: muxer)
  }

  /// Writes what decoder and encoder still hold.
  mutating func finish(to muxer: borrowing Muxer) throws(MediaError) -> AudioOutcome {
    decoder?.sendEnd()
    try drain(to: muxer)
    try encoder.finish(to: muxer, stream: stream)
    return AudioOutcome(heard: heard.range, reason: reason, drift: drift)
  }

  private mutating func drain(to muxer: borrowing Muxer) throws(MediaError) {
    guard var decoder = decoder.take() else { return }
    while try decoder.receive() { try hear(decoder, to: muxer) }
    errors = decoder.errors
    refusal = decoder.refusal
    self.decoder = consume decoder
  }

  /// Encodes what the decoder's current block has of the kept window.
  private mutating func hear(
    _ decoder: borrowing AudioDecoder, to muxer: borrowing Muxer
  ) throws(MediaError) {
    let start = decoder.time ?? next ?? origin
    next = start + decoder.duration
    guard start.isFinite, abs(start - origin) <= longest else { return }
    let rate = Double(decoder.sampleRate)
    let count = Double(decoder.count)
    let first = min(max(((kept.lowerBound - start) * rate).rounded(), 0), count)
    let last = min(max(((kept.upperBound - start) * rate).rounded(), first), count)
    guard last > first else { return }
    let place = start - origin
    drift = max(drift, encoder.tolerance(for: decoder).largest)
    let taken = try encoder.encode(
      decoder, Int(first)..<Int(last), at: place + first / rate, to: muxer, stream: stream)
    guard !taken.isEmpty else { return }
    heard.add(
      from: place + Double(taken.lowerBound) / rate, to: place + Double(taken.upperBound) / rate)
  }

  private var reason: String? {
    if let refusal { return "the audio cannot be read: \(refusal)" }
    if decoder == nil { return "the audio cannot be decoded (\(codec)) and is left out" }
    if heard.range != nil {
      return errors == 0
        ? nil : "\(errors) audio blocks are damaged and replaced by silence"
    }
    if errors > 0 { return "the audio is damaged and is left out" }
    return AudioOutcome.missing(isWindow: hasPackets || kept.upperBound.isFinite)
  }
}

extension AudioEncoding {
  /// `nil` without an audio stream; adds a stream to `muxer` otherwise.
  ///
  /// - Parameters:
  ///   - longest: seconds of audio at the most.
  ///   - kept: the window that is encoded, to the sample.
  ///   - origin: the source's time that becomes zero.
  init?(
    _ demuxer: borrowing Demuxer, bitRate: Int, muxer: borrowing Muxer, file: String,
    longest: Double, kept: ClosedRange<Double> = -Double.infinity...Double.infinity,
    origin: Double = 0
  ) throws(MediaError) {
    guard let audio = demuxer.audio, bitRate > 0 else { return nil }
    var decoder: AudioDecoder?
    do throws(MediaError) {
      decoder = try AudioDecoder(demuxer)
    } catch {
      guard error.cause == .unsupportedCodec else { throw error }
    }
    let encoder = try AudioEncoder(
      sourceRate: audio.sampleRate, sourceChannels: audio.channels, bitRate: bitRate, file: file,
      source: demuxer.name)
    let stream = try muxer.add(encoder)
    self.init(
      decoder: decoder, encoder: encoder, stream: stream, codec: audio.codec, kept: kept,
      origin: origin, longest: longest)
  }
}
