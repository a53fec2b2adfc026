internal import FaceModel

/// The part of a picture in which the network found a face, as the network saw it, with what it found.
///
/// It is RGB, level and about 128 pixels across the face whatever the clip's size, depth and range, so
/// reading it costs no second conversion.
struct FaceCrop: Sendable {
  /// In pixels of the upright picture.
  let landmarks: FaceLandmarks
  /// Row-major, RGB, 0–1; exactly black where the picture ends.
  let samples: [Float]
  /// Size in pixels.
  let width: Int
  let height: Int
  /// From the upright picture to positions in the crop.
  private let cropFromPicture: AffineTransform2D

  /// `nil` where the network was shown a line or a point of the picture.
  ///
  /// - Parameters:
  ///   - samples: the network's input.
  ///   - transform: which part of the upright picture it shows.
  init?(_ landmarks: FaceLandmarks, samples: [Float], _ transform: TensorTransform) {
    guard let map = transform.pictureFromTensor.inverse,
      samples.count == transform.width * transform.height * 3
    else { return nil }
    self.landmarks = landmarks
    self.samples = samples
    width = transform.width
    height = transform.height
    cropFromPicture = map
  }

  /// Where a landmark stands in the crop.
  func place(_ landmark: Int) -> Point2D { cropFromPicture(landmarks[landmark].xy) }

  /// Mean colour around a landmark in steps of 255; `nil` outside the picture.
  func color(_ landmark: Int, radius: Int) -> SIMD3<Float>? {
    let place = place(landmark)
    guard place.x >= 0, place.y >= 0, place.x < Double(width), place.y < Double(height) else {
      return nil
    }
    let (column, row) = (Int(place.x), Int(place.y))
    let center = 3 * (row * width + column)
    guard samples[center] + samples[center + 1] + samples[center + 2] > 0 else { return nil }
    var sum = SIMD3<Float>.zero
    var count: Float = 0
    for y in max(0, row - radius)...min(height - 1, row + radius) {
      for x in max(0, column - radius)...min(width - 1, column + radius) {
        let index = 3 * (y * width + x)
        sum += SIMD3(samples[index], samples[index + 1], samples[index + 2])
        count += 1
      }
    }
    return sum * (255 / count)
  }
}

/// A face that the landmark network found.
struct FoundFace: Sendable {
  let landmarks: FaceLandmarks
  /// Where it was found; `nil` where nobody asked for more than the landmarks.
  let crop: FaceCrop?
}
