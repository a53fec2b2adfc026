internal import FaceMeasures
internal import FaceModel
internal import Kernels
internal import MediaIO

/// A small picture of a measured frame, and where a face was found on it.
struct FrameStill: Sendable {
  /// Width in pixels.
  let width: Int
  /// Height in pixels.
  let height: Int
  let jpeg: [UInt8]
  /// The followed face; `nil` without one.
  let face: FaceOutline?
  /// Boxes of the other faces, in the picture's pixels.
  let others: [FaceOutline.Box]
}

/// Where a face is on a picture, in that picture's pixels.
package struct FaceOutline: Sendable, Codable, Equatable {
  /// An upright box.
  package struct Box: Sendable, Codable, Equatable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double
  }

  /// A place.
  package struct Place: Sendable, Codable, Equatable {
    package var x: Double
    package var y: Double
  }

  /// The box around all landmarks, from hairline to chin.
  package var box: Box
  /// Every landmark.
  package var points: [Place]
  /// The border of the face.
  package var border: [Place]
  /// The borders of both eyes and of the mouth.
  package var features: [[Place]]
  /// What counts as the lower face, of which a share may be covered.
  package var lowerFace: [Place]
}

extension FaceOutline.Box {
  init(_ rectangle: Rect2D) {
    self.init(
      x: rectangle.minX.rounded(decimals: 1), y: rectangle.minY.rounded(decimals: 1),
      width: rectangle.width.rounded(decimals: 1), height: rectangle.height.rounded(decimals: 1))
  }
}

extension FaceOutline {
  /// - Parameter scale: pixels of the picture along one pixel that the landmarks count in.
  init(_ landmarks: FaceLandmarks, scale: Point2D) {
    func placed(_ points: [Point2D]) -> [Place] {
      points.map {
        Place(x: ($0.x * scale.x).rounded(decimals: 1), y: ($0.y * scale.y).rounded(decimals: 1))
      }
    }
    let all = landmarks.points.map(\.xy)
    let box = Rect2D(bounding: all.map { $0 * scale })
    self.init(
      box: Box(box ?? Rect2D(minX: 0, minY: 0, maxX: 0, maxY: 0)), points: placed(all),
      border: placed(landmarks.polygon(of: .face)),
      features: [FaceRegion.leftEye, .rightEye, .mouth].map { placed(landmarks.polygon(of: $0)) },
      lowerFace: placed(landmarks.polygon(of: .lowerFace)))
  }
}
