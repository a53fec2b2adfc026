internal import ProviderRules

/// Which packets of a stretch are copied, and which pictures at its ends must be encoded anew.
///
/// A copy can begin only at an entry point, and can end only where no copied picture is shown after
/// one that is left out. What lies between such a place and the wished one is encoded anew. Times are
/// ticks of the video stream; decoding times tell packets apart.
struct StreamCut: Equatable, Sendable {
  /// When the first kept picture is shown: the output's time zero.
  let first: Int64
  /// When the first picture behind the stretch is shown.
  let end: Int64
  /// When the first copied picture is shown.
  let copyFirst: Int64
  /// Decoding times of the copied packets; pictures among them shown before `copyFirst` are left out.
  let copied: Range<Int64>
  /// Where to begin decoding for the pictures before the copied ones; `nil` without any.
  let headFrom: Int64?
  /// The packets to decode for the pictures behind the copied ones; `nil` without any.
  let tail: Range<Int64>?
  /// When the first picture behind the copied ones is shown.
  let tailFirst: Int64
  let copiedFrames: Int
  let encodedFrames: Int
  /// Bytes of the pictures: those copied, and twice the source's for those encoded anew.
  let bytes: Int
  /// Ticks that the last picture stays.
  let lastDuration: Int64
  /// Whether it begins with the clip's first picture.
  let beginsTheClip: Bool
  /// Seconds a tick.
  let tick: Double

  /// Whether nothing is encoded anew.
  var isPlain: Bool { encodedFrames == 0 }
  /// Seconds from the first picture to the end of the last.
  var seconds: Double { Double(end - first) * tick }
}

/// Finds the cuts of one clip.
struct CutFinder {
  private let entries: [PacketTable.Entry]
  private let tick: Double
  /// When the clip's first picture is shown.
  private let origin: Int64
  /// When the clip's last picture has been shown.
  private let finish: Int64
  /// For each number of packets from the start, when the last of their pictures is shown.
  private var latest: [Int64] = []
  /// For each number of packets from the start, when the first picture behind them is shown.
  private var next: [Int64] = []

  /// `nil` where packets lack the times that a cut needs.
  init?(_ table: PacketTable) {
    let shown = table.entries.filter { !$0.isHidden }
    guard table.isComplete, let first = shown.map(\.shown).min(),
      let last = shown.max(by: { $0.shown < $1.shown })
    else { return nil }
    entries = table.entries
    tick = table.tick
    origin = first
    let mean = (last.shown - first) / Int64(max(shown.count - 1, 1))
    finish = last.shown + max(last.duration > 0 ? last.duration : mean, 1)
    latest = [.min]
    for entry in entries { latest.append(max(latest.last ?? .min, entry.shown)) }
    next = [Int64](repeating: finish, count: entries.count + 1)
    for index in entries.indices.reversed() {
      // A hidden picture behind the last shown one is no picture to stop before.
      next[index] = min(next[index + 1], entries[index].shown)
    }
  }

  /// Whether the first `count` packets hold exactly the pictures shown before all others.
  private func isCleanEnd(_ count: Int) -> Bool { latest[count] < next[count] }

  /// The cut that keeps exactly the pictures shown in `window`; `nil` where copying is no use: no
  /// entry point, or more to encode anew than to copy.
  func cut(_ window: TimeWindow) -> StreamCut? {
    let start = ticks(window.start)
    // The last picture may stay for less than the slack.
    let isToTheEnd = window.end >= seconds(finish) - Self.slack
    let end = isToTheEnd ? finish : min(ticks(window.end), finish)
    let wished = entries.filter { !$0.isHidden && $0.shown >= start && $0.shown < end }
    guard let first = wished.map(\.shown).min(),
      let last = wished.max(by: { $0.shown < $1.shown }),
      let begin = entries.firstIndex(where: {
        $0.isEntry && !$0.isHidden && $0.shown >= first && $0.shown < end
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
    guard copied.count + head.count + tail.count == wished.count,
      copied.count >= head.count + tail.count
    else { return nil }
    var headFrom: Int64?
    if !head.isEmpty {
      guard let from = decodingStart(for: first, before: begin) else { return nil }
      headFrom = from
    }
    var tailRange: Range<Int64>?
    if !tail.isEmpty {
      guard let from = decodingStart(for: tailFirst, before: stop) else { return nil }
      tailRange = from..<decodingEnd(before: end)
    }
    let stays = last.duration > 0 ? last.duration : max(finish - last.shown, 1)
    return StreamCut(
      first: first, end: min(end, last.shown + stays), copyFirst: copyFirst,
      copied: entries[begin].decoded..<decoded(at: stop), headFrom: headFrom, tail: tailRange,
      tailFirst: tailFirst, copiedFrames: copied.count, encodedFrames: head.count + tail.count,
      bytes: copied.reduce(0) { $0 + $1.bytes }
        + 2 * (head + tail).reduce(0) { $0 + $1.bytes },
      lastDuration: stays, beginsTheClip: first == origin, tick: tick)
  }

  /// The stretches that can be copied without encoding anything, as places to begin, in seconds.
  var entryTimes: [Double] {
    entries.filter { $0.isEntry && !$0.isHidden }.map { seconds($0.shown) }
  }

  /// The times at which a copy can end, in seconds, ascending.
  var endTimes: [Double] {
    (1..<next.count).filter { isCleanEnd($0) && latest[$0] >= origin }
      .map { seconds(min(next[$0], finish)) }
  }

  // MARK: - Times

  /// Half a millisecond of slack: containers round, and people write 0.5 for 0.500033.
  private static let slack = 0.0005

  private func ticks(_ seconds: Double) -> Int64 {
    let ticks = ((seconds - Self.slack) / max(tick, .leastNormalMagnitude)).rounded(.up)
    guard let whole = Int64(exactly: ticks) else { return ticks > 0 ? .max : .min }
    let (sum, overflow) = origin.addingReportingOverflow(whole)
    return overflow ? .max : sum
  }

  private func seconds(_ ticks: Int64) -> Double { Double(ticks - origin) * tick }

  /// Where to begin decoding for a picture shown at `time`.
  private func decodingStart(for time: Int64, before index: Int) -> Int64? {
    entries[..<index].last { $0.isEntry && $0.shown <= time }?.decoded
  }

  /// The decoding time behind the last packet that a picture shown before `end` needs.
  private func decodingEnd(before end: Int64) -> Int64 {
    guard let last = entries.lastIndex(where: { $0.shown < end }) else { return .max }
    return decoded(at: last + 1)
  }

  private func decoded(at index: Int) -> Int64 {
    index < entries.count ? entries[index].decoded : .max
  }
}
