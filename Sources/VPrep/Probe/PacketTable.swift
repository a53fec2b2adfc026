internal import MediaIO

/// Every video packet of a clip in the order of decoding: what a cut by copying is planned from.
struct PacketTable: Sendable, Equatable {
  /// One packet; times in ticks of the stream.
  struct Entry: Sendable, Equatable {
    /// When its picture is shown.
    var shown: Ticks
    /// When it is decoded.
    var decoded: Ticks
    /// How long its picture stays, 0 when unknown.
    var duration: Ticks
    var bytes: Int
    /// Whether decoding can begin here.
    var isRandomAccessPoint: Bool
    /// Whether an edit list hides its picture.
    var isHidden: Bool
  }

  private(set) var entries: [Entry] = []
  /// Packets up to the last one whose picture is shown; an edit list hides all behind them.
  private(set) var shownPrefix = 0
  /// Whether an edit list hides frames between shown ones.
  ///
  /// A copy would show them, because its own edit list can hide only frames before the first.
  private(set) var hidesBetween = false
  private var count = 0
  private var shownCount = 0
  /// Whether every packet has both times and they are decoded one after the other.
  private(set) var isComplete = true
  /// Whether every packet tells when its picture is shown.
  private(set) var hasTimes = true
  let timeBase: Rational

  init(timeBase: Rational = Rational(1, 1)) { self.timeBase = timeBase }

  /// Takes the next packet.
  mutating func note(_ packet: borrowing Packet, isRandomAccessPoint: Bool) {
    if packet.presentationTime == nil { hasTimes = false }
    guard let shown = packet.presentationTime, let decoded = packet.decodeTime else {
      isComplete = false
      notePosition(isHidden: packet.isDiscarded)
      return
    }
    append(
      Entry(
        shown: shown, decoded: decoded, duration: packet.duration,
        bytes: packet.byteCount, isRandomAccessPoint: isRandomAccessPoint,
        isHidden: packet.isDiscarded))
  }

  private mutating func notePosition(isHidden: Bool) {
    count += 1
    guard !isHidden else { return }
    // Hidden packets in front of the first shown one count in the prefix, but stand between none.
    if shownCount > 0, shownPrefix < count - 1 { hidesBetween = true }
    shownCount += 1
    shownPrefix = count
  }

  /// Whether an edit list hides any picture.
  var hidesPictures: Bool { shownCount < count }

  /// Whether an edit list hides packets after the last shown frame, as a non-destructive trim does.
  var hidesEnd: Bool { shownCount > 0 && shownPrefix < count }

  /// The packet whose picture is shown last; `nil` without any that tells.
  var lastShown: Entry? { entries.filter { !$0.isHidden }.max { $0.shown < $1.shown } }

  /// Forgets durations that are no more than guesses; the last shown picture stays for `stay`.
  mutating func forgetDurations(lastStays stay: Ticks) {
    for index in entries.indices { entries[index].duration = 0 }
    let last = entries.indices.filter { !entries[$0].isHidden }.max {
      entries[$0].shown < entries[$1].shown
    }
    if let last { entries[last].duration = stay }
  }

  /// Median of the steps between presentation times, at least 1; `nil` for fewer than two.
  ///
  /// - Parameter times: in any order.
  static func medianStep(_ times: [Ticks]) -> Ticks? {
    let sorted = times.sorted()
    let steps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.sorted()
    return steps.isEmpty ? nil : max(steps[steps.count / 2], 1)
  }

  mutating func append(_ entry: Entry) {
    if let last = entries.last, last.decoded >= entry.decoded { isComplete = false }
    entries.append(entry)
    notePosition(isHidden: entry.isHidden)
  }
}
