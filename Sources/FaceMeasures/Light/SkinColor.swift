internal import FaceModel
internal import Services

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The colour of a face's skin.
///
/// Light that only gets stronger or weaker leaves both numbers as they are, so a shadow is no other
/// colour.
struct SkinColor: Equatable, Sendable {
  /// log (R ÷ G).
  let redness: Double
  /// log (G ÷ B).
  let yellowness: Double

  /// Forehead, bridge of the nose and the skin below the eyes: what a mask leaves free.
  ///
  /// Numbers of MediaPipe's canonical face model.
  private static let places = [
    9, 8, 168, 6, 151, 108, 337, 107, 336, 69, 299, 230, 231, 229, 450, 451, 449, 228, 448,
  ]
  /// Fewest places that must lie in the picture.
  private static let leastPlaces = 3
  /// Added to each channel before the logarithm, as a part of the skin's luma: keeps the noise of black
  /// from counting as colour, in dim pictures and bright ones alike.
  private static let floorPart: Float = 0.1
  private static let leastFloor: Float = 1
  /// Luma of R, G and B by BT.601.
  private static let weights = SIMD3<Float>(0.299, 0.587, 0.114)

  /// The medians over the places that lie in the picture; `nil` for too few of them.
  init?(_ landmarks: FaceLandmarks, in region: RegionColors) {
    let colors = Self.places.compactMap { region.color(at: landmarks[$0].xy) }
    guard colors.count >= Self.leastPlaces,
      let luma = Statistics.median(colors.map { Double(($0 * Self.weights).sum()) })
    else { return nil }
    let floor = Self.leastFloor + Self.floorPart * Float(luma)
    func median(of ratio: (SIMD3<Float>) -> Float) -> Double? {
      Statistics.median(colors.map { log(Double(ratio($0 + floor))) })
    }
    guard let redness = median(of: { $0.x / $0.y }), let yellowness = median(of: { $0.y / $0.z })
    else { return nil }
    self.redness = redness
    self.yellowness = yellowness
  }
}

/// The colours of a region of the picture, as the landmark network is shown it, at a quarter of its size.
///
/// The region is level and about 128 pixels across the face whatever the clip's size, depth and range,
/// so reading it costs no second conversion.
struct RegionColors {
  /// Row-major, RGB in steps of 255; black where the picture ends.
  private let colors: [SIMD3<Float>]
  private let width: Int
  private let height: Int
  /// From the upright picture to places in `colors`.
  private let placeFromPicture: AffineTransform2D

  /// Pixels of the network's input that become one, along each axis.
  private static let step = 4

  /// `nil` where the network was shown a line or a point of the picture.
  ///
  /// - Parameters:
  ///   - tensor: the network's input: row-major, RGB, 0–1.
  ///   - transform: which part of the upright picture it shows.
  init?(_ tensor: Span<Float>, _ transform: TensorTransform) {
    guard let map = transform.pictureFromTensor.inverse,
      tensor.count == transform.width * transform.height * 3
    else { return nil }
    width = transform.width / Self.step
    height = transform.height / Self.step
    placeFromPicture = map
    var colors: [SIMD3<Float>] = []
    colors.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        var sum = SIMD3<Float>.zero
        for y in row * Self.step..<(row + 1) * Self.step {
          for x in column * Self.step..<(column + 1) * Self.step {
            let index = 3 * (y * transform.width + x)
            sum += SIMD3(tensor[index], tensor[index + 1], tensor[index + 2])
          }
        }
        colors.append(sum * (255 / Float(Self.step * Self.step)))
      }
    }
    self.colors = colors
  }

  /// The colour at a place of the upright picture; `nil` outside the region or the picture.
  func color(at point: Point2D) -> SIMD3<Float>? {
    let place = placeFromPicture(point)
    let (x, y) = (place.x / Double(Self.step), place.y / Double(Self.step))
    guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { return nil }
    let color = colors[Int(y) * width + Int(x)]
    return color.sum() > 0 ? color : nil
  }
}
