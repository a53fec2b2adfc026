internal import FaceModel

/// Measures the openness of the tracked face's eyes, with one network run per frame while they are
/// open.
///
/// The eyes take turns: both lids move together in a blink, so one eye is enough to notice its
/// start. Both eyes are measured if that eye is narrower than usual or the other one has not been
/// measured yet. A head that is turned far shows only one eye, which then stands for both.
struct EyeSampler {
  /// Height of each eye's opening by its width, `EyeLandmarks.aspectRatio`.
  struct Ratios: Equatable {
    var left: Double
    var right: Double
  }

  private var last: (left: Double?, right: Double?)
  /// What each eye measures while it is open.
  private var usual: (left: Double, right: Double) = (0, 0)
  private var turn = EyeSide.left

  /// Part of its usual opening from which an eye counts as wide open.
  private static let openPart = 0.75
  /// How fast the usual opening follows a narrower one: over about a hundred frames.
  private static let decay = 0.01
  /// Turn of the head from which the far eye is too narrow to measure, in degrees.
  private static let oneEyeYaw = 30.0

  /// Forgets the person.
  mutating func reset() { self = EyeSampler() }

  /// Measures the eyes in the next frame; `nil` when neither can be measured.
  ///
  /// - Parameter measure: runs the network on one eye.
  mutating func look(
    yaw: Double, measure: (EyeSide) throws(ModelError) -> Double?
  ) throws(ModelError) -> Ratios? {
    if abs(yaw) > Self.oneEyeYaw {
      // Turned to the viewer's right, the head shows the eye on the viewer's left.
      guard let near = try measure(yaw > 0 ? .left : .right) else { return nil }
      last = (nil, nil)
      return Ratios(left: near, right: near)
    }
    let first = turn
    turn = first == .left ? .right : .left
    let isOpen = note(try measure(first), first)
    if !isOpen || value(turn) == nil { _ = note(try measure(turn), turn) }
    guard let left = last.left ?? last.right, let right = last.right ?? last.left else {
      return nil
    }
    return Ratios(left: left, right: right)
  }

  private func value(_ side: EyeSide) -> Double? { side == .left ? last.left : last.right }

  /// Keeps an eye's ratio; says whether it is as open as usual.
  private mutating func note(_ ratio: Double?, _ side: EyeSide) -> Bool {
    if side == .left { last.left = ratio } else { last.right = ratio }
    guard let ratio else { return false }
    let before = side == .left ? usual.left : usual.right
    let now = max(ratio, before + (ratio - before) * Self.decay)
    if side == .left { usual.left = now } else { usual.right = now }
    return ratio >= EyeBaseline.leastOpen && ratio >= Self.openPart * now
  }
}
