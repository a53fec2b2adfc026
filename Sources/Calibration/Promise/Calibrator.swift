internal import Services

/// Learns limits from the answers in a log.
public struct Calibrator: Sendable {
  /// What the limits have to keep.
  public var promise = Promise()

  /// Least share of clips between a limit and a stricter one that the service must have refused with its
  /// code, as a lower bound, before the limit becomes stricter: more are refused than not.
  static let leastPrecision = 0.5

  /// Makes a calibrator.
  public init(_ promise: Promise = Promise()) { self.promise = promise }

  /// What the log says about each limit that no document gives.
  public func limits(from log: AnswerLog) -> [CalibratedLimit] {
    let clips = log.evenlyIncluded.sorted { $0.time < $1.time }
    let older = clips.prefix(clips.count / 2)
    let newer = clips.suffix(clips.count - clips.count / 2)
    let table = log.table
    let searches = table.places.map { place in
      Search(place: place, older: LimitEvidence(older, place, table), table: table)
    }
    // Settled before the newer part is looked at: the limits that are tried share the doubt.
    let tried = searches.filter { $0.older.measured > 0 }.count
    return searches.map { search in
      decide(
        search, LimitEvidence(newer, search.place, table),
        LimitEvidence(clips, search.place, table),
        sent: precision(search, clips), doubt: promise.doubt / Double(max(tried, 1)))
    }
  }

  /// One limit and what the older part of the log says about it.
  private struct Search {
    let place: LimitTable.Place
    let older: LimitEvidence
    let table: LimitTable

    var current: Double { table.limit(place)?.value ?? .nan }
  }

  private func decide(
    _ search: Search, _ newer: LimitEvidence, _ all: LimitEvidence,
    sent precision: CalibratedLimit.Precision, doubt: Double
  ) -> CalibratedLimit {
    let (place, table) = (search.place, search.table)
    let share = place.severity == .fail ? promise.failing : promise.warning
    let rule = table.rules[place.rule]
    let sequence = FixedSequence(share: share, doubt: doubt)
    func result(
      _ finding: CalibratedLimit.Finding, _ limit: Double, beyond: Int, missing: Int = 0
    ) -> CalibratedLimit {
      CalibratedLimit(
        code: rule.code, measure: rule.measure.name, side: rule.valueSide,
        severity: place.severity, unit: rule.measure.unit.rawValue, old: search.current,
        new: limit, finding: finding, accepted: newer.measured, beyond: beyond, alpha: share,
        delta: doubt, missing: missing, precision: precision)
    }
    let current = Float(search.current)
    let needed = ExactInterval.fewestTrials(share: share, doubt: doubt)
    func tooFew() -> CalibratedLimit {
      result(
        .tooFew, search.current, beyond: newer.acceptedBeyond(current),
        missing: max(1, 2 * needed - all.measured))
    }
    guard newer.measured >= needed else { return tooFew() }
    guard precision.sent > 0 || place.severity == .warn else {
      return result(.untested, search.current, beyond: 0)
    }
    let finder = LimitSearch(evidence: search.older, current: current)
    let target = finder.target
    var candidates = finder.candidates(upTo: target, most: share)
    if let last = candidates.firstIndex(of: current),
      !isRightlyStricter(target, than: current, newer, doubt: doubt)
    {
      // A sequence may end early, whatever the newer part says.
      candidates.removeSubrange((last + 1)...)
    }
    guard let proof = sequence.innermost(of: candidates, on: newer) else { return tooFew() }
    let isCurrent = proof.limit == current
    return result(
      isCurrent ? .confirmed : .moved,
      isCurrent ? search.current : Double(proof.limit).rounded(places: 4), beyond: proof.beyond)
  }

  /// Whether most clips between a limit and a stricter one are refused with its code, as far as the newer
  /// part of the log proves it.
  private func isRightlyStricter(
    _ target: Float, than current: Float, _ newer: LimitEvidence, doubt: Double
  ) -> Bool {
    let refused = newer.refusedBeyond(target) - newer.refusedBeyond(current)
    let accepted = newer.acceptedBeyond(target) - newer.acceptedBeyond(current)
    let interval = ExactInterval(count: refused, trials: refused + accepted)
    return interval.lower(doubt: doubt) >= Self.leastPrecision
  }

  /// What became of the clips beyond the limit that is in use.
  private func precision(_ search: Search, _ clips: [AnsweredClip]) -> CalibratedLimit.Precision {
    let (place, table) = (search.place, search.table)
    let limit = Float(search.current)
    var (sent, refused) = (0, 0)
    for clip in clips {
      guard let value = clip.value(place), table.isCrossed(place, by: value, limit: limit) else {
        continue
      }
      sent += 1
      if case .refused(let code) = clip.answer, code == table.codes[place.rule] { refused += 1 }
    }
    let interval = ExactInterval(count: refused, trials: sent)
    return CalibratedLimit.Precision(
      sent: sent, refused: refused, low: interval.lower(doubt: 0.025).rounded(places: 4),
      high: interval.upper(doubt: 0.025).rounded(places: 4))
  }
}

extension AnswerLog {
  /// The clips, thinned until each was included with the same probability.
  ///
  /// Of clips that were foretold to fail only a share is sent, to learn what the service says. Every other
  /// clip is kept with the same probability, by its own lot, so that counts need no weights and the exact
  /// test stays exact.
  var evenlyIncluded: [AnsweredClip] {
    guard let least = clips.map(\.inclusion).min(), least < 1 else { return clips }
    return clips.filter { $0.lot < least / $0.inclusion }
  }
}
