internal import Services

/// The values that one limit is compared with, in the clips of one part of the log.
struct LimitEvidence {
  /// Of accepted clips, sorted from the worst.
  let accepted: [Float]
  /// Of clips that were refused with the rule's code, sorted from the worst.
  let refused: [Float]
  /// How many accepted clips the rule had something to read of, whether the limit counted or not.
  let measured: Int
  private let isWorse: (Float, Float) -> Bool
  private let isCrossed: (Float, Float) -> Bool

  init(_ clips: some Sequence<AnsweredClip>, _ place: LimitTable.Place, _ table: LimitTable) {
    let side = table.rules[place.rule].side
    let isWorse: (Float, Float) -> Bool = side == .min ? { $0 < $1 } : { $0 > $1 }
    var (accepted, refused, measured) = ([Float](), [Float](), 0)
    for clip in clips where clip.isMeasured(place) {
      switch clip.answer {
      case .accepted:
        measured += 1
        if let value = clip.value(place) { accepted.append(value) }
      // Refused for another reason, a clip says nothing about this limit.
      case .refused(let code):
        if code == table.codes[place.rule], let value = clip.value(place) { refused.append(value) }
      }
    }
    self.accepted = accepted.sorted(by: isWorse)
    self.refused = refused.sorted(by: isWorse)
    self.measured = measured
    self.isWorse = isWorse
    isCrossed = { table.isCrossed(place, by: $0, limit: $1) }
  }

  /// How many accepted clips a limit is crossed by.
  func acceptedBeyond(_ limit: Float) -> Int { beyond(limit, accepted) }

  /// How many clips that were refused with the rule's code a limit is crossed by.
  func refusedBeyond(_ limit: Float) -> Int { beyond(limit, refused) }

  /// Whether a limit is crossed by fewer values than another.
  func isLooser(_ limit: Float, than other: Float) -> Bool { isWorse(limit, other) }

  /// The clips beyond a limit come first.
  private func beyond(_ limit: Float, _ values: [Float]) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if isCrossed(values[middle], limit) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
