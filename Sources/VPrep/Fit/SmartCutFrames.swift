internal import MediaIO

/// Pictures of a cut that cannot be copied: owner of their decoder and encoder.
struct SmartCutFrames: ~Copyable {
  private var decoder: VideoDecoder
  private var encoder: SmartCutEncoder
  /// When the pictures are shown, in ticks of the source.
  private let kept: Range<Ticks>
  private let cut: StreamCut
  private let stream: Int
  private let timeBase: Rational
  /// Pictures that were encoded.
  private(set) var frames = 0

  /// The track's header with the encoder's parameter sets.
  var header: [UInt8] { encoder.header }

  /// - Parameters:
  ///   - kept: when the pictures are shown.
  ///   - notBefore: the earliest decoding time in ticks of the source; `nil` for the first pictures.
  init(
    _ demuxer: borrowing Demuxer, limits: InputLimits, kept: Range<Ticks>, notBefore: Ticks?,
    cut: StreamCut, stream: Int, file: String
  ) throws(MediaError) {
    // Decoded as late and shown as early as the copied pictures, so that the times go on evenly.
    let encoder = try SmartCutEncoder(
      demuxer, delay: cut.copyFirst - cut.copied.lowerBound,
      notBefore: notBefore.map { $0 - cut.first }, duration: cut.lastDuration, file: file)
    decoder = try VideoDecoder(demuxer, limits: limits)
    self.encoder = encoder
    self.kept = kept
    self.cut = cut
    self.stream = stream
    timeBase = cut.timeBase
  }

  /// Decodes a packet and encodes those of its pictures that are kept.
  mutating func take(
    _ packet: borrowing Packet, to muxer: borrowing Muxer
  ) throws(MediaError) {
    try decoder.send(packet)
    try drain(to: muxer)
  }

  /// Encodes what the decoder still holds, and writes all.
  mutating func finish(to muxer: borrowing Muxer) throws(MediaError) {
    decoder.sendEnd()
    try drain(to: muxer)
    try encoder.finish(to: muxer, stream: stream, timeBase: timeBase)
  }

  private mutating func drain(to muxer: borrowing Muxer) throws(MediaError) {
    while let frame = try decoder.receive() {
      guard let shown = frame.ticks, kept.contains(shown) else { continue }
      try encoder.encode(
        frame, at: shown - cut.first, to: muxer, stream: stream, timeBase: timeBase)
      frames += 1
    }
  }
}
