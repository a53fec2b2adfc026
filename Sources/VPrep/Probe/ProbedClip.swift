internal import MediaIO

/// What is known about a clip after its packets were walked.
struct ProbedClip: Sendable {
  let name: String
  let byteCount: Int
  let container: String
  let video: VideoStreamInfo
  let audio: AudioStreamInfo?
  let others: [OtherStreamInfo]
  /// Seconds; see `DurationSource`.
  let duration: Double
  let durationSource: DurationSource
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
  /// Whether every picture and the whole sound track were decoded.
  let isDecoded: Bool
  /// Whether it is an MP4 whose index stands behind its media data.
  let hasTrailingIndex: Bool
  let warnings: [String]
  /// How long most pictures stay, in ticks of the stream: for packets that do not tell.
  var step: Ticks = 0
  /// Whether further recordings stand in the file, whose times were moved.
  var hasClockJumps = false
  /// Every video packet, for cuts by copying.
  var packets = PacketTable()

  /// Bits a second over the whole file.
  var bitRate: Double { duration > 0 ? Double(byteCount) * 8 / duration : 0 }
}

extension ProbedClip {
  init(
    _ reader: borrowing ClipReader, survey: ContentSurvey, byteCount: Int, frames: Int,
    decodeErrors: Int, isDecoded: Bool = true
  ) {
    name = reader.name
    self.byteCount = byteCount
    container = reader.demuxer.container
    video = reader.video
    audio = reader.audio
    others = reader.demuxer.others
    videoDuration = survey.videoDuration
    videoStart = survey.videoStart
    (duration, durationSource) = Self.duration(
      header: reader.demuxer.headerDuration, content: survey.duration, video: survey.videoDuration)
    // Where packets were lost or hidden, the frames that decode are the ones that count.
    frameRate = survey.videoDuration > 0 ? Double(frames) / survey.videoDuration : 0
    hasVariableFrameRate = survey.hasVariableFrameRate
    self.frames = frames
    videoBytes = survey.videoBytes
    packetSizes = survey.packetSizes
    self.decodeErrors = decodeErrors
    isDamaged =
      survey.damagedPackets > 0 || reader.demuxer.endedEarly || decodeErrors > 0
      || survey.lostStart > 0
    self.isDecoded = isDecoded
    hasTrailingIndex = reader.demuxer.hasTrailingIndex
    packets = survey.packets
    step = survey.step
    hasClockJumps = !reader.demuxer.clockJumps.isEmpty
    warnings = Self.warnings(
      reader.demuxer, survey: survey, durationSource: durationSource, decodeErrors: decodeErrors)
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

  private static func warnings(
    _ demuxer: borrowing Demuxer, survey: ContentSurvey, durationSource: DurationSource,
    decodeErrors: Int
  ) -> [String] {
    var warnings = demuxer.headerWarnings
    if durationSource == .content {
      if let header = demuxer.headerDuration {
        let claimed = header.formatted(decimals: 2)
        let found = survey.duration.formatted(decimals: 2)
        warnings.append("the header claims \(claimed) s, the content lasts \(found) s")
      } else {
        warnings.append("the header has no duration; it was read from the content")
      }
    }
    if survey.lostStart > 0 {
      warnings.append(
        "the first \(survey.lostStart.formatted(decimals: 1)) s cannot be decoded: "
          + "the clip does not begin with a key frame")
    }
    for jump in demuxer.clockJumps.prefix(Self.mostJumps) {
      warnings.append(
        "the clock jumps back at \(jump.formatted(decimals: 2)) s: "
          + "what follows was placed behind what came before")
    }
    if demuxer.endedEarly { warnings.append("the file ends in the middle of its content") }
    if demuxer.timesOutOfRange > 0 {
      warnings.append("\(demuxer.timesOutOfRange) packets with times out of range")
    }
    if survey.damagedPackets > 0 {
      warnings.append("\(survey.damagedPackets) damaged packets")
    }
    if decodeErrors > 0 { warnings.append("\(decodeErrors) errors while decoding") }
    return warnings
  }
}
