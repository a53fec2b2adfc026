internal import MediaIO
internal import Services

/// What is known about a clip after its packets were walked.
struct ProbedClip: Sendable {
  let name: String
  let byteCount: Int
  let container: ContainerFormat
  let video: VideoStreamInfo
  let audio: AudioStreamInfo?
  let others: [OtherStreamInfo]
  /// Seconds; see `DurationSource`.
  let duration: Double
  let durationSource: DurationSource
  /// Seconds that the header promises beyond the content; 0 where the header is right or says nothing.
  var missingDuration = 0.0
  /// Seconds from the first shown frame to the end of the last.
  let videoDuration: Double
  /// Start of the video in seconds of the stream's clock.
  let videoStart: Double
  let frameRate: Double
  let hasVariableFrameRate: Bool
  let frames: Int
  let videoBytes: Int
  let packetSizes: PacketSizes
  let decodeErrors: Int
  /// Whether packets are damaged, missing or did not decode.
  let isDamaged: Bool
  /// Whether every picture and the whole audio stream were decoded.
  let isDecoded: Bool
  /// Whether it is an MP4 whose index stands behind its media data.
  let hasTrailingIndex: Bool
  let warnings: [String]
  /// What FFmpeg complained about while the clip was read and decoded.
  var loggedErrors = 0
  /// What the packets tell about their own contents.
  var contents = StreamChanges.Findings()
  /// Kinds of data in it that may identify people.
  var metadata: [MetadataKind] = []
  /// Packets whose picture is shown.
  var shownPackets = 0
  /// Packets that were decoded and gave no picture, behind the first that gave one.
  var lostPictures = 0
  /// The sizes of the pictures that were decoded.
  var pictureSizes = PictureSizes()
  /// How long most pictures stay, in ticks of the stream: for packets that do not tell.
  var step: Ticks = 0
  /// Whether further recordings stand in the file, whose times were moved.
  var hasClockJumps = false
  /// Whether single packets had a wrong time, which was put right.
  var hasCorrectedTimes = false
  /// Whether pictures or audio blocks go back in time, or share one.
  var picturesGoBack = false
  var audioGoesBack = false
  /// Every video packet, for cuts by copying.
  var packets = PacketTable()
  /// Seconds of audio after the last frame.
  var soundTail = 0.0

  /// Whether everything was decoded, and nothing in it gave reason to complain.
  var decodesCleanly: Bool { isDecoded && !isDamaged && loggedErrors == 0 }

  /// Threads that may decode it; `nil` for as many as the caller allows, 1 where the pictures' content
  /// would depend on chance (`Sampling`).
  var decodingThreads: Int? { isDamaged ? 1 : nil }

  /// Whether it is damaged, or its times are not those that a recorder writes.
  var isFaulty: Bool {
    !decodesCleanly || picturesGoBack || audioGoesBack || hasClockJumps || hasCorrectedTimes
  }

  /// Size as a viewer sees it that the pictures of a window get when all are to have one.
  func commonSize(in window: TimeWindow?) -> (width: Int, height: Int) {
    let start = videoStart + (window?.start ?? 0)
    let end = videoStart + min(window?.end ?? .infinity, videoDuration)
    return pictureSizes.common(in: Range(from: start, to: end)) ?? video.displaySize
  }

  /// Bits per second over the whole file.
  var bitRate: Double { duration > 0 ? Double(byteCount) * 8 / duration : 0 }
}

extension ProbedClip {
  init(
    _ reader: borrowing ClipReader, scan: PacketScan, byteCount: Int, frames: Int,
    decodeErrors: Int, isDecoded: Bool = true, pictureSizes: PictureSizes? = nil,
    audioRefusal: String? = nil
  ) {
    let pictureSizes = pictureSizes ?? PictureSizes(reader.runs)
    self.pictureSizes = pictureSizes
    name = reader.name
    self.byteCount = byteCount
    container = reader.demuxer.container
    video = reader.video
    audio = reader.audio
    others = reader.demuxer.others
    videoDuration = scan.pictures.duration
    videoStart = scan.pictures.start
    (duration, durationSource) = Self.duration(
      header: reader.demuxer.headerDuration, content: scan.duration,
      video: scan.pictures.duration)
    missingDuration =
      durationSource == .content ? max(0, (reader.demuxer.headerDuration ?? 0) - duration) : 0
    // Where packets were lost or hidden, the frames that decode are the ones that count.
    frameRate = scan.pictures.duration > 0 ? Double(frames) / scan.pictures.duration : 0
    hasVariableFrameRate = scan.pictures.hasVariableFrameRate
    self.frames = frames
    videoBytes = scan.videoBytes
    packetSizes = scan.pictures.packetSizes
    self.decodeErrors = decodeErrors
    isDamaged =
      scan.damagedPackets > 0 || reader.demuxer.endedEarly || decodeErrors > 0
      || scan.lostStart > 0
    self.isDecoded = isDecoded
    loggedErrors = reader.loggedErrors
    contents = scan.streams.findings
    metadata =
      (reader.demuxer.identifyingMetadata + (contents.holdsUserData ? [.userData] : [])).sorted()
    shownPackets = scan.pictures.count
    hasTrailingIndex = reader.demuxer.hasTrailingIndex
    packets = scan.packets
    soundTail = scan.soundTail
    step = scan.pictures.step
    picturesGoBack = scan.picturesGoBack || reader.picturesGoBack
    audioGoesBack = scan.audioGoesBack
    hasClockJumps = !reader.demuxer.clockJumps.isEmpty
    hasCorrectedTimes = reader.demuxer.correctedTimes > 0
    let changes = pictureSizes.note(from: scan.pictures.start)
    warnings =
      Self.warnings(
        reader.demuxer, scan: scan, durationSource: durationSource, decodeErrors: decodeErrors)
      + (changes.map { [$0] } ?? []) + Self.metadataWarning(metadata)
      + ((audioRefusal ?? reader.audioRefusal).map { ["the audio is left out: \($0)"] } ?? [])
  }

  /// The header's duration where the content agrees with it, else the content's.
  ///
  /// They may differ by the padding of the last audio frame and by rounding, not by more.
  private static func duration(
    header: Double?, content: Double, video: Double
  ) -> (Double, DurationSource) {
    guard let header, header.isFinite else { return (content, .content) }
    let tolerance = max(0.15, 0.02 * content)
    return abs(header - content) <= tolerance ? (header, .header) : (content, .content)
  }

  /// Further jumps of the clock say nothing new.
  private static let mostJumps = 3

  /// Names the kinds alone, never what they hold.
  private static func metadataWarning(_ kinds: [MetadataKind]) -> [String] {
    guard !kinds.isEmpty else { return [] }
    return ["it holds data that may identify people: \(kinds.text)"]
  }

  private static func warnings(
    _ demuxer: borrowing Demuxer, scan: PacketScan, durationSource: DurationSource,
    decodeErrors: Int
  ) -> [String] {
    var warnings = demuxer.headerWarnings
    if durationSource == .content {
      if let header = demuxer.headerDuration {
        let claimed = header.formatted(decimals: 2)
        let found = scan.duration.formatted(decimals: 2)
        warnings.append("the header claims \(claimed) s, the content lasts \(found) s")
      } else {
        warnings.append("the header has no duration; it was read from the content")
      }
    }
    if scan.lostStart > 0 {
      warnings.append(
        "the first \(scan.lostStart.formatted(decimals: 1)) s cannot be decoded: "
          + "the clip does not begin with a key frame")
    }
    for jump in demuxer.clockJumps.prefix(Self.mostJumps) {
      warnings.append(
        "the clock jumps back at \(jump.formatted(decimals: 2)) s: "
          + "the second recording was placed after the first")
    }
    if demuxer.endedEarly { warnings.append("the file ends in the middle of its content") }
    if demuxer.correctedTimes > 0 {
      warnings.append(
        "\(demuxer.correctedTimes) packets with timestamps far from those around them")
    }
    if demuxer.timesOutOfRange > 0 {
      warnings.append("\(demuxer.timesOutOfRange) packets with times out of range")
    }
    if scan.damagedPackets > 0 {
      warnings.append("\(scan.damagedPackets) damaged packets")
    }
    if decodeErrors > 0 { warnings.append("\(decodeErrors) errors while decoding") }
    return warnings
  }
}

extension [MetadataKind] {
  /// The kinds in one line.
  var text: String { map(\.rawValue).joined(separator: ", ") }
}
