/// Watches for the answer after which a sequence no longer looks as if it could have come in any order.
///
/// A conformal test martingale: each value is ranked among those before it, and a bet is made that ranks
/// are not even. As long as they are, the stake grows a hundredfold with a probability of at most 1 %,
/// however long the sequence is (Ville's inequality). The bets are those of the Simple Jumper (Vovk,
/// Petej, Nouretdinov, Ahlberg, Carlsson and Gammerman, Retrain or not retrain: conformal test martingales
/// for change-point detection, 2021), with its jumping rate of 1 %.
struct DriftTest {
  /// What was seen.
  struct Alarm: Equatable {
    /// The index of the value after which the stake had grown enough.
    let seen: Int
    /// The index of the value from which on it grew: where the change is.
    let changed: Int
  }

  /// Largest probability of an alarm without a change.
  var falseAlarms = 0.01
  private static let jumpingRate = 0.01
  private static let bets = [-1.0, 0, 1]

  /// The first alarm; `nil` if nothing speaks for a change.
  ///
  /// - Parameter values: each with a number, 0–1, by which equal values are ranked.
  func alarm(in values: [(value: Double, lot: Double)]) -> Alarm? {
    var tree = RankTree(values.map(\.value))
    var stakes = Self.bets.map { _ in 1 / Double(Self.bets.count) }
    // A stake that has shrunk counts from its lowest point on.
    var (lowest, changed) = (Double.infinity, 0)
    for (index, (value, lot)) in values.enumerated() {
      tree.add(value)
      let (smaller, equal) = tree.count(value)
      let larger = index + 1 - smaller - equal
      let rank = (Double(larger) + lot * Double(equal)) / Double(index + 1)
      let total = stakes.reduce(0, +)
      for (bet, factor) in Self.bets.enumerated() {
        let moved = (1 - Self.jumpingRate) * stakes[bet] + Self.jumpingRate * total / 3
        stakes[bet] = moved * (1 + factor * (rank - 0.5))
      }
      let stake = stakes.reduce(0, +)
      if stake < lowest { (lowest, changed) = (stake, index + 1) }
      if stake * falseAlarms >= 1 { return Alarm(seen: index, changed: min(changed, index)) }
    }
    return nil
  }
}
