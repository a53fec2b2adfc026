/// Owner of a clip that is being read: its packets, or the frames and audio that they decode to.
///
/// This is the only reading loop. It does what every reading needs: progress, limits, checked
/// times, cancellation between packets, the decoders' last frames, and the error for a clip without
/// frames. Callers decide what is decoded, kept or written.
package struct ClipReader: ~Copyable {
  package private(set) var demuxer: Demuxer
  /// The video that is judged.
  package let video: VideoStreamInfo
  private let input: MediaInput
  private let packet: Packet
  private let limits: InputLimits
  private var hasSought = false
  /// Pictures that were decoded.
  package private(set) var frames = 0
  /// Their sizes, in the order of presentation.
  package private(set) var runs: [PictureRun] = []
  /// When the first of them is shown; `nil` before one was decoded, and where it does not tell.
  package private(set) var firstPicture: Ticks?
  /// Packets of the video that did not decode, and pictures with damage in them.
  package private(set) var pictureErrors = 0
  /// Packets of the audio stream that did not decode.
  package private(set) var audioErrors = 0
  package var decodeErrors: Int { pictureErrors + audioErrors }
  /// Why audio that does decode is left out; `nil` where none is.
  package private(set) var audioRefusal: String?
  /// Whether a picture is shown no later than the one before.
  package private(set) var picturesGoBack = false
  private var loggedDecodingErrors = 0
  /// What FFmpeg complained about so far, in the container and while decoding.
  package var loggedErrors: Int { demuxer.loggedErrors + loggedDecodingErrors }

  /// The audio stream that is judged; `nil` without one.
  package var audio: AudioStreamInfo? { demuxer.audio }
  package var name: String { demuxer.name }

  /// Whether a reading goes on.
  package enum Next: Sendable {
    case goOn
    case stop
  }

  /// Gives each packet to `body`, in the order of the file, until there is none or it says so.
  package mutating func forEachPacket(
    _ body: (borrowing Packet) throws(MediaError) -> Next
  ) throws(MediaError) {
    while try demuxer.next(into: packet) {
      if try body(packet) == .stop { return }
    }
    try input.checkUnchanged()
    try checkTimes()
  }

  /// Goes to the last key frame of the video at or before `time`; `false` where the container cannot,
  /// and the place is then unknown.
  package mutating func seek(to time: Ticks) -> Bool {
    hasSought = true
    return demuxer.seek(to: time)
  }

  /// The share of packets without a time in range up to which they are odd ones in a good clip.
  private static let mostOutOfRange = 0.1

  /// A clip of which many packets claim to lie years away cannot be placed in time.
  private func checkTimes() throws(MediaError) {
    let share = Double(demuxer.timesOutOfRange) / Double(max(demuxer.packets, 1))
    guard share <= Self.mostOutOfRange else { throw limits.tooLong(name) }
  }
}

extension ClipReader {
  /// Opens a clip; one without a video is an error.
  ///
  /// - Parameters:
  ///   - stage: what it is read for.
  ///   - trustingHeader, isPhoto: see `Demuxer`.
  package init(
    _ input: MediaInput, for stage: ReadingStage, limits: InputLimits, watchdog: Watchdog,
    trustingHeader: Bool = false, isPhoto: Bool = false
  ) throws(MediaError) {
    watchdog.progress?.begin(stage)
    var demuxer = try Demuxer(
      input, limits: limits, watchdog: watchdog, trustingHeader: trustingHeader, isPhoto: isPhoto)
    try demuxer.readStart()
    guard let video = demuxer.video else {
      let detail = demuxer.audio == nil ? "it has no video stream" : "it has only audio"
      throw MediaError(
        .open, file: demuxer.name, cause: .noVideo, detail: detail,
        advice: "Send a clip that has video.")
    }
    guard let packet = Packet() else {
      throw .outOfMemory(.demux, file: demuxer.name)
    }
    self.init(demuxer: demuxer, video: video, input: input, packet: packet, limits: limits)
  }
}

// MARK: - Decoding

extension ClipReader {
  /// What is decoded besides the pictures, and how.
  package struct Decoding: Sendable {
    /// Threads that decode pictures; `nil` for those of the limits.
    package var threads: Int?
    /// Whether block edges stay unsmoothed: for those who want to know that every bit decodes.
    package var skipsLoopFilter = false
    /// Whether the audio stream is decoded as well.
    package var includesAudio = true

    package init(threads: Int? = nil, skipsLoopFilter: Bool = false, includesAudio: Bool = true) {
      self.threads = threads
      self.skipsLoopFilter = skipsLoopFilter
      self.includesAudio = includesAudio
    }
  }

  /// What happens to a packet.
  package enum Use: Sendable {
    case decode
    /// It is decoded to know that it decodes: block edges stay unsmoothed, also in the pictures that
    /// depend on it.
    case decodeRoughly
    case leaveOut
    case stop
  }

  /// Decodes the clip and gives each picture to `video`, in the order of presentation, until it says
  /// no; a clip that is read from its start to its end without a picture is an error.
  ///
  /// - Parameters:
  ///   - packets: asked about every packet of the file before it is decoded.
  ///   - audio: gets the decoder with each audio block.
  package mutating func forEachFrame(
    _ decoding: Decoding = Decoding(),
    packets use: (borrowing Packet) throws(MediaError) -> Use = { _ in .decode },
    video show: (consuming VideoFrame) throws(MediaError) -> Next,
    audio hear: (inout AudioDecoder) throws(MediaError) -> Void = { _ in }
  ) throws(MediaError) {
    var decoder = try VideoDecoder(demuxer, limits: limits, threads: decoding.threads)
    var audioDecoder = decoding.includesAudio ? try openAudio() : nil
    let (videoIndex, audioIndex) = (video.index, audio?.index)
    var isStopped = false
    try forEachPacket { (packet) throws(MediaError) in
      var skipsLoopFilter = decoding.skipsLoopFilter
      switch try use(packet) {
      case .decode: break
      case .decodeRoughly: skipsLoopFilter = true
      case .leaveOut: return .goOn
      case .stop:
        isStopped = true
        return .stop
      }
      if packet.streamIndex == videoIndex {
        decoder.skipsLoopFilter = skipsLoopFilter
        try decoder.send(packet)
        isStopped = try !Self.give(&decoder, to: show)
      } else if packet.streamIndex == audioIndex {
        audioDecoder?.send(packet)
        try Self.give(&audioDecoder, to: hear)
      }
      return isStopped ? .stop : .goOn
    }
    if !isStopped {
      decoder.sendEnd()
      isStopped = try !Self.give(&decoder, to: show)
      audioDecoder?.sendEnd()
      try Self.give(&audioDecoder, to: hear)
    }
    frames += decoder.frames
    runs += decoder.runs
    if !hasSought { firstPicture = firstPicture ?? decoder.firstTime }
    if decoder.goesBack { picturesGoBack = true }
    pictureErrors += decoder.errors
    audioErrors += audioDecoder?.errors ?? 0
    audioRefusal = audioDecoder?.refusal ?? audioRefusal
    loggedDecodingErrors += decoder.loggedErrors + (audioDecoder?.loggedErrors ?? 0)
    if frames == 0, !isStopped, !hasSought { throw noFrames }
  }

  /// Gives the pictures that are ready to `body`; `false` when it wants no more.
  private static func give(
    _ decoder: inout VideoDecoder, to body: (consuming VideoFrame) throws(MediaError) -> Next
  ) throws(MediaError) -> Bool {
    while let frame = try decoder.receive() {
      if try body(frame) == .stop { return false }
    }
    return true
  }

  private static func give(
    _ audioDecoder: inout AudioDecoder?, to body: (inout AudioDecoder) throws(MediaError) -> Void
  ) throws(MediaError) {
    guard var decoder = audioDecoder.take() else { return }
    while try decoder.receive() { try body(&decoder) }
    audioDecoder = consume decoder
  }

  /// A audio stream that cannot be decoded counts as damage, not as a reason to give up.
  private mutating func openAudio() throws(MediaError) -> AudioDecoder? {
    do throws(MediaError) {
      return try AudioDecoder(demuxer)
    } catch {
      guard error.cause == .unsupportedCodec else { throw error }
      audioErrors += 1
      return nil
    }
  }

  /// The error of a clip without a picture.
  package var noFrames: MediaError {
    MediaError(
      .decode, file: name, cause: .noVideo, detail: "no frame of the video can be decoded",
      advice: "The file is damaged or incomplete; record the clip again.")
  }
}
