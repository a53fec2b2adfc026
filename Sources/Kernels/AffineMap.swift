#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A 2x3 affine map from positions in an output picture to positions in an input picture.
///
/// Positions are continuous, in samples from the top left corner of a picture: sample (i, j) covers
/// i...i+1 by j...j+1 and has its centre at (i + ½, j + ½). Input positions count luma samples.
/// x = xu·u + xv·v + x0 and y = yu·u + yv·v + y0.
package struct AffineMap: Equatable, Sendable {
  package var xu: Double
  package var xv: Double
  package var x0: Double
  package var yu: Double
  package var yv: Double
  package var y0: Double

  /// The map with these coefficients, row by row.
  package init(_ xu: Double, _ xv: Double, _ x0: Double, _ yu: Double, _ yv: Double, _ y0: Double) {
    self.xu = xu
    self.xv = xv
    self.x0 = x0
    self.yu = yu
    self.yv = yv
    self.y0 = y0
  }

  /// The input position of an output position.
  package func callAsFunction(_ u: Double, _ v: Double) -> (x: Double, y: Double) {
    (xu * u + xv * v + x0, yu * u + yv * v + y0)
  }

  /// Input samples from one output sample to the next, along the axis where they are most.
  ///
  /// For a map that keeps right angles, this is how much it makes the picture smaller.
  package var minification: Double {
    max((xu * xu + yu * yu).squareRoot(), (xv * xv + yv * yv).squareRoot())
  }
}
