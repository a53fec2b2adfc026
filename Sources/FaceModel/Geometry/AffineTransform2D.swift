/// A point of a plane, `(x, y)`; `y` grows downwards.
package typealias Point2D = SIMD2<Double>

/// A point with depth, `(x, y, z)`; `z` grows away from the viewer.
package typealias Point3D = SIMD3<Double>

/// A 2×3 affine map of the plane: `x′ = a·x + c·y + tx`, `y′ = b·x + d·y + ty`.
///
/// Coordinates of a picture are continuous: `(0, 0)` is the top left corner of the first pixel,
/// `(width, height)` the bottom right corner of the last, and pixel `(i, j)` has its centre at
/// `(i + ½, j + ½)`. The coordinates of a tensor are the same in its own pixels.
package struct AffineTransform2D: Equatable, Sendable {
  package var a: Double
  package var b: Double
  package var c: Double
  package var d: Double
  package var tx: Double
  package var ty: Double

  package init(a: Double, b: Double, c: Double, d: Double, tx: Double, ty: Double) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.tx = tx
    self.ty = ty
  }

  /// The map that changes nothing.
  package static let identity = Self(a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0)

  package static func translation(_ x: Double, _ y: Double) -> Self {
    Self(a: 1, b: 0, c: 0, d: 1, tx: x, ty: y)
  }

  package static func scaling(_ x: Double, _ y: Double) -> Self {
    Self(a: x, b: 0, c: 0, d: y, tx: 0, ty: 0)
  }

  /// A turn about the origin by an angle in radians, clockwise as seen, since `y` points down.
  package static func rotation(_ angle: Double) -> Self {
    let (sine, cosine) = (sine(angle), cosine(angle))
    return Self(a: cosine, b: sine, c: -sine, d: cosine, tx: 0, ty: 0)
  }

  package func callAsFunction(_ point: Point2D) -> Point2D {
    Point2D(a * point.x + c * point.y + tx, b * point.x + d * point.y + ty)
  }

  /// The map that does this one first and `next` after it.
  package func then(_ next: Self) -> Self {
    Self(
      a: next.a * a + next.c * b, b: next.b * a + next.d * b,
      c: next.a * c + next.c * d, d: next.b * c + next.d * d,
      tx: next.a * tx + next.c * ty + next.tx, ty: next.b * tx + next.d * ty + next.ty)
  }

  /// The factor by which areas grow; negative when the map mirrors.
  package var determinant: Double { a * d - b * c }

  /// The map back, or nil when the plane is squashed to a line or a point.
  package var inverse: Self? {
    let determinant = determinant
    guard determinant != 0, determinant.isFinite else { return nil }
    let (ia, ib) = (d / determinant, -b / determinant)
    let (ic, id) = (-c / determinant, a / determinant)
    return Self(a: ia, b: ib, c: ic, d: id, tx: -(ia * tx + ic * ty), ty: -(ib * tx + id * ty))
  }
}
