internal import MediaIO

/// Owner of what turns a sound track into AAC: decoder, encoder, and the stream it writes to.
struct SoundEncoding: ~Copyable {
  private var decoder: AudioDecoder
  private var encoder: AudioEncoder
  private let stream: Int
  /// The kept stretch on the streams' clock.
  private let kept: ClosedRange<Double>
  /// The source's time that becomes zero.
  private let origin: Double

  /// Bytes of payload written so far.
  var byteCount: Int { encoder.byteCount }

  /// `nil` without a sound track; adds a stream to `muxer` otherwise.
  ///
  /// - Parameters:
  ///   - kept: the stretch that is encoded; what lies outside is left out block by block.
  ///   - origin: the source's time that becomes zero.
  init?(
    _ demuxer: borrowing Demuxer, bitRate: Int, muxer: borrowing Muxer, file: String,
    kept: ClosedRange<Double> = -Double.infinity...Double.infinity, origin: Double = 0
  ) throws(MediaError) {
    guard let audio = demuxer.audio, bitRate > 0, let decoder = try AudioDecoder(demuxer) else {
      return nil
    }
    let encoder = try AudioEncoder(
      sourceRate: audio.sampleRate, sourceChannels: audio.channels, bitRate: bitRate, file: file)
    stream = try muxer.add(encoder)
    self.kept = kept
    self.origin = origin
    self.decoder = decoder
    self.encoder = encoder
  }

  /// Encodes what one packet of the sound track holds.
  mutating func encode(
    _ packet: borrowing Packet, to muxer: borrowing Muxer
  ) throws(MediaError) {
    decoder.send(packet)
    try drain(to: muxer)
  }

  /// Writes what decoder and encoder still hold.
  mutating func finish(to muxer: borrowing Muxer) throws(MediaError) {
    decoder.sendEnd()
    try drain(to: muxer)
    try encoder.finish(to: muxer, stream: stream)
  }

  private mutating func drain(to muxer: borrowing Muxer) throws(MediaError) {
    while decoder.receive() {
      let time = decoder.time ?? origin
      // A block that begins before the stretch is left out whole: a hole of one block is filled with
      // silence, sound that plays early would be out of step.
      guard kept.contains(time) else { continue }
      try encoder.encode(decoder, at: time - origin, to: muxer, stream: stream)
    }
  }
}
