internal import MediaIO

/// Finds out what a clip is, and reads no more of it than needed.
///
/// A plain clip of a phone is read from its header and index, if the length of every NAL unit
/// agrees with them. Any other clip gets a packet scan, because headers can be wrong about duration
/// and frame count. Frames are decoded until the first one appears. All frames are decoded where a
/// packet is not always a frame: in damaged streams, and in containers or codecs whose packets may
/// hide or split frames.
struct ClipProbe {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog

  /// - Parameters:
  ///   - scanningPackets: always makes a packet scan, because the index does not say where a copy can begin
  ///     (`ProbedClip.packets`).
  ///   - decodesAll: whether a clip is decoded completely on the way, by its header: one that will be
  ///     copied then needs no decoding of the copy. What does not decode well is probed as any other.
  func run(
    scanningPackets: Bool = false,
    decodingAll decodesAll: (borrowing Demuxer) -> Bool = { _ in false }
  ) throws(MediaError) -> ProbedClip {
    var reader = try open()
    if decodesAll(reader.demuxer) {
      let clip = try decodeAll(&reader)
      if clip.decodesCleanly, clip.lostPictures == 0 { return clip }
      reader = try open()
    }
    if !scanningPackets, let clip = try readIndex(reader) { return clip }
    var scan = PacketScan(reader, limits: limits)
    var hasPicture = false
    // One picture is wanted; a second thread would decode further ones.
    try reader.forEachFrame(ClipReader.Decoding(threads: 1, includesAudio: false)) {
      (packet) throws(MediaError) in
      try scan.note(packet)
      return hasPicture ? .leaveOut : .decode
    } video: { _ in
      hasPicture = true
      return .goOn
    }
    var counted = Count(frames: scan.pictures.count, first: reader.firstPicture)
    if !Self.packetsAreFrames(reader.demuxer, scan) {
      counted = try countByDecoding()
    }
    try scan.finish(firstPicture: counted.first)
    return ProbedClip(
      reader, scan: scan, byteCount: input.byteCount, frames: counted.frames,
      decodeErrors: counted.errors, isDecoded: false, pictureSizes: counted.sizes)
  }

  private func open() throws(MediaError) -> ClipReader {
    try ClipReader(
      input, for: .probe, limits: limits, watchdog: watchdog, trustingHeader: true)
  }

  /// Decodes all pictures and the whole audio stream, to know that they decode.
  private func decodeAll(_ reader: inout ClipReader) throws(MediaError) -> ProbedClip {
    var scan = PacketScan(reader, limits: limits)
    let witness = DecodeWitness()
    try reader.forEachFrame(ClipReader.Decoding(skipsLoopFilter: true)) {
      (packet) throws(MediaError) in
      try scan.note(packet)
      return .decode
    } video: { frame in
      witness.note(frame)
      return .goOn
    }
    try scan.finish(firstPicture: reader.firstPicture)
    return witness.findings(reader, scan, byteCount: input.byteCount).clip
  }

  /// What the index of a trusted container says; `nil` where it says too little or the header's
  /// duration is not its own.
  private func readIndex(_ reader: borrowing ClipReader) throws(MediaError) -> ProbedClip? {
    guard reader.demuxer.isTrusted else { return nil }
    var scan = PacketScan(reader, limits: limits)
    guard try scan.noteIndex(reader.demuxer, input) else { return nil }
    try scan.finish(firstPicture: nil)
    try input.checkUnchanged()
    let clip = ProbedClip(
      reader, scan: scan, byteCount: input.byteCount, frames: scan.pictures.count,
      decodeErrors: 0, isDecoded: false)
    // The last audio block may last longer than the others, which the index does not tell.
    return clip.durationSource == .header ? clip : nil
  }

  /// Whether each shown packet is one frame, so that counting packets counts frames.
  private static func packetsAreFrames(
    _ demuxer: borrowing Demuxer, _ scan: PacketScan
  ) -> Bool {
    guard scan.damagedPackets == 0, !demuxer.endedEarly, scan.startsWithKeyFrame else {
      return false
    }
    guard let codec = demuxer.video?.codec else { return false }
    switch demuxer.container {
    case .mp4, .mov, .threeGP, .flv, .matroska:
      return [.h264, .hevc, .av1, .vp9, .mpeg4, .mjpeg, .h263].contains(codec)
    case .webm:
      return [.vp9, .av1].contains(codec)
    case .avi, .asf, .transportStream, .programStream, .jpeg, .png:
      return false
    }
  }

  /// What decoding all pictures tells.
  private struct Count {
    var frames: Int
    var errors = 0
    var first: Ticks?
    var sizes = PictureSizes()
  }

  private func countByDecoding() throws(MediaError) -> Count {
    var reader = try ClipReader(input, for: .probe, limits: limits, watchdog: watchdog)
    try reader.forEachFrame(video: { _ in .goOn })
    return Count(
      frames: reader.frames, errors: reader.decodeErrors, first: reader.firstPicture,
      sizes: PictureSizes(reader.runs))
  }
}
