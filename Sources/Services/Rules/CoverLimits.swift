/// From which share a region of the face counts as covered: for the rules, and for measures that weigh what
/// covers it.
package enum CoverLimits {
  /// Half of it: a warning.
  package static let partly = 0.5
  /// Nearly all of it: a failure.
  package static let nearlyAll = 0.8
  /// Share of the mouth, the nose or an eye from which a hand is what covers it.
  package static let hand = 0.3
}
