/// Where a head is turned, in degrees.
///
/// Yaw and pitch say where the nose points; roll is the turn about that direction.
package struct HeadPose: Equatable, Sendable {
  /// Positive towards the viewer's right.
  package let yaw: Double
  /// Positive upwards.
  ///
  /// What counts as level is the canonical face model's; it differs between people by some degrees,
  /// so changes of pitch are more certain than its value. A wide-open mouth raises it by about 3°,
  /// because the network moves the whole face a little with the jaw.
  package let pitch: Double
  /// Positive clockwise as seen.
  package let roll: Double

  /// The turn that best lays the canonical face on the landmarks; nil when they are degenerate.
  ///
  /// The turn is the orthogonal polar factor of the correlation of both point sets (Schönemann,
  /// "A generalized solution of the orthogonal Procrustes problem", 1966), found by Newton's
  /// iteration (Higham, "Computing the polar decomposition", 1986). It takes no account of
  /// perspective: a face near the edge of a wide-angle selfie reads as turned by some degrees.
  package init?(_ landmarks: FaceLandmarks) {
    // The canonical model has y up and z towards the viewer.
    let observed = Self.rigidPoints.map { landmarks[$0.index] * Point3D(1, -1, -1) }
    let canonical = Self.rigidPoints.map(\.position)
    let observedMean = observed.reduce(.zero, +) / Double(observed.count)
    let canonicalMean = canonical.reduce(.zero, +) / Double(canonical.count)
    var correlation = Matrix3(columns: (.zero, .zero, .zero))
    for (seen, known) in zip(observed, canonical) {
      let (u, v) = (seen - observedMean, known - canonicalMean)
      correlation.columns.0 += u * v.x
      correlation.columns.1 += u * v.y
      correlation.columns.2 += u * v.z
    }
    guard let turn = correlation.rotation else { return nil }
    // turn = (turn about y by yaw)·(about x by −pitch)·(about z by −roll).
    let forward = turn.columns.2
    yaw = degrees(angle(y: forward.x, x: forward.z))
    pitch = degrees(
      angle(y: forward.y, x: (forward.x * forward.x + forward.z * forward.z).squareRoot()))
    roll = -degrees(angle(y: turn.columns.0.y, x: turn.columns.1.y))
  }

  /// Points that neither speech nor mimicry moves: brow to nose, eye corners, temples, cheekbones.
  ///
  /// Mouth, chin and eyelids are left out, so that an opening mouth hardly reads as a nod.
  /// Source of the positions (centimetres): MediaPipe's canonical face model.
  static let rigidPoints: [(index: Int, position: Point3D)] = {
    let middle: [(Int, Point3D)] = [
      (10, [0, 8.261778, 4.481535]), (151, [0, 6.545390, 5.027311]),
      (9, [0, 4.885979, 5.385258]), (168, [0, 3.271027, 5.236015]),
      (6, [0, 2.473255, 5.788627]), (197, [0, 1.728369, 6.316750]),
      (195, [0, 1.059413, 6.774605]), (5, [0, 0.365669, 7.242870]),
      (4, [0, -0.463170, 7.586580]), (2, [0, -2.089024, 6.058267]),
    ]
    // Left and right are mirror images; the position is the right point's.
    let pairs: [(left: Int, right: Int, Point3D)] = [
      (33, 263, [4.445859, 2.663991, 3.173422]), (133, 362, [1.856432, 2.585245, 3.757904]),
      (98, 327, [1.405627, -1.714196, 5.241087]), (50, 280, [4.765501, -0.701554, 3.534632]),
      (117, 346, [5.258659, 0.945811, 2.974312]), (234, 454, [7.664182, 0.673132, -2.435867]),
      (127, 356, [7.743095, 2.364999, -2.005167]), (54, 284, [6.279331, 6.615427, 1.425850]),
      (67, 297, [3.523964, 8.005976, 3.729163]),
    ]
    return middle
      + pairs.flatMap { left, right, position in
        [(left, position * Point3D(-1, 1, 1)), (right, position)]
      }
  }()
}

/// A 3×3 matrix, just enough for `HeadPose`.
private struct Matrix3 {
  var columns: (Point3D, Point3D, Point3D)

  /// The nearest rotation, or nil when the matrix mirrors or is close to singular.
  var rotation: Matrix3? {
    let norm = [columns.0, columns.1, columns.2].reduce(0) { $0 + ($1 * $1).sum() }.squareRoot()
    guard norm > 0, norm.isFinite else { return nil }
    var current = scaled(1 / norm)
    for _ in 0..<60 {
      let cofactors = current.cofactors
      let determinant = (current.columns.0 * cofactors.columns.0).sum()
      guard determinant > 1e-9 else { return nil }
      // The mean of the matrix and its inverse transposed, which is cofactors ÷ determinant.
      let inverse = cofactors.scaled(1 / determinant)
      let next = Matrix3(
        columns: (
          (current.columns.0 + inverse.columns.0) / 2, (current.columns.1 + inverse.columns.1) / 2,
          (current.columns.2 + inverse.columns.2) / 2
        ))
      let change = next.columns.0 - current.columns.0
      current = next
      if (change * change).sum() < 1e-24 { break }
    }
    return current
  }

  private var cofactors: Matrix3 {
    Matrix3(
      columns: (
        Self.cross(columns.1, columns.2), Self.cross(columns.2, columns.0),
        Self.cross(columns.0, columns.1)
      ))
  }

  private func scaled(_ factor: Double) -> Matrix3 {
    Matrix3(columns: (columns.0 * factor, columns.1 * factor, columns.2 * factor))
  }

  private static func cross(_ u: Point3D, _ v: Point3D) -> Point3D {
    Point3D(u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x)
  }
}
