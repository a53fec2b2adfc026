internal import CFFmpeg

/// Owner of an open input container.
///
/// Only what `AcceptedMedia` lists is opened, and it reads through our own AVIO: playlists, concat
/// scripts and external references end in an error instead of opening something else.
@safe package struct Demuxer: ~Copyable {
  let context: UnsafeMutablePointer<AVFormatContext>
  private let io: InputIO
  let input: MediaInput
  private let watchdog: Watchdog
  private let messages: LoggedErrors
  let limits: InputLimits
  /// The input's name for messages.
  package let name: String
  package let container: ContainerFormat
  package let video: VideoStreamInfo?
  package let audio: AudioStreamInfo?
  package let others: [OtherStreamInfo]
  /// The container's own duration in seconds; `nil` when it has none.
  package let headerDuration: Double?
  /// What the header had to be forgiven.
  package let headerWarnings: [String]
  /// When the first stream starts, in seconds of the container's clock; 0 when it does not tell.
  package private(set) var startTime: Double
  /// Whether no content was read, because the header tells all.
  package let isTrusted: Bool
  /// Whether the streams are known by their headers, but not when they begin.
  private let isTold: Bool
  /// Size of the whole input.
  let byteCount: Int
  /// Whether this is an MP4 or MOV whose index stands behind its media data.
  package let hasTrailingIndex: Bool

  deinit {
    var context: UnsafeMutablePointer<AVFormatContext>? = unsafe context
    unsafe avformat_close_input(&context)
  }

  /// Reads the next packet; `false` at the end.
  ///
  /// Damage inside the container ends the reading; what came before it stays usable, and
  /// `endedEarly` tells. The packet's times are in range or missing.
  mutating func next(into packet: borrowing Packet) throws(MediaError) -> Bool {
    if !ahead.removeFirst(into: packet) {
      guard try read(into: packet) else { return false }
    }
    let timeBase = unsafe Rational(stream(packet.streamIndex).pointee.time_base)
    try correctTimes(of: packet, timeBase)
    restoreTimes(of: packet, timeBase)
    try checkTail(packet, timeBase)
    return true
  }

  /// Reads the next packet of the file.
  private mutating func read(into packet: borrowing Packet) throws(MediaError) -> Bool {
    packet.unreference()
    guard !isAtEnd else { return false }
    var code: Int32
    repeat {
      try watchdog.check(.demux, file: name)
      code = unsafe av_read_frame(context, packet.pointer)
    } while code == cff_error_again()
    guard code >= 0 else {
      if code != cff_error_eof() { endedEarly = true }
      try watchdog.check(.demux, file: name)
      try io.check(.demux)
      if code == cff_error_no_memory() { throw limits.noMemory(.demux, file: name) }
      isAtEnd = true
      return false
    }
    io.reachedPacket()
    unsafe watchdog.progress?.reached(Int(packet.pointer.pointee.pos), of: io.byteCount)
    packets += 1
    guard packets <= limits.packets else {
      throw limits.exceeded(
        "the clip has more than \(limits.packets) packets", file: name, stage: .demux)
    }
    try packetBytes.add(packet, of: io.byteCount, file: name)
    if packet.isEncrypted { throw HeaderTally(limits: limits, file: name).encrypted }
    let timeBase = unsafe Rational(stream(packet.streamIndex).pointee.time_base)
    if !packet.dropTimesOutOfRange(timeBase) { timesOutOfRange += 1 }
    return true
  }

  /// Reads on until each stream has begun, where no header tells when, and keeps what was read.
  mutating func readStart() throws(MediaError) {
    guard isTold else { return }
    let streams = [video?.index, audio?.index].compactMap { $0 }
    func start(_ index: Int) -> Double? {
      let stream = unsafe stream(index)
      let timeBase = unsafe Rational(stream.pointee.time_base)
      return unsafe Ticks(stream.pointee.start_time, in: timeBase)?.seconds(timeBase)
    }
    while streams.contains(where: { start($0) == nil }), !ahead.isFull {
      guard let next = Packet() else { throw .outOfMemory(.demux, file: name) }
      guard try read(into: next) else { break }
      guard ahead.append(next) else { throw .outOfMemory(.demux, file: name) }
    }
    startTime = streams.compactMap(start).min() ?? startTime
  }

  /// Puts right the time of a packet that lies far from those around it.
  private mutating func correctTimes(
    of packet: borrowing Packet, _ timeBase: Rational
  ) throws(MediaError) {
    let index = packet.streamIndex
    guard let time = orderedTime(of: packet) else { return }
    var odd = wrongTimestamps
    let shift = try odd.correction(
      of: index, at: time.seconds(timeBase), lasting: packet.duration.seconds(timeBase)
    ) { () throws(MediaError) in
      try timeOfNext(index)?.seconds(timeBase)
    }
    wrongTimestamps = odd
    if shift != 0, let ticks = Ticks(seconds: shift, in: timeBase) { packet.move(by: ticks) }
  }

  /// The time of the next packet of a stream, for which the file is read on; `nil` where it is far away.
  private mutating func timeOfNext(_ index: Int) throws(MediaError) -> Ticks? {
    while true {
      let found = ahead.first { packet in
        packet.streamIndex == index ? orderedTime(of: packet) : nil
      }
      if let found { return found }
      guard !ahead.isFull, let next = Packet() else { return nil }
      guard try read(into: next) else { return nil }
      guard ahead.append(next) else { throw limits.noMemory(.demux, file: name) }
    }
  }

  /// The decoding time of a video or audio packet, in file order.
  ///
  /// `nil` for other packets, and where the time says nothing about the order: an edit list hides the
  /// packet, or Matroska shows it after some that follow it and stores no decoding time.
  private func orderedTime(of packet: borrowing Packet) -> Ticks? {
    let index = packet.streamIndex
    guard index == video?.index || index == audio?.index, !packet.isDiscarded else { return nil }
    if let time = packet.decodeTime { return time }
    return isReordered(index) ? nil : packet.presentationTime
  }

  /// Whether a stream's packets are shown in another order than they are decoded.
  private func isReordered(_ index: Int) -> Bool {
    unsafe parameters(index).pointee.video_delay > 0
  }

  /// Refuses audio that continues long after the last frame: hours of it fit into a small file.
  ///
  /// The audio must be long and late. A pause of both streams does not count, and neither does audio
  /// that the file stores after all frames.
  private mutating func checkTail(
    _ packet: borrowing Packet, _ timeBase: Rational
  ) throws(MediaError) {
    guard !packet.isDiscarded, let start = packet.presentationTime else { return }
    let (begin, duration) = (start.seconds(timeBase), packet.duration.seconds(timeBase))
    if packet.streamIndex == video?.index {
      shown = max(shown ?? begin, begin) + duration
      tail = 0
    } else if packet.streamIndex == audio?.index {
      let heard = max(heard ?? begin, begin) + duration
      self.heard = heard
      tail += duration
      guard let shown else { return }
      guard min(tail, heard - shown) <= limits[.soundTail] else { throw limits.tooLongTail(name) }
    }
  }

  /// Completes and shifts the times of a picture or of audio, so that the clip has one clock.
  private mutating func restoreTimes(of packet: borrowing Packet, _ timeBase: Rational) {
    let index = packet.streamIndex
    guard index == video?.index || index == audio?.index else { return }
    if packet.presentationTime == nil, packet.decodeTime != nil, !isReordered(index) {
      // AVI tells no time of H.264 pictures; without B-frames it is that of decoding.
      packet.showWhenDecoded()
    }
    let shift =
      orderedTime(of: packet).map {
        clock.shift(
          of: index, at: $0.seconds(timeBase), lasting: packet.duration.seconds(timeBase))
      } ?? clock.shift(ofUnordered: index)
    if shift != 0, let ticks = Ticks(seconds: shift, in: timeBase) { packet.move(by: ticks) }
  }

  /// Goes to the last key frame of the video at or before `time`.
  ///
  /// Returns `false` where the container cannot; the place is then unknown until the next call.
  mutating func seek(to time: Ticks) -> Bool {
    clock = RecordingClock()
    wrongTimestamps.restart()
    ahead.removeAll()
    isAtEnd = false
    packetBytes.restart()
    guard let video else { return false }
    (shown, heard, tail) = (nil, nil, 0)
    let index = Int32(clamping: video.index)
    return unsafe av_seek_frame(context, index, time.count, AVSEEK_FLAG_BACKWARD) >= 0
  }

  /// The end of the video, and the end of the audio, in seconds; `nil` before the first packet.
  ///
  /// Durations count, because timestamps of packets may repeat or restart.
  private var shown: Double?
  private var heard: Double?
  /// Seconds of audio read since the last picture.
  private var tail = 0.0
  private var clock = RecordingClock()
  private var wrongTimestamps = WrongTimestamps()
  private var ahead = ReadAhead()
  private var isAtEnd = false
  /// Packets whose time lay far from those around them and was put right.
  package var correctedTimes: Int { wrongTimestamps.count }
  /// When further recordings begin in the file, in seconds of its first clock; their times are moved
  /// behind what came before.
  package var clockJumps: [Double] { clock.jumps }
  /// Packets that were read.
  private(set) var packets = 0
  private var packetBytes = PacketBytes()
  /// Packets with a time or a duration beyond ten years, which they then lack.
  package private(set) var timesOutOfRange = 0

  /// Whether the last read ended on damage rather than on the end of the file.
  package private(set) var endedEarly = false

  /// What FFmpeg complained about while reading the container.
  package var loggedErrors: Int { messages.count }

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

extension Demuxer {
  private static func outOfMemory(_ name: String) -> MediaError {
    .outOfMemory(.open, file: name)
  }
}

extension Demuxer {
  /// Opens a container and reads its headers.
  ///
  /// - Parameters:
  ///   - trustingHeader: reads no content if the header is complete. Facts that only the muxer of a
  ///     copy needs, such as the size of an audio block, then stay unknown.
  ///   - isPhoto: whether a photo is expected; otherwise a photo is refused.
  package init(
    _ input: MediaInput, limits: InputLimits, watchdog: Watchdog, trustingHeader: Bool = false,
    isPhoto: Bool = false
  ) throws(MediaError) {
    guard let io = InputIO(input, limits: limits, watchdog: watchdog) else {
      throw Self.outOfMemory(input.name)
    }
    let messages = LoggedErrors()
    let opening = DemuxerOpening(
      input: input, limits: limits, watchdog: watchdog, messages: messages, isPhoto: isPhoto)
    let (format, kind) = try unsafe opening.detectFormat(io)
    let context = try unsafe opening.open(io, format: format, kind)
    let isTrusted =
      unsafe trustingHeader && kind == .isoBaseMedia && Self.completeFromHeader(context)
    let isTold = unsafe trustingHeader && kind == .matroska && Self.streamsAreTold(context)
    if !isTrusted {
      try unsafe opening.analyse(context, io, isTold: isTold)
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
    let container = unsafe Self.container(of: context, demuxer: kind)
    unsafe self.init(
      context: context, io: io, input: input, watchdog: watchdog, messages: messages,
      limits: limits, name: input.name, container: container, video: streams.video,
      audio: streams.audio, others: streams.others, headerDuration: streams.containerDuration,
      headerWarnings: streams.warnings, startTime: streams.containerStart, isTrusted: isTrusted,
      isTold: isTold, byteCount: input.byteCount,
      hasTrailingIndex: container.isISOBaseMedia && MP4Layout.hasTrailingIndex(input))
  }
}
