internal import Kernels
internal import Services

/// A window of a clip that is kept, and why.
struct WindowChoice: Equatable, Sendable {
  /// Seconds from the clip's first picture.
  let window: TimeWindow
  /// Why this window and no other.
  let why: String
  /// Why the clip is shortened at all.
  let reason: String
}

/// Chooses which seconds of a clip to keep; pure.
struct WindowChooser {
  let policy: WindowPolicy
  let timeline: JudgedTimeline
  let limits: ProviderLimits
  /// Seconds from the first picture to the end of the last.
  let duration: Double
  /// The places where copying can begin and end; `nil` where the clip cannot be copied.
  let cuts: CutFinder?
  /// Bytes that the file of a cut would have.
  let bytes: (StreamCut) -> Int
  let byteLimit: Int
  /// Whether the clip has more bytes than it may have.
  let isTooLarge: Bool
  /// Seconds of pictures that the bytes carry at the least acceptable rate.
  let affordableSeconds: Double

  /// The window to keep; `nil` keeps all.
  func choose() -> WindowChoice? {
    switch policy {
    case .bestSeconds: bestSeconds()
    case .longEnough: longEnough()
    case .voiced: voicedPart()
    case .moving: movingPart()
    }
  }

  /// Seconds by which a duration may exceed a limit through rounding.
  static let slack = 0.001
  /// Rounding error of sums of times in seconds; a chosen window is never longer than wanted.
  private static let rounding = 1e-6

  var isTooLong: Bool { duration > limits.acceptedDuration.upperBound + Self.slack }
  private var isLongerThanRecommended: Bool {
    limits.recommendedDuration.map { duration > $0.upperBound + Self.slack } ?? false
  }

  /// The reason to shorten, for the report.
  private var reason: String {
    let length = "\(duration.formatted(decimals: 2)) s"
    if isTooLong {
      let most = limits.acceptedDuration.upperBound.formatted(decimals: 0)
      return "\(length) is longer than the \(most) s that are expected to pass"
    }
    if isTooLarge { return "a shorter window fits the limit" }
    let most = limits.recommendedDuration?.upperBound.formatted(decimals: 0) ?? ""
    return "\(length) are longer than the \(most) s that the service recommends"
  }

  // MARK: - The best seconds

  private func bestSeconds() -> WindowChoice? {
    guard let recommended = limits.recommendedDuration, isLongerThanRecommended else { return nil }
    if isTooLarge || isTooLong {
      return best(recommended, why: "the best \(recommended.upperBound.formatted(decimals: 0)) s")
    }
    // Nothing but a recommendation speaks for it: only by copying, and only when the verdict gains.
    guard let copy = bestCopy(recommended), timeline.improves(copy) else { return nil }
    return WindowChoice(window: copy, why: "the best window between key frames", reason: reason)
  }

  private func longEnough() -> WindowChoice? {
    // A clip of exactly the minimum fails; half a second is far beyond any reader's rounding.
    let least = (limits.durationMustExceed ?? 0) + 0.5
    let most = max(affordableSeconds, least)
    guard isTooLarge, duration > most + Self.slack else { return nil }
    let seconds = most.formatted(decimals: 1)
    guard let choice = best(least...most, why: "the best \(seconds) s") else { return nil }
    return WindowChoice(
      window: choice.window, why: choice.why,
      reason: "\(byteLimit) bytes are enough for \(seconds) s of video that can still be judged")
  }

  /// The best window of any; one that can be copied wins unless the verdict on another is better.
  private func best(_ length: ClosedRange<Double>, why: String) -> WindowChoice? {
    let copy = bestCopy(length)
    let last = max(0, duration - length.upperBound)
    let times = timeline.measurements.frames.map(\.time).filter { $0 < last }
    let starts = Self.thinned(times) + [last]
    let free = starts.map {
      TimeWindow(start: $0, end: min($0 + length.upperBound, duration))
    }.best { score($0, wished: length.upperBound) }
    if let copy {
      let copyScore = score(copy, wished: length.upperBound)
      guard let free, score(free, wished: length.upperBound).isJudgedBetter(than: copyScore) else {
        return WindowChoice(window: copy, why: why + " between key frames", reason: reason)
      }
      return WindowChoice(window: free, why: why, reason: reason)
    }
    return free.map { WindowChoice(window: $0, why: why, reason: reason) }
  }

  /// The best window that can be copied as it is and fits into the limit.
  private func bestCopy(_ length: ClosedRange<Double>) -> TimeWindow? {
    guard let cuts else { return nil }
    let ends = cuts.endTimes
    let windows = Self.thinned(cuts.randomAccessTimes).compactMap { start -> TimeWindow? in
      // The longest that fits: more to judge.
      ends.reversed().lazy
        .filter {
          $0 - start <= length.upperBound + Self.rounding && $0 - start >= length.lowerBound
        }
        .map { TimeWindow(start: start, end: $0) }
        .first(where: fits)
    }
    return windows.best { score($0, wished: length.upperBound) }
  }

  /// The most windows that are judged; more do not improve the choice.
  private static let mostCandidates = 240

  private static func thinned(_ times: [Double]) -> [Double] {
    guard times.count > mostCandidates else { return times }
    return (0..<mostCandidates).map { times[$0 * times.count / mostCandidates] }
  }

  private func fits(_ window: TimeWindow) -> Bool {
    guard let cut = cuts?.cut(window), cut.isPlain else { return false }
    return bytes(cut) <= byteLimit
  }

  // MARK: - Speech and movement

  /// Seconds before and after what must not be lost.
  private static let margin = 0.5
  /// Seconds that speech had best have around it: the middle of what the service recommends.
  private var speechSeconds: Double {
    limits.recommendedDuration.map { ($0.lowerBound + $0.upperBound) / 2 } ?? 0
  }

  private func voicedPart() -> WindowChoice? {
    guard isTooLarge || isLongerThanRecommended, let first = timeline.voiced.first,
      let last = timeline.voiced.last
    else { return nil }
    let wished = widened(
      TimeWindow(start: first.start - Self.margin, end: last.end + Self.margin),
      to: speechSeconds)
    let most = limits.recommendedDuration?.upperBound ?? .infinity
    let why = "all speech, with \(Self.margin.formatted(decimals: 1)) s on either side"
    let copy = copyAround(wished).flatMap { $0.duration <= max(most, wished.duration) ? $0 : nil }
    if !isTooLarge, !isTooLong {
      guard let copy, timeline.improves(copy) else { return nil }
      return WindowChoice(window: copy, why: why, reason: reason)
    }
    return shortened(to: copy ?? wished, why: why)
  }

  /// Mean luma difference between measured frames above which something moves: sensor noise and
  /// compression stay below it.
  private static let movement = 2.0

  private func movingPart() -> WindowChoice? {
    guard isTooLarge, timeline.measurements.facesMeasured else { return nil }
    let wanted = timeline.measurements.frames.filter {
      $0.face != nil || ($0.difference ?? 0) > Self.movement
    }
    guard let first = wanted.first?.time, let last = wanted.last?.time else { return nil }
    let wished = widened(
      TimeWindow(start: first - Self.margin, end: last + Self.margin), to: 0)
    return shortened(
      to: copyAround(wished) ?? wished,
      why: "everything except the still parts before and after the person moves")
  }

  /// A choice, unless it leaves out next to nothing.
  private func shortened(to window: TimeWindow, why: String) -> WindowChoice? {
    guard window.duration < duration - Self.margin else { return nil }
    return WindowChoice(window: window, why: why, reason: reason)
  }

  /// A window within the clip that is at least `least` long where the clip allows it.
  private func widened(_ window: TimeWindow, to least: Double) -> TimeWindow {
    let extra = max(0, least - window.duration) / 2
    var (start, end) = (window.start - extra, window.end + extra)
    if start < 0 { (start, end) = (0, end - start) }
    if end > duration { (start, end) = (start - (end - duration), duration) }
    // What was pushed in at one end must not cut the wished window at the other.
    return TimeWindow(
      start: max(0, min(start, window.start)), end: min(duration, max(end, window.end)))
  }

  /// The shortest copyable window that holds all of `window`; `nil` when there is none
  /// within the limit.
  private func copyAround(_ window: TimeWindow) -> TimeWindow? {
    guard let cuts,
      let start = cuts.randomAccessTimes.last(where: { $0 <= window.start + Self.slack }),
      let end = cuts.endTimes.first(where: { $0 >= window.end - Self.slack })
    else { return nil }
    let copy = TimeWindow(start: start, end: end)
    return fits(copy) ? copy : nil
  }

  // MARK: - Comparing

  /// What a second less to judge costs: as much as a warning on every second frame.
  private static let missingSecond = 0.5

  /// How good a window is; the least is the best.
  struct Score: Comparable {
    /// How much of the face is missing, in tenths of the frames.
    let faceless: Int
    let failures: Int
    let warnings: Int
    /// Mean cost of its frames, and of the seconds that it lacks, in steps that differ visibly.
    let cost: Int
    let fromCentre: Double
    let start: Double

    func isJudgedBetter(than other: Score) -> Bool {
      (faceless, failures, warnings) < (other.faceless, other.failures, other.warnings)
    }

    static func < (first: Score, second: Score) -> Bool {
      if first.isJudgedBetter(than: second) { return true }
      if second.isJudgedBetter(than: first) { return false }
      return (first.cost, first.fromCentre, first.start)
        < (second.cost, second.fromCentre, second.start)
    }
  }

  /// Orders windows: with the face first, then fewest predicted failures, fewest warnings, best
  /// frames, and closest to the middle.
  ///
  /// A window without a face has nothing else that could be wrong, so it must not win. The ends of a
  /// recording show the hand that starts and stops it.
  private func score(_ window: TimeWindow, wished: Double) -> Score {
    let predictions = timeline.verdict(window).predictions
    let middle = (window.start + window.end) / 2
    return Score(
      faceless: timeline.faceless(window),
      failures: predictions.count { $0.severity == .fail },
      warnings: predictions.count { $0.severity == .warn },
      cost: Int(
        saturating: ((timeline.cost(window) + max(0, wished - window.duration) * Self.missingSecond)
          * 20)
          .rounded()),
      fromCentre: (abs(middle - duration / 2) * 10).rounded(), start: window.start)
  }
}

extension [TimeWindow] {
  /// The window with the least score, each scored once.
  fileprivate func best(_ score: (TimeWindow) -> WindowChooser.Score) -> TimeWindow? {
    map { ($0, score($0)) }.min { $0.1 < $1.1 }?.0
  }
}
