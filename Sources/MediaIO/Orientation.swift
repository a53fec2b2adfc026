internal import CFFmpeg

/// How the coded picture must be turned to stand upright.
package struct Orientation: Sendable, Equatable {
  /// Clockwise quarter turns to apply, 0…3.
  package let quarterTurns: Int
  /// Whether the matrix also mirrors the picture.
  package let mirrored: Bool

  package static let upright = Orientation(quarterTurns: 0, mirrored: false)

  package init(quarterTurns: Int, mirrored: Bool) {
    self.quarterTurns = quarterTurns & 3
    self.mirrored = mirrored
  }

  /// The rotation in degrees in FFmpeg's convention: counter-clockwise, −180 < r ≤ 180 except that
  /// half a turn is −180, as `ffprobe` prints it.
  package var rotation: Int {
    switch quarterTurns {
    case 1: -90
    case 2: -180
    case 3: 90
    default: 0
    }
  }

  /// Whether width and height change places.
  package var swapsAxes: Bool { quarterTurns & 1 == 1 }

  /// Reads a display matrix (nine 32-bit fixed-point numbers); `nil` when it is singular.
  init?(displayMatrix matrix: UnsafePointer<Int32>) {
    let degrees = unsafe av_display_rotation_get(matrix)
    guard degrees.isFinite else { return nil }
    let (a, b, c, d) = unsafe (matrix[0], matrix[1], matrix[3], matrix[4])
    let determinant = Int64(a) * Int64(d) - Int64(b) * Int64(c)
    let turns = Int((-degrees / 90).rounded())
    self.init(quarterTurns: turns, mirrored: determinant < 0)
  }
}
