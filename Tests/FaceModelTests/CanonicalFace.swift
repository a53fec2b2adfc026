@testable import FaceModel

/// Landmarks of a head in a known pose.
enum CanonicalFace {
  /// The canonical face turned, in a picture of 640×480 with its origin at the middle.
  ///
  /// Only the rigid points have their true places; the others stand near the nose, inside the face.
  ///
  /// - Parameters:
  ///   - yaw: degrees towards the viewer's right.
  ///   - pitch: degrees upwards.
  ///   - roll: degrees clockwise.
  ///   - scale: pixels a centimetre.
  static func landmarks(
    yaw: Double = 0, pitch: Double = 0, roll: Double = 0, scale: Double = 10
  ) -> FaceLandmarks? {
    var positions = [Point3D](repeating: [0, 1, 5], count: FaceLandmarks.count)
    for (index, position) in HeadPose.rigidPoints { positions[index] = position }
    let points = positions.map { position -> Point3D in
      // The head's own axes: x to the viewer's right, y up, z towards the viewer.
      let rolled = turned(position, by: -roll, 0, 1)
      let nodded = turned(rolled, by: -pitch, 1, 2)
      let seen = turned(nodded, by: yaw, 2, 0)
      return Point3D(320 + scale * seen.x, 240 - scale * seen.y, -scale * seen.z)
    }
    return FaceLandmarks(points: points, score: 1)
  }

  /// A turn that takes axis `from` towards axis `to`.
  private static func turned(
    _ point: Point3D, by degrees: Double, _ from: Int, _ to: Int
  ) -> Point3D {
    let map = AffineTransform2D.rotation(degrees * .pi / 180)
    let pair = map(Point2D(point[from], point[to]))
    var result = point
    result[from] = pair.x
    result[to] = pair.y
    return result
  }
}
