internal import FaceModel
internal import Foundation

/// Edges and colours of a part of the face, laid out the same for every face.
///
/// The part is turned and scaled onto a square by a few landmarks, and described in 8×8 cells: how
/// much of its edges runs in each of eight directions, and its mean colour against the skin's. On a
/// bare face nose, lips, lids and brows leave the same marks in the same cells; fingers leave
/// parallel edges across them, and a cloth or a lens none.
/// Source of the method: Dalal and Triggs, "Histograms of Oriented Gradients for Human Detection",
/// 2005; of the scaling: least squares (Umeyama, "Least-squares estimation of transformation
/// parameters between two point patterns", 1991), without reflection.
struct FaceTexture {
  /// Cells row by row, `directions` numbers each, 0–0.4: edges by direction, by those around.
  let edges: [Float]
  /// Cells row by row, three numbers each: redness, yellowness and log luma less the skin's.
  let colors: [Double]

  /// Side of the square in pixels.
  static let side = 64
  /// Cells along a side.
  static let cells = 8
  /// Directions between 0 and 180°.
  static let directions = 8
  private static let cellSide = side / cells

  /// Which part of the face.
  struct Part: Sendable {
    /// Where landmarks stand in the square, in its pixels: the mean of 2100 public pictures of faces.
    let anchors: [(landmark: Int, place: Point2D)]
    /// Landmarks whose median colour is the skin's.
    let skin: [Int]

    /// From the tip of the nose to the chin.
    static let lowerFace = Part(
      anchors: [
        (33, Point2D(6.52, -11.66)), (133, Point2D(21.70, -10.82)), (362, Point2D(41.04, -10.78)),
        (263, Point2D(56.44, -11.65)), (168, Point2D(31.20, -13.23)), (6, Point2D(31.17, -9.27)),
        (4, Point2D(31.05, 5.56)), (61, Point2D(17.34, 20.70)), (291, Point2D(45.93, 20.57)),
        (152, Point2D(31.76, 43.22)), (50, Point2D(4.85, 4.08)), (280, Point2D(58.25, 3.96)),
      ], skin: FaceColors.upperSkin)

    /// Both eyes, from above the brows to the cheeks.
    static let eyes = Part(
      anchors: [
        (33, Point2D(10.67, 32.00)), (133, Point2D(23.64, 32.71)), (362, Point2D(40.17, 32.74)),
        (263, Point2D(53.33, 32.00)), (168, Point2D(31.76, 30.66)), (6, Point2D(31.73, 34.04)),
        (4, Point2D(31.63, 46.72)), (61, Point2D(19.91, 59.65)), (291, Point2D(44.35, 59.54)),
        (152, Point2D(32.24, 78.90)), (50, Point2D(9.23, 45.45)), (280, Point2D(54.88, 45.35)),
      ], skin: [4, 5, 195, 197, 151, 9, 108, 337, 50, 280, 205, 425])
  }

  /// - Parameters:
  ///   - floor: added to each channel before a logarithm, in steps of 255.
  ///   - skin: the colour of the part's skin.
  init?(
    _ part: Part, of crop: FaceCrop, floor: Float, skin: FaceColors.Sample
  ) {
    guard let map = Self.cropFromSquare(part.anchors, crop) else { return nil }
    let square = Self.square(crop, map)
    edges = Self.normalized(Self.histograms(square))
    colors = Self.colors(square, floor, skin)
  }

  /// The turn, scale and shift that take the anchors closest to where the landmarks are.
  private static func cropFromSquare(
    _ anchors: [(landmark: Int, place: Point2D)], _ crop: FaceCrop
  ) -> AffineTransform2D? {
    let count = Double(anchors.count)
    let from = anchors.map(\.place)
    let to = anchors.map { crop.place($0.landmark) }
    let fromMean = from.reduce(.zero, +) / count
    let toMean = to.reduce(.zero, +) / count
    var (cosine, sine, spread) = (0.0, 0.0, 0.0)
    for (first, second) in zip(from, to) {
      let (a, b) = (first - fromMean, second - toMean)
      cosine += a.x * b.x + a.y * b.y
      sine += a.x * b.y - a.y * b.x
      spread += a.x * a.x + a.y * a.y
    }
    (cosine, sine) = (cosine / spread, sine / spread)
    guard (cosine + sine).isFinite, cosine * cosine + sine * sine > 0 else { return nil }
    return AffineTransform2D(
      a: cosine, b: sine, c: -sine, d: cosine,
      tx: toMean.x - cosine * fromMean.x + sine * fromMean.y,
      ty: toMean.y - sine * fromMean.x - cosine * fromMean.y)
  }

  /// The square's pixels in steps of 255, black where the picture ends.
  private static func square(
    _ crop: FaceCrop, _ map: AffineTransform2D
  ) -> [SIMD3<Float>] {
    let (samples, width, height) = (crop.samples, crop.width, crop.height)
    func pixel(_ x: Int, _ y: Int) -> SIMD3<Float> {
      guard x >= 0, y >= 0, x < width, y < height else { return .zero }
      let index = 3 * (y * width + x)
      return SIMD3(samples[index], samples[index + 1], samples[index + 2])
    }
    let limit = Double(max(width, height)) * 4
    var square: [SIMD3<Float>] = []
    square.reserveCapacity(side * side)
    for row in 0..<side {
      for column in 0..<side {
        let place = map(Point2D(Double(column) + 0.5, Double(row) + 0.5))
        let (x, y) = (place.x - 0.5, place.y - 0.5)
        guard abs(x) < limit, abs(y) < limit else {
          square.append(.zero)
          continue
        }
        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
        let (right, down) = (Float(x - Double(left)), Float(y - Double(top)))
        let upper = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right
        let lower = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right
        square.append((upper * (1 - down) + lower * down) * 255)
      }
    }
    return square
  }

  /// Edges by cell and direction; an edge between two directions counts for both.
  ///
  /// The square root of luma makes edges in shadow count like those in light.
  private static func histograms(_ square: [SIMD3<Float>]) -> [Float] {
    let luma = square.map { ($0 * FaceColors.weights).sum() + 2 }.map { $0.squareRoot() }
    var histograms = [Float](repeating: 0, count: cells * cells * directions)
    for row in 0..<side {
      for column in 0..<side {
        let index = row * side + column
        let across =
          column > 0 && column < side - 1 ? luma[index + 1] - luma[index - 1] : 0
        let down = row > 0 && row < side - 1 ? luma[index + side] - luma[index - side] : 0
        let strength = (across * across + down * down).squareRoot()
        guard strength > 0 else { continue }
        var angle = atan2(down, across) / .pi * Float(directions)
        if angle < 0 { angle += Float(directions) }
        let lower = Int(angle) % directions
        let part = angle - angle.rounded(.down)
        let cell = (row / cellSide * cells + column / cellSide) * directions
        histograms[cell + lower] += strength * (1 - part)
        histograms[cell + (lower + 1) % directions] += strength * part
      }
    }
    return histograms
  }

  /// Each cell's edges by the energy of the nine cells around it; at a border those inside stand for
  /// those outside.
  private static func normalized(_ histograms: [Float]) -> [Float] {
    // Of the order of noise, so that an even surface stays even.
    let floor: Float = 1.5 * 1.5
    let energies = (0..<cells * cells).map { cell in
      histograms[cell * directions..<(cell + 1) * directions].reduce(0) { $0 + $1 * $1 }
    }
    func mirrored(_ index: Int) -> Int {
      index < 0 ? -index : index < cells ? index : 2 * (cells - 1) - index
    }
    var result = histograms
    for row in 0..<cells {
      for column in 0..<cells {
        var energy = floor
        for y in row - 1...row + 1 {
          for x in column - 1...column + 1 { energy += energies[mirrored(y) * cells + mirrored(x)] }
        }
        let cell = (row * cells + column) * directions
        for index in cell..<cell + directions {
          result[index] = min(0.4, histograms[index] / energy.squareRoot())
        }
      }
    }
    return result
  }

  /// The cells' mean colours against the skin's.
  private static func colors(
    _ square: [SIMD3<Float>], _ floor: Float, _ skin: FaceColors.Sample
  ) -> [Double] {
    var colors: [Double] = []
    colors.reserveCapacity(3 * cells * cells)
    for row in 0..<cells {
      for column in 0..<cells {
        var sum = SIMD3<Float>.zero
        for y in row * cellSide..<(row + 1) * cellSide {
          for x in column * cellSide..<(column + 1) * cellSide { sum += square[y * side + x] }
        }
        let cell = FaceColors.Sample(sum / Float(cellSide * cellSide) + floor)
        colors += [
          cell.redness - skin.redness, cell.yellowness - skin.yellowness, cell.luma - skin.luma,
        ].map { min(max($0, -1.5), 1) }
      }
    }
    return colors
  }
}
