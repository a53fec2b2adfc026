internal import CFFmpeg

/// Owner of an open input container.
///
/// Only the demuxers of `acceptedFormats` are tried, and they read through our own AVIO: playlists,
/// concat scripts and external references end in an error instead of opening something else.
@safe package struct Demuxer: ~Copyable {
  let context: UnsafeMutablePointer<AVFormatContext>
  private let io: InputIO
  private let watchdog: Watchdog
  /// The input's name for messages.
  package let name: String
  /// The container's family, such as `mp4`, `mov`, `3gp`, `matroska`, `webm`, `avi` or `flv`.
  package let container: String
  package let video: VideoStreamInfo?
  package let audio: AudioStreamInfo?
  package let others: [OtherStreamInfo]
  /// The container's own duration in seconds; `nil` when it has none.
  package let headerDuration: Double?
  /// What the header had to be forgiven.
  package let headerWarnings: [String]
  /// When the first stream starts, in seconds of the container's clock; 0 when it does not tell.
  package let startTime: Double
  /// Whether no content was read, because the header tells all.
  package let isTrusted: Bool
  /// Size of the whole input.
  let byteCount: Int
  /// Whether this is an MP4 or MOV whose index stands behind its media data.
  package let hasTrailingIndex: Bool

  /// Opens a container and reads its headers.
  ///
  /// - Parameter trustingHeader: where the header tells all, no content is read. What is only known
  ///   to the muxer of a copy, such as the size of a block of sound, then stays unknown.
  package init(
    _ input: MediaInput, limits: InputLimits, watchdog: Watchdog, trustingHeader: Bool = false
  ) throws(MediaError) {
    guard let io = InputIO(input) else { throw Self.outOfMemory(input.name) }
    let format = try unsafe Self.detectFormat(io, name: input.name)
    let context = try unsafe Self.open(io, format: format, name: input.name, watchdog: watchdog)
    let isTrusted =
      unsafe trustingHeader
      && String(cString: format.pointee.name).hasPrefix("mov,") && Self.completeFromHeader(context)
    if !isTrusted {
      try unsafe Self.analyse(context, name: input.name)
    }
    let streams = unsafe StreamReader(context: context)
    do throws(MediaError) {
      try watchdog.check(.open, file: input.name)
      try streams.checkLimits(limits, file: input.name)
    } catch {
      var closing: UnsafeMutablePointer<AVFormatContext>? = unsafe context
      unsafe avformat_close_input(&closing)
      throw error
    }
    self.isTrusted = isTrusted
    byteCount = input.byteCount
    name = input.name
    container = unsafe Self.family(of: context, format: format)
    video = streams.video
    audio = streams.audio
    others = streams.others
    headerDuration = streams.containerDuration
    headerWarnings = streams.warnings
    startTime = streams.containerStart
    hasTrailingIndex =
      ["mp4", "mov", "3gp"].contains(container) && MP4Layout.hasTrailingIndex(input)
    self.watchdog = watchdog
    unsafe self.context = unsafe context
    self.io = io
  }

  deinit {
    var context: UnsafeMutablePointer<AVFormatContext>? = unsafe context
    unsafe avformat_close_input(&context)
  }

  /// Reads the next packet; `false` at the end.
  ///
  /// Damage inside the container ends the reading; what came before it stays usable, and
  /// `endedEarly` tells. The packet's times are in range or missing.
  mutating func next(into packet: borrowing Packet) throws(MediaError) -> Bool {
    packet.unreference()
    var code: Int32
    repeat {
      try watchdog.check(.demux, file: name)
      code = unsafe av_read_frame(context, packet.pointer)
    } while code == cff_error_again()
    guard code >= 0 else {
      if code != cff_error_eof() { endedEarly = true }
      try watchdog.check(.demux, file: name)
      return false
    }
    unsafe watchdog.progress?.reached(Int(packet.pointer.pointee.pos), of: io.byteCount)
    packets += 1
    let timeBase = unsafe Rational(stream(packet.streamIndex).pointee.time_base)
    if !packet.dropTimesOutOfRange(timeBase) { timesOutOfRange += 1 }
    restoreTimes(of: packet, timeBase)
    return true
  }

  /// Completes and shifts the times of a picture or of sound, so that the clip has one clock.
  private mutating func restoreTimes(of packet: borrowing Packet, _ timeBase: Rational) {
    let index = packet.streamIndex
    guard index == video?.index || index == audio?.index else { return }
    if packet.presentationTime == nil, packet.decodeTime != nil,
      unsafe parameters(index).pointee.video_delay == 0
    {
      // AVI tells no time of H.264 pictures; without B-frames it is that of decoding.
      packet.showWhenDecoded()
    }
    guard let time = packet.decodeTime ?? packet.presentationTime else { return }
    let shift = clock.shift(
      of: index, at: time.seconds(timeBase), lasting: packet.duration.seconds(timeBase))
    if shift != 0, let ticks = Ticks(seconds: shift, in: timeBase) { packet.move(by: ticks) }
  }

  /// Goes to the last key frame of the video at or before `time`.
  ///
  /// Returns `false` where the container cannot; the place is then unknown until the next call.
  mutating func seek(to time: Ticks) -> Bool {
    clock = RecordingClock()
    guard let video else { return false }
    let index = Int32(clamping: video.index)
    return unsafe av_seek_frame(context, index, time.count, AVSEEK_FLAG_BACKWARD) >= 0
  }

  private var clock = RecordingClock()
  /// When further recordings begin in the file, in seconds of its first clock; their times are moved
  /// behind what came before.
  package var clockJumps: [Double] { clock.jumps }
  /// Packets that were read.
  private(set) var packets = 0
  /// Packets with a time or a duration beyond ten years, which they then lack.
  package private(set) var timesOutOfRange = 0

  /// Whether the last read ended on damage rather than on the end of the file.
  package private(set) var endedEarly = false

  /// The codec parameters of a stream, valid while the demuxer lives.
  func parameters(_ index: Int) -> UnsafeMutablePointer<AVCodecParameters> {
    unsafe stream(index).pointee.codecpar
  }

  func stream(_ index: Int) -> UnsafeMutablePointer<AVStream> {
    let count = unsafe Int(context.pointee.nb_streams)
    guard (0..<count).contains(index), let stream = unsafe context.pointee.streams[index] else {
      preconditionFailure("stream indices are read off this container")
    }
    return unsafe stream
  }
}

// MARK: - Opening

extension Demuxer {
  /// Demuxers by FFmpeg's names: what phones and browsers record, and the image formats for photos.
  private static let acceptedFormats: Set<String> = [
    "mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "flv", "live_flv",
    "mpegts", "mpeg", "asf", "jpeg_pipe", "png_pipe",
  ]

  /// Finds the container by content alone: a file's ending may lie.
  private static func detectFormat(
    _ io: borrowing InputIO, name: String
  ) throws(MediaError) -> UnsafePointer<AVInputFormat> {
    var format: UnsafePointer<AVInputFormat>?
    let code = unsafe av_probe_input_buffer2(io.context, &format, "", nil, 0, 0)
    guard code >= 0, let format = unsafe format else {
      throw MediaError(
        .open, file: name, cause: .unsupportedContainer,
        detail: "not a video: the content matches no known container",
        advice: "Give an MP4, MOV, WebM, MKV, AVI, FLV or MPEG clip.")
    }
    let names = unsafe String(cString: format.pointee.name)
    let accepted = names.split(separator: ",").contains { acceptedFormats.contains(String($0)) }
    guard accepted else {
      let long = unsafe format.pointee.long_name.map { unsafe String(cString: $0) } ?? names
      throw MediaError(
        .open, file: name, cause: .unsupportedContainer,
        detail: "refused: the content is \(long) (\(names)), not a video container",
        advice: "Give an MP4, MOV, WebM, MKV, AVI, FLV or MPEG clip.")
    }
    return unsafe format
  }

  private static func open(
    _ io: borrowing InputIO, format: UnsafePointer<AVInputFormat>, name: String,
    watchdog: Watchdog
  ) throws(MediaError) -> UnsafeMutablePointer<AVFormatContext> {
    var opening = unsafe avformat_alloc_context()
    guard let fresh = unsafe opening else { throw outOfMemory(name) }
    unsafe fresh.pointee.pb = io.context
    unsafe fresh.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    unsafe fresh.pointee.interrupt_callback = AVIOInterruptCB(
      callback: { opaque in
        guard let opaque = unsafe opaque else { return 0 }
        let watchdog = unsafe Unmanaged<Watchdog>.fromOpaque(opaque).takeUnretainedValue()
        return watchdog.shouldStop ? 1 : 0
      }, opaque: Unmanaged.passUnretained(watchdog).toOpaque())
    // Whatever the content names, it is not opened.
    unsafe fresh.pointee.io_open = { _, _, _, _, _ in cff_error_access() }
    // On failure FFmpeg frees the context itself.
    let code = unsafe avformat_open_input(&opening, nil, format, nil)
    guard code >= 0, let context = unsafe opening else {
      try watchdog.check(.open, file: name)
      throw MediaError(
        .open, file: name, cause: .corrupt, detail: "the container cannot be opened",
        ffmpeg: code, advice: "The file is damaged or incomplete; record the clip again.")
    }
    return unsafe context
  }

  /// Reads and decodes as much as it takes to know the streams; closes the container on an error.
  private static func analyse(
    _ context: UnsafeMutablePointer<AVFormatContext>, name: String
  ) throws(MediaError) {
    let code = unsafe avformat_find_stream_info(context, nil)
    guard code < 0 else { return }
    var closing: UnsafeMutablePointer<AVFormatContext>? = unsafe context
    unsafe avformat_close_input(&closing)
    throw MediaError(
      .open, file: name, cause: .corrupt, detail: "the streams cannot be read", ffmpeg: code,
      advice: "The file is damaged or incomplete; record the clip again.")
  }

  /// The short name by which people know a container; the MOV family is told apart by its brand.
  private static func family(
    of context: UnsafeMutablePointer<AVFormatContext>, format: UnsafePointer<AVInputFormat>
  ) -> String {
    let names = unsafe String(cString: format.pointee.name)
    let metadata = unsafe context.pointee.metadata
    if names.hasPrefix("mov,") {
      let entry = unsafe av_dict_get(metadata, "major_brand", nil, 0)
      let brand = unsafe entry.map { unsafe String(cString: $0.pointee.value) } ?? "qt  "
      if brand.hasPrefix("qt") { return "mov" }
      return brand.hasPrefix("3g") ? "3gp" : "mp4"
    }
    if names.hasPrefix("matroska") {
      let stream = unsafe StreamReader(context: context)
      let webm: Set<String> = ["vp8", "vp9", "av1", "opus", "vorbis"]
      let codecs = [stream.video?.codec, stream.audio?.codec].compactMap { $0 }
      return codecs.allSatisfy(webm.contains) ? "webm" : "matroska"
    }
    return names.split(separator: ",").first.map(String.init) ?? names
  }

  private static func outOfMemory(_ name: String) -> MediaError {
    MediaError(.open, file: name, cause: .resources, detail: "out of memory")
  }
}
