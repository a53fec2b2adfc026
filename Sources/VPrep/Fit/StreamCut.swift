internal import MediaIO
internal import Services

/// The packets of a window that are copied, and the frames at its ends that are encoded.
///
/// A copy can begin only at a random access point. It can end only where no copied frame is shown
/// after one that is left out. The frames between these places and the ends of the window are
/// encoded. Times are ticks of the video stream; packets are identified by their decoding
/// timestamps.
struct StreamCut: Equatable, Sendable {
  /// When the first kept picture is shown: the output's time zero.
  let first: Ticks
  /// When the first frame after the window is shown.
  let end: Ticks
  /// When the first copied picture is shown.
  let copyFirst: Ticks
  /// Decoding times of the copied packets; pictures among them shown before `copyFirst` are left out.
  let copied: Range<Ticks>
  /// Where to begin decoding for the pictures before the copied ones; `nil` without any.
  let headFrom: Ticks?
  /// The packets to decode for the pictures behind the copied ones; `nil` without any.
  let tail: Range<Ticks>?
  /// When the first picture behind the copied ones is shown.
  let tailFirst: Ticks
  let copiedFrames: Int
  let encodedFrames: Int
  /// Bytes of the pictures: those copied, and twice the source's for those encoded.
  let bytes: Int
  /// Ticks that the last picture stays.
  let lastDuration: Ticks
  /// Whether it begins with the clip's first picture.
  let beginsTheClip: Bool
  /// Whether it ends with the clip's last picture.
  let endsTheClip: Bool
  let timeBase: Rational

  /// Whether nothing is encoded.
  var isPlain: Bool { encodedFrames == 0 }
  /// Seconds from the first picture to the end of the last.
  var seconds: Double { (end - first).seconds(timeBase) }
}

/// Finds the cuts of one clip.
struct CutFinder {
  private let entries: [PacketTable.Entry]
  private let timeBase: Rational
  /// When the clip's first picture is shown.
  private let origin: Ticks
  /// When the clip's last picture has been shown.
  private let finish: Ticks
  /// For each number of packets from the start, when the last of their pictures is shown.
  private var latest: [Ticks] = []
  /// For each number of packets from the start, when the first picture behind them is shown.
  private var next: [Ticks] = []

  /// `nil` where packets lack the times that a cut needs.
  init?(_ table: PacketTable) {
    let shown = table.entries.filter { !$0.isHidden }
    guard table.isComplete, let first = shown.map(\.shown).min(),
      let last = shown.max(by: { $0.shown < $1.shown })
    else { return nil }
    entries = table.entries
    timeBase = table.timeBase
    origin = first
    let step = PacketTable.medianStep(shown.map(\.shown)) ?? 1
    finish = last.shown + (last.duration > 0 ? last.duration : step)
    latest = [.min]
    for entry in entries { latest.append(max(latest.last ?? .min, entry.shown)) }
    next = [Ticks](repeating: finish, count: entries.count + 1)
    for index in entries.indices.reversed() {
      // A hidden picture behind the last shown one is no picture to stop before.
      next[index] = min(next[index + 1], entries[index].shown)
    }
  }

  /// Whether the first `count` packets hold exactly the pictures shown before all others.
  private func isCleanEnd(_ count: Int) -> Bool { latest[count] < next[count] }

  /// The cut that keeps exactly the frames shown in `window`.
  ///
  /// - Returns: `nil` if copying is not worthwhile: there is no random access point, or more frames
  ///   would be encoded than copied.
  func cut(_ window: TimeWindow) -> StreamCut? {
    let start = ticks(window.start)
    // The last picture may stay for less than the slack.
    let isToTheEnd = window.end >= seconds(finish) - Self.slack
    let end = isToTheEnd ? finish : min(ticks(window.end), finish)
    let wished = entries.filter { !$0.isHidden && $0.shown >= start && $0.shown < end }
    guard let first = wished.map(\.shown).min(),
      let last = wished.max(by: { $0.shown < $1.shown }),
      let begin = entries.firstIndex(where: {
        $0.isRandomAccessPoint && !$0.isHidden && $0.shown >= first && $0.shown < end
      }),
      let stop = entries.indices.reversed().map({ $0 + 1 }).first(where: {
        isCleanEnd($0) && latest[$0] < end
      }), stop > begin
    else { return nil }
    let copyFirst = entries[begin].shown
    let tailFirst = latest[stop] + 1
    let copied = entries[begin..<stop].filter { !$0.isHidden && $0.shown >= copyFirst }
    let head = wished.filter { $0.shown < copyFirst }
    let tail = wished.filter { $0.shown >= tailFirst }
    // A hidden picture among the copied ones would be shown, and leaving it out could break others.
    let hidden = entries[begin..<stop].contains { $0.isHidden && $0.shown >= copyFirst }
    guard !hidden, copied.count + head.count + tail.count == wished.count,
      copied.count >= head.count + tail.count
    else { return nil }
    var headFrom: Ticks?
    if !head.isEmpty {
      guard let from = decodingStart(for: first, before: begin) else { return nil }
      headFrom = from
    }
    var tailRange: Range<Ticks>?
    if !tail.isEmpty {
      guard let from = decodingStart(for: tailFirst, before: stop) else { return nil }
      tailRange = Range(from: from, to: decodingEnd(before: end))
    }
    let next = entries.lazy.filter { !$0.isHidden && $0.shown > last.shown }.map(\.shown).min()
    let untilNext = max((next ?? finish) - last.shown, 1)
    let stays = min(last.duration > 0 ? last.duration : untilNext, max(end - last.shown, 1))
    return StreamCut(
      first: first, end: min(end, last.shown + stays), copyFirst: copyFirst,
      copied: Range(from: entries[begin].decoded, to: decoded(at: stop)), headFrom: headFrom,
      tail: tailRange,
      tailFirst: tailFirst, copiedFrames: copied.count, encodedFrames: head.count + tail.count,
      bytes: copied.reduce(0) { $0 + $1.bytes }
        + 2 * (head + tail).reduce(0) { $0 + $1.bytes },
      lastDuration: stays, beginsTheClip: first == origin, endsTheClip: end == finish,
      timeBase: timeBase)
  }

  /// The windows that can be copied without encoding anything, as places to begin, in seconds.
  var randomAccessTimes: [Double] {
    entries.filter { $0.isRandomAccessPoint && !$0.isHidden }.map { seconds($0.shown) }
  }

  /// The times at which a copy can end, in seconds, ascending.
  var endTimes: [Double] {
    (1..<next.count).filter { isCleanEnd($0) && latest[$0] >= origin }
      .map { seconds(min(next[$0], finish)) }
  }

  // MARK: - Times

  /// Half a millisecond of slack: containers round, and people write 0.5 for 0.500033.
  private static let slack = 0.0005

  private func ticks(_ seconds: Double) -> Ticks {
    let time = Ticks(seconds: seconds - Self.slack, in: timeBase, rounding: .up)
    guard let time else { return seconds > 0 ? .max : .min }
    return origin + time
  }

  private func seconds(_ time: Ticks) -> Double { (time - origin).seconds(timeBase) }

  /// Where to begin decoding for a picture shown at `time`.
  private func decodingStart(for time: Ticks, before index: Int) -> Ticks? {
    entries[..<index].last { $0.isRandomAccessPoint && $0.shown <= time }?.decoded
  }

  /// The decoding time behind the last packet that a picture shown before `end` needs.
  private func decodingEnd(before end: Ticks) -> Ticks {
    guard let last = entries.lastIndex(where: { $0.shown < end }) else { return .max }
    return decoded(at: last + 1)
  }

  private func decoded(at index: Int) -> Ticks {
    index < entries.count ? entries[index].decoded : .max
  }
}
