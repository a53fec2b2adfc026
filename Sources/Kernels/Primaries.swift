/// The colours that red, green and blue stand for, and light in terms of other colours.
package struct Primaries: Equatable, Sendable {
  /// CIE 1931 chromaticity of each primary, and of white.
  package let red: Chromaticity
  package let green: Chromaticity
  package let blue: Chromaticity
  package let white: Chromaticity

  /// CIE 1931 x and y.
  package struct Chromaticity: Equatable, Sendable {
    package let x: Double
    package let y: Double

    package init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }

    /// X and Z for Y = 1.
    var tristimulus: SIMD3<Double> { SIMD3(x / y, 1, (1 - x - y) / y) }
  }

  /// ITU-R BT.709-6, items 1.3 and 1.4; white is D65.
  package static let bt709 = Primaries(
    red: Chromaticity(0.640, 0.330), green: Chromaticity(0.300, 0.600),
    blue: Chromaticity(0.150, 0.060), white: Chromaticity(0.3127, 0.3290))

  /// ITU-R BT.2020-2, table 3, and BT.2100-2, table 2; white is D65.
  package static let bt2020 = Primaries(
    red: Chromaticity(0.708, 0.292), green: Chromaticity(0.170, 0.797),
    blue: Chromaticity(0.131, 0.046), white: Chromaticity(0.3127, 0.3290))

  /// SMPTE EG 432-1, the colours of phones' and computers' wide displays; white is D65.
  package static let p3 = Primaries(
    red: Chromaticity(0.680, 0.320), green: Chromaticity(0.265, 0.690),
    blue: Chromaticity(0.150, 0.060), white: Chromaticity(0.3127, 0.3290))

  /// The shares of linear red, green and blue in luminance.
  package var luminance: SIMD3<Double> {
    let columns = toXYZ.columns
    return SIMD3(columns.0.y, columns.1.y, columns.2.y)
  }

  /// From linear RGB of these primaries to CIE XYZ, such that RGB 1, 1, 1 is white with Y = 1.
  ///
  /// SMPTE RP 177: the columns are the primaries, scaled to add up to white.
  package var toXYZ: Matrix3 {
    let columns = Matrix3(columns: red.tristimulus, green.tristimulus, blue.tristimulus)
    let scale = columns.inverse * white.tristimulus
    return Matrix3(
      columns: columns.columns.0 * scale.x, columns.columns.1 * scale.y,
      columns.columns.2 * scale.z)
  }

  /// From linear RGB of these primaries to linear RGB of `other`.
  package func converted(to other: Primaries) -> Matrix3 {
    let (from, back) = (toXYZ, other.toXYZ.inverse)
    return Matrix3(
      columns: back * from.columns.0, back * from.columns.1, back * from.columns.2)
  }
}

/// A 3x3 matrix.
package struct Matrix3: Sendable {
  package let columns: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  package init(columns a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) {
    columns = (a, b, c)
  }

  package static func * (matrix: Matrix3, vector: SIMD3<Double>) -> SIMD3<Double> {
    let (a, b, c) = matrix.columns
    return a * vector.x + b * vector.y + c * vector.z
  }

  /// The inverse of a matrix whose columns are independent.
  package var inverse: Matrix3 {
    let (a, b, c) = columns
    // Each row of the inverse is the cross product of two columns over the determinant.
    let (x, y, z) = (Self.cross(b, c), Self.cross(c, a), Self.cross(a, b))
    let determinant = (a * x).sum()
    return Matrix3(
      columns: SIMD3(x.x, y.x, z.x) / determinant, SIMD3(x.y, y.y, z.y) / determinant,
      SIMD3(x.z, y.z, z.z) / determinant)
  }

  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
