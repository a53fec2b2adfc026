/// How the coded picture must be turned to stand upright.
package struct Orientation: Sendable, Equatable {
  /// Clockwise quarter turns to apply, 0…3.
  package let quarterTurns: Int
  /// Whether the picture is also mirrored, after the turn.
  package let mirrored: Bool

  package static let upright = Orientation(quarterTurns: 0, mirrored: false)

  package init(quarterTurns: Int, mirrored: Bool) {
    self.quarterTurns = quarterTurns & 3
    self.mirrored = mirrored
  }

  /// Whether width and height change places.
  package var swapsAxes: Bool { quarterTurns & 1 == 1 }
}
