internal import MediaIO

/// Cuts a window out of a clip by copying its packets into an MP4, without hiding anything by an
/// edit list.
///
/// Frames between the ends of the window and the places where a copy can begin and end are decoded
/// and encoded in the clip's own format. They are not rotated; the track keeps its display matrix.
struct Trimmer: ~Copyable {
  private let muxer: Muxer
  private let file: String
  private let video: VideoStreamInfo
  private let audio: AudioStreamInfo?
  private let videoStream: Int
  private let audioStream: Int?
  private var audioEncoding: AudioEncoding?
  private let cut: StreamCut
  private let filter: UserDataFilter?
  private var head: SmartCutFrames?
  private var tail: SmartCutFrames?
  private var ledger: CopyLedger
  private var heard = AudioSpan()
  private var copiedFrames = 0

  /// Cuts the window out.
  ///
  /// The outcome's times start at the first frame that is kept.
  ///
  /// - Parameters:
  ///   - spareBytes: bytes that remain below the limit after the cut.
  ///   - audioBitRate: bits per second of encoded audio; `nil` copies the audio.
  static func run(
    _ input: MediaInput, pictures copy: PictureCopy, cut: StreamCut, spareBytes: Int,
    audioBitRate: Int?, limits: InputLimits, watchdog: Watchdog, to output: borrowing OutputFile
  ) throws(MediaError) -> Remuxer.Outcome {
    func open() throws(MediaError) -> ClipReader {
      try ClipReader(
        input, for: .fit, limits: limits, watchdog: watchdog, trustingHeader: cut.isPlain)
    }
    var reader = try open()
    let readFrom = cut.headFrom ?? cut.copied.lowerBound
    if !cut.beginsTheClip, try !seek(&reader, to: readFrom) { reader = try open() }
    var trimmer = try Trimmer(
      reader.demuxer, reader.video, pictures: copy, cut: cut, audioBitRate: audioBitRate,
      limits: limits, to: output)
    try trimmer.begin(spareBytes: spareBytes)
    var (pictures, blocks) = (true, reader.audio != nil)
    let (videoIndex, audioIndex) = (reader.video.index, reader.audio?.index)
    try reader.forEachPacket { (packet) throws(MediaError) in
      if packet.streamIndex == videoIndex, pictures {
        pictures = try trimmer.takePicture(packet)
      } else if packet.streamIndex == audioIndex, blocks {
        blocks = try trimmer.takeAudio(packet)
      }
      return pictures || blocks ? .goOn : .stop
    }
    return try trimmer.finish()
  }

  private func begin(spareBytes: Int) throws(MediaError) {
    let reserves = cut.bytes > Self.worthReserving && spareBytes > 2 * indexRoom
    try muxer.begin(indexRoom: reserves ? indexRoom : nil)
  }

  private mutating func finish() throws(MediaError) -> Remuxer.Outcome {
    try tail?.finish(to: muxer)
    var outcome = try audioEncoding?.finish(to: muxer)
    try muxer.finish()
    let encoded = (head?.frames ?? 0) + (tail?.frames ?? 0)
    guard copiedFrames == cut.copiedFrames, encoded == cut.encodedFrames else {
      throw MediaError(
        .mux, file: file, cause: .unusableOutput,
        detail: "the cut holds \(copiedFrames + encoded) pictures instead of "
          + "\(cut.copiedFrames + cut.encodedFrames)")
    }
    if audioStream != nil { outcome = .copied(heard, isWindow: true) }
    return Remuxer.Outcome(
      ledger: encoded == 0 && audioEncoding == nil ? ledger : nil, audioOutcome: outcome)
  }

  /// Bytes of pictures from which moving them costs more than a few empty ones in front.
  private static let worthReserving = 2_000_000

  /// More than the index can need: for every picture and audio block an entry in each table (time 8,
  /// offset 8, size 4, place 4, chunk 12, key frame 4), two descriptions and their headers.
  private var indexRoom: Int {
    let samples = Double(audio?.sampleRate ?? 0) * cut.seconds
    // Far beyond any real track, and far from an overflow.
    let blocks = Int(min(max(samples / Self.leastBlock, 0), 1e9)) + 16
    let entries = cut.copiedFrames + cut.encodedFrames + blocks
    return 40 * entries + 2 * Self.descriptions
  }

  /// Samples of the shortest block that AAC or MP3 has.
  private static let leastBlock = 480.0
  /// Bytes of a track's boxes without their tables, the codec's header among them.
  private static let descriptions = 8192

  /// Seeks to the packet at which reading must begin.
  ///
  /// - Parameter start: the decoding timestamp of the first packet that is needed, in ticks.
  /// - Returns: `false` if the container cannot seek there; the clip is then read from its start.
  private static func seek(
    _ reader: inout ClipReader, to start: Ticks
  ) throws(MediaError) -> Bool {
    guard reader.demuxer.container.isISOBaseMedia, reader.seek(to: start) else {
      return false
    }
    let videoIndex = reader.video.index
    var led: Ticks?
    // An index may be incomplete, as in a fragmented file: look where it led.
    try reader.forEachPacket { packet in
      guard packet.streamIndex == videoIndex else { return .goOn }
      led = packet.decodeTime
      return .stop
    }
    guard let led, led <= start else { return false }
    return reader.seek(to: start)
  }

  /// Copies a picture, encodes it, or leaves it out; `false` when no further one is wanted.
  private mutating func takePicture(_ packet: borrowing Packet) throws(MediaError) -> Bool {
    guard let decoded = packet.decodeTime, let shown = packet.presentationTime else {
      throw MediaError(
        .mux, file: file, cause: .unusableOutput, detail: "a frame has no timestamp")
    }
    if let from = cut.headFrom, decoded >= from, decoded < cut.copied.lowerBound {
      try head?.take(packet, to: muxer)
    }
    if let range = cut.tail, range.contains(decoded) { try tail?.take(packet, to: muxer) }
    if cut.copied.contains(decoded), shown >= cut.copyFirst, !packet.isDiscarded {
      if copiedFrames == 0 { try head?.finish(to: muxer) }
      // What a reader takes for the end is what the last picture's packet says.
      let isLast = shown == cut.end - cut.lastDuration
      let stays = packet.duration > 0 && !isLast ? packet.duration : cut.lastDuration
      packet.setDuration(min(stays, max(cut.end - shown, 1)))
      packet.move(by: -cut.first)
      try filter?.clean(packet, file: file)
      ledger.noteVideo(packet, timeBase: video.timeBase)
      try muxer.write(packet, stream: videoStream, timeBase: video.timeBase)
      copiedFrames += 1
    }
    return decoded < max(cut.copied.upperBound, cut.tail?.upperBound ?? .min)
  }

  /// Seconds by which containers round.
  private static let rounding = 0.0005

  /// Copies an audio block if most of it lies in the window.
  ///
  /// A block keeps its distance to the frames. At a cut it begins at most half a block before or
  /// after the first frame, so even a reader that ignores start times stays in sync.
  ///
  /// - Returns: `false` if the block lies after the window.
  private mutating func takeAudio(
    _ packet: borrowing Packet
  ) throws(MediaError) -> Bool {
    guard let timeBase = audio?.timeBase else { return false }
    guard let audioStream else {
      try audioEncoding?.encode(packet, to: muxer)
      return packet.presentationTime.map {
        $0.seconds(timeBase) < cut.end.seconds(video.timeBase)
      } ?? true
    }
    guard let ticks = packet.presentationTime else { return true }
    let start = cut.first.seconds(video.timeBase)
    let length = packet.duration.seconds(timeBase)
    let half = length / 2
    let time = ticks.seconds(timeBase) - start
    // The last block of a cut ends with the pictures, so that the file lasts no longer than was meant.
    guard time + half < cut.seconds, cut.endsTheClip || time + length <= cut.seconds + Self.rounding
    else { return false }
    guard time >= -(cut.beginsTheClip ? Remuxer.priming : half) else { return true }
    guard let shift = Ticks(seconds: -start, in: timeBase) else { return false }
    packet.move(by: shift)
    ledger.noteAudio(packet, timeBase: timeBase)
    heard.add(packet, timeBase)
    try muxer.write(packet, stream: audioStream, timeBase: timeBase)
    return true
  }
}

extension Trimmer {
  private init(
    _ demuxer: borrowing Demuxer, _ video: VideoStreamInfo, pictures: PictureCopy, cut: StreamCut,
    audioBitRate: Int?, limits: InputLimits, to output: borrowing OutputFile
  ) throws(MediaError) {
    let muxer = try Muxer(output)
    var ledger = CopyLedger(demuxer)
    let videoStream = try pictures.addStream(to: muxer, from: demuxer, video, &ledger)
    var head: SmartCutFrames?
    var tail: SmartCutFrames?
    if cut.headFrom != nil {
      head = try SmartCutFrames(
        demuxer, limits: limits, kept: Range(from: cut.first, to: cut.copyFirst), notBefore: nil,
        cut: cut,
        stream: videoStream, file: output.path)
    }
    if cut.tail != nil {
      tail = try SmartCutFrames(
        demuxer, limits: limits, kept: Range(from: cut.tailFirst, to: cut.end),
        notBefore: cut.copied.upperBound, cut: cut, stream: videoStream, file: output.path)
    }
    if let header = head?.header ?? tail?.header {
      try muxer.setHeader(header, stream: videoStream)
    }
    var audioStream: Int?
    var audioEncoding: AudioEncoding?
    let (start, end) = (cut.first.seconds(video.timeBase), cut.end.seconds(video.timeBase))
    if let audioBitRate {
      audioEncoding = try AudioEncoding(
        demuxer, bitRate: audioBitRate, muxer: muxer, file: output.path, longest: limits.seconds,
        kept: ClosedRange(from: start, to: end),
        origin: start)
    } else if let audio = demuxer.audio {
      audioStream = try muxer.addCopy(of: audio.index, from: demuxer)
    }
    self.init(
      muxer: muxer, file: demuxer.name, video: video, audio: demuxer.audio,
      videoStream: videoStream, audioStream: audioStream, audioEncoding: audioEncoding, cut: cut,
      filter: pictures.filter(demuxer), head: head, tail: tail, ledger: ledger)
  }
}
