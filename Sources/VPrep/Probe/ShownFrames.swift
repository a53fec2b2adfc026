internal import MediaIO

/// How many bytes a clip's video has at which time.
struct PacketSizes: Sendable, Equatable {
  /// Seconds from the video's start, in the order of decoding.
  let times: [Double]
  let bytes: [Int]
}

/// When the pictures of a clip are shown, and how long, by the packets that lead to them.
struct ShownFrames: Sendable {
  /// Presentation times in ticks of the stream, in the order of decoding.
  private var ticks: [Ticks] = []
  private var sizes: [Int] = []
  private var latest = Ticks.min
  private var lastDuration: Ticks = 0
  /// The shortest and the longest duration that a packet told.
  private var told: ClosedRange<Ticks>?
  private let video: VideoStreamInfo

  init(_ video: VideoStreamInfo) { self.video = video }

  private var timeBase: Rational { video.timeBase }

  /// Takes the next shown packet; one without a time follows the last picture.
  mutating func append(at tick: Ticks?, for duration: Ticks, byteCount: Int) {
    sizes.append(byteCount)
    let time = tick ?? (ticks.isEmpty ? 0 : latest + max(lastDuration, 1))
    ticks.append(time)
    if time >= latest {
      latest = time
      if tick != nil { lastDuration = duration }
    }
    if duration > 0 {
      let known = told ?? ClosedRange(from: duration, to: duration)
      told = ClosedRange(
        from: min(known.lowerBound, duration), to: max(known.upperBound, duration))
    }
  }

  /// Forgets the pictures that are shown before `first`.
  mutating func removeAll(before first: Ticks) {
    let shown = zip(ticks, sizes).filter { $0.0 >= first }
    ticks = shown.map(\.0)
    sizes = shown.map(\.1)
  }

  var isEmpty: Bool { ticks.isEmpty }

  /// Video packets that lead to a shown picture.
  var count: Int { ticks.count }

  /// Pictures from `time` on, in seconds of the stream's clock.
  func count(from time: Double) -> Int {
    let half = timeBase.value / 2
    return ticks.count { $0.seconds(timeBase) >= time - half }
  }

  /// When the first picture is shown: with B-frames not that of the first packet.
  var earliest: Ticks { ticks.prefix(32).min() ?? 0 }

  /// The same in seconds of the stream's clock.
  var start: Double { earliest.seconds(timeBase) }

  /// When the last picture ends, in seconds of the stream's clock.
  var end: Double { start + duration }

  /// From the first picture to the beginning of the last.
  var span: Ticks { ticks.isEmpty ? 0 : latest - earliest }

  /// Seconds from the first picture to the end of the last.
  var duration: Double { ticks.isEmpty ? 0 : (span + lastStay).seconds(timeBase) }

  /// Pictures per second; 0 when there is no duration.
  var frameRate: Double { duration > 0 ? Double(count) / duration : 0 }

  /// How long the last picture stays: its own duration, or as long as most do.
  var lastStay: Ticks {
    if lastDuration > 0, !durationsAreGuessed { return lastDuration }
    return headerStay ?? step
  }

  /// Whether FFmpeg computed the packets' durations from the frame rate, as it does if the container
  /// stores none (Matroska, MP4 with B-frames): all are equal, and the frames are not that far apart.
  var durationsAreGuessed: Bool {
    guard let told, told.lowerBound == told.upperBound else { return false }
    let difference = Double((told.lowerBound - step).count).magnitude
    return difference > max(0.1 * Double(step.count), 2) || hasVariableFrameRate
  }

  /// How long the last picture stays by the header of the track: no longer than any other does.
  private var headerStay: Ticks? {
    guard let header = video.headerDuration,
      let whole = Ticks(seconds: header, in: timeBase, rounding: .down)
    else { return nil }
    let sorted = ticks.sorted()
    let longest = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.max() ?? 0
    let stay = whole - span
    return stay > 0 && stay <= longest ? stay : nil
  }

  /// Median of the steps from one picture to the next.
  var step: Ticks { PacketTable.medianStep(ticks) ?? nominalTicks }

  private var nominalTicks: Ticks {
    let rate = video.averageFrameRate.value > 0 ? video.averageFrameRate : video.nominalFrameRate
    return Ticks(seconds: 1 / rate.value, in: timeBase, rounding: .towardZero) ?? 0
  }

  /// Sizes of the packets with their times in seconds from the first picture.
  var packetSizes: PacketSizes {
    let earliest = earliest
    return PacketSizes(times: ticks.map { ($0 - earliest).seconds(timeBase) }, bytes: sizes)
  }

  /// Whether the pictures are unevenly spaced.
  var hasVariableFrameRate: Bool { Self.isUneven(ticks) }

  /// Whether steps between the times differ by more than a tenth of their median, beyond the
  /// rounding of the container's clock (Matroska and FLV count milliseconds).
  ///
  /// - Parameter ticks: presentation times in any order, in units of the clock.
  static func isUneven(_ ticks: [Ticks]) -> Bool {
    let sorted = ticks.sorted()
    guard sorted.count > 2 else { return false }
    let steps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.sorted()
    let median = Double(steps[steps.count / 2].count)
    let spread = Double(((steps.last ?? 0) - (steps.first ?? 0)).count)
    return spread > max(0.1 * median, 2)
  }
}
