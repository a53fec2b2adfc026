package import Kernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Orientation {
  /// The rotation in degrees in FFmpeg's convention: counter-clockwise, −180 < r ≤ 180 except that
  /// half a turn is −180, as `ffprobe` prints it.
  package var rotation: Int {
    // FFmpeg reads it off the image of the x axis, which a mirroring turns round.
    switch (quarterTurns, mirrored) {
    case (1, _): -90
    case (3, _): 90
    case (2, false), (0, true): -180
    default: 0
    }
  }

  /// Size of a stored picture as a viewer sees it: square pixels, then turned upright.
  package func displaySize(
    width: Int, height: Int, sampleAspect: Rational
  ) -> (width: Int, height: Int) {
    let ratio = sampleAspect.value
    let wide = ratio > 0 ? Int(saturating: (Double(width) * ratio).rounded()) : width
    let squareWidth = max(1, wide)
    return swapsAxes ? (height, squareWidth) : (squareWidth, height)
  }

  /// Reads a display matrix (nine 32-bit fixed-point numbers); `nil` when it is singular.
  init?(displayMatrix matrix: UnsafePointer<Int32>) {
    unsafe self.init(a: matrix[0], b: matrix[1], c: matrix[3], d: matrix[4])
  }

  /// The turn, then the mirroring, of a matrix that takes (x, y) to (ax + cy, bx + dy).
  ///
  /// A turn between two quarters is taken as the nearer one; `nil` when the matrix is singular.
  init?(a: Int32, b: Int32, c: Int32, d: Int32) {
    let determinant = Int64(a) * Int64(d) - Int64(b) * Int64(c)
    guard determinant != 0 else { return nil }
    let mirrored = determinant < 0
    // Mirrored back, what is left is a turn: (1, 0) goes to (cos, sin), clockwise as y points down.
    let angle = atan2(Double(b), Double(a) * (mirrored ? -1 : 1))
    self.init(quarterTurns: Int((angle / (.pi / 2)).rounded()), mirrored: mirrored)
  }
}
