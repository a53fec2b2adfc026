internal import MediaIO

/// Collects what a packet scan shows: duration, frame count and damage.
///
/// Holds no frames and decodes nothing.
struct PacketScan {
  /// When the audio is heard, in ticks of its stream.
  private var audioTimes: ClosedRange<Ticks>?
  /// The video packets that are shown.
  private(set) var pictures: ShownFrames
  private let video: VideoStreamInfo
  private let audio: AudioStreamInfo?
  /// The order in which pictures are decoded, and in which audio is heard.
  private var order = (video: TimeOrder(), audio: TimeOrder())
  /// When pictures are shown whose packets tell, and whether two are shown at once.
  private var shownTimes: Set<Ticks> = []
  private var sharesTimes = false
  private let nalUnits: NALUnits?
  private let randomAccessPoints: RandomAccessPoints
  /// Every video packet, hidden ones among them.
  private(set) var packets: PacketTable
  /// What the packets tell about their own contents.
  private(set) var streams: StreamChanges
  private let file: String
  private let limits: InputLimits
  /// Bytes of video payload.
  private(set) var videoBytes = 0
  /// Packets that the container or their own lengths show to be damaged.
  private(set) var damagedPackets = 0
  /// Whether the first video packet is a key frame.
  private(set) var startsWithKeyFrame = false
  private var hasVideo = false
  /// Seconds at the start of which no picture can be decoded.
  private(set) var lostStart = 0.0

  init(_ reader: borrowing ClipReader, limits: InputLimits) {
    video = reader.video
    pictures = ShownFrames(reader.video)
    audio = reader.audio
    nalUnits = NALUnits(reader.demuxer)
    randomAccessPoints = RandomAccessPoints(reader.demuxer)
    packets = PacketTable(timeBase: reader.video.timeBase)
    streams = StreamChanges(reader.demuxer)
    file = reader.name
    self.limits = limits
  }

  /// Takes all packets from the index of a container with a complete header, and reads only their NAL
  /// units' lengths.
  ///
  /// An index stores when a packet begins, not how long it lasts, so only evenly spaced packets will
  /// do.
  ///
  /// - Returns: `false` if the index is not sufficient.
  mutating func noteIndex(
    _ demuxer: borrowing Demuxer, _ input: MediaInput
  ) throws(MediaError) -> Bool {
    guard let packets = demuxer.indexedPackets(of: video.index),
      let step = Self.step(of: packets)
    else { return false }
    for packet in packets {
      begin(isKey: packet.isKey, byteCount: packet.byteCount)
      let isWhole = nalUnits?.areComplete(in: input, at: packet.position, count: packet.byteCount)
      if isWhole == false { damagedPackets += 1 }
      try show(at: packet.time, for: step, byteCount: packet.byteCount)
    }
    guard damagedPackets == 0 else { return false }
    guard let audio else { return true }
    let heard = demuxer.indexedPackets(of: audio.index, includingHidden: true)
    guard let heard, let first = heard.first, let last = heard.last, let step = Self.step(of: heard)
    else { return false }
    try hear(ClosedRange(from: first.time, to: last.time + step))
    return true
  }

  /// Ticks from each packet to the next; `nil` when they differ.
  private static func step(of packets: [IndexedPacket]) -> Ticks? {
    guard packets.count > 1 else { return nil }
    let step = packets[1].time - packets[0].time
    let isEven = zip(packets.dropFirst(), packets).allSatisfy { $0.time - $1.time == step }
    return isEven && step > 0 ? step : nil
  }

  /// Takes one packet into account.
  mutating func note(_ packet: borrowing Packet) throws(MediaError) {
    streams.note(packet)
    if packet.streamIndex == video.index {
      try noteVideo(packet)
    } else if packet.streamIndex == audio?.index, let start = packet.presentationTime {
      if packet.isCorrupt { damagedPackets += 1 }
      if !packet.isDiscarded { order.audio.note(start) }
      try hear(ClosedRange(from: start, to: start + packet.duration))
    }
  }

  private mutating func hear(_ block: ClosedRange<Ticks>) throws(MediaError) {
    let known = audioTimes ?? block
    audioTimes = ClosedRange(
      from: min(known.lowerBound, block.lowerBound), to: max(known.upperBound, block.upperBound))
    try checkDuration()
  }

  private mutating func noteVideo(_ packet: borrowing Packet) throws(MediaError) {
    begin(isKey: packet.isKey, byteCount: packet.byteCount)
    if packet.isCorrupt || nalUnits?.areComplete(in: packet) == false { damagedPackets += 1 }
    packets.note(packet, isRandomAccessPoint: randomAccessPoints.contains(packet))
    guard !packet.isDiscarded else { return }
    order.video.note(packet.decodeTime)
    if let time = packet.presentationTime, !shownTimes.insert(time).inserted { sharesTimes = true }
    try show(
      at: packet.presentationTime ?? packet.decodeTime, for: packet.duration,
      byteCount: packet.byteCount)
  }

  private mutating func begin(isKey: Bool, byteCount: Int) {
    if !hasVideo { startsWithKeyFrame = isKey }
    hasVideo = true
    videoBytes += byteCount
  }

  private mutating func show(
    at tick: Ticks?, for duration: Ticks, byteCount: Int
  ) throws(MediaError) {
    pictures.append(at: tick, for: duration, byteCount: byteCount)
    guard pictures.count <= limits.frames else {
      throw MediaError(
        .demux, file: file, cause: .limitExceeded, detail: "more than \(limits.frames) frames")
    }
    try checkDuration()
  }

  /// Refuses what is too long as soon as it shows, by pictures and audio alike.
  private func checkDuration() throws(MediaError) {
    let (begin, latest) = (pictures.start, pictures.start + pictures.span.seconds(video.timeBase))
    let (first, last) = audioSpan ?? (begin, latest)
    let start = pictures.isEmpty ? first : min(first, begin)
    let end = pictures.isEmpty ? last : max(last, latest)
    guard end - start <= limits.seconds else { throw limits.tooLong(file) }
  }

  /// Finishes the scan of a clip that was read to its end.
  ///
  /// A recording that begins between two key frames, such as one from a ring buffer, shows nothing
  /// before its first key frame: the video begins with the first frame that can be decoded.
  ///
  /// - Parameter first: when that frame is shown; `nil` if unknown.
  mutating func finish(firstPicture first: Ticks?) throws(MediaError) {
    if let first {
      let lost = (first - pictures.earliest).seconds(video.timeBase)
      // A group whose first key frame is open lacks the pictures shown before that: players expect it.
      if lost > (startsWithKeyFrame ? Self.smallestLoss : 0) {
        lostStart = lost
        pictures.removeAll(before: first)
      }
    }
    if pictures.durationsAreGuessed { packets.forgetDurations(lastStays: pictures.lastStay) }
    guard pictures.count <= 2 || pictures.frameRate <= Self.highestRate else {
      throw MediaError(
        .demux, file: file, cause: .corrupt,
        detail: "its \(pictures.count) frames last "
          + "\(pictures.duration.formatted(decimals: 6)) s, which no camera records",
        advice: "The file is damaged; record the clip again.")
    }
  }

  /// Seconds of pictures that such a group may lack.
  private static let smallestLoss = 0.1
  /// Frames per second: what slow-motion cameras reach.
  private static let highestRate = 1000.0

  /// Whether pictures go back in time, or two are shown at once.
  ///
  /// VP8 hides pictures between others, at their times. Where a container tells no time of decoding,
  /// FFmpeg makes one up, which may be that of the picture before.
  var picturesGoBack: Bool {
    guard video.codec != .vp8 else { return false }
    return order.video.goesBack || sharesTimes
  }

  /// Whether audio blocks go back in time, or two are heard at once.
  var audioGoesBack: Bool { !order.audio.isAscending }

  /// Where the audio begins and ends, in seconds of its stream's clock; `nil` without any.
  ///
  /// An encoder's priming samples lie before time zero, or before a picture that does, and are not
  /// heard.
  private var audioSpan: (first: Double, last: Double)? {
    guard let audioTimes, let timeBase = audio?.timeBase else { return nil }
    let first = max(audioTimes.lowerBound.seconds(timeBase), min(0, pictures.start))
    return (first, max(audioTimes.upperBound.seconds(timeBase), first))
  }

  /// Seconds of audio after the last frame.
  var soundTail: Double {
    guard let audioTimes, let timeBase = audio?.timeBase else { return 0 }
    return max(0, audioTimes.upperBound.seconds(timeBase) - pictures.end)
  }

  /// Seconds from the first picture or audio to the end of both.
  var duration: Double {
    guard let (first, last) = audioSpan else { return pictures.duration }
    guard !pictures.isEmpty else { return last - first }
    return max(pictures.end, last) - min(pictures.start, first)
  }
}
