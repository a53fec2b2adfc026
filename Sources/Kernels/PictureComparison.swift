/// How alike two 8-bit planes of one size are.
///
/// The structural similarity is that of FFmpeg's filter `ssim`: windows of 8 × 8 samples, every fourth
/// sample in both directions, without weights (Wang, Bovik, Sheikh and Simoncelli, 2004, with K1 = 0.01 and
/// K2 = 0.03).
package struct PictureComparison: Equatable, Sendable {
  /// Mean structural similarity, up to 1 for planes that are the same.
  package let ssim: Double
  /// Mean squared difference.
  package let squaredError: Double

  /// What the sums over 4 × 4 samples of both planes hold.
  private struct Sums {
    var first: Int32 = 0
    var second: Int32 = 0
    var squares: Int32 = 0
    var products: Int32 = 0

    static func + (a: Sums, b: Sums) -> Sums {
      Sums(
        first: a.first + b.first, second: a.second + b.second, squares: a.squares + b.squares,
        products: a.products + b.products)
    }
  }

  /// Compares two planes; `nil` if their sizes differ or are below 8 × 8.
  package init?(
    _ first: Span<UInt8>, _ shape: PlaneShape, with second: Span<UInt8>, _ otherShape: PlaneShape
  ) {
    shape.require(first.count)
    otherShape.require(second.count)
    guard shape.width == otherShape.width, shape.height == otherShape.height, shape.width >= 8,
      shape.height >= 8
    else { return nil }
    let (columns, rows) = (shape.width / 4, shape.height / 4)
    var above = [Sums](repeating: Sums(), count: columns)
    var line = above
    var total = 0.0
    var error = 0
    for row in 0..<rows {
      for column in 0..<columns {
        line[column] = Self.sums(first, shape, second, otherShape, column * 4, row * 4)
        error += Int(line[column].squares - 2 * line[column].products)
      }
      if row > 0 {
        for column in 1..<columns {
          total += Self.similarity(
            above[column - 1] + above[column] + line[column - 1] + line[column])
        }
      }
      swap(&above, &line)
    }
    ssim = total / Double((columns - 1) * (rows - 1))
    // Up to three samples at the right and at the bottom stand outside the blocks.
    squaredError = Double(error) / Double(columns * rows * 16)
  }

  private static func sums(
    _ first: Span<UInt8>, _ shape: PlaneShape, _ second: Span<UInt8>, _ otherShape: PlaneShape,
    _ x: Int, _ y: Int
  ) -> Sums {
    var sums = Sums()
    for row in 0..<4 {
      let (own, other) = ((y + row) * shape.stride + x, (y + row) * otherShape.stride + x)
      for column in 0..<4 {
        // Both planes hold their shapes, as was required above.
        let (a, b) = unsafe (
          Int32(first[unchecked: own + column]), Int32(second[unchecked: other + column])
        )
        sums.first &+= a
        sums.second &+= b
        sums.squares &+= a &* a &+ b &* b
        sums.products &+= a &* b
      }
    }
    return sums
  }

  private static let c1 = (0.01 * 255 * 0.01 * 255 * 64 + 0.5).rounded(.down)
  private static let c2 = (0.03 * 255 * 0.03 * 255 * 64 * 63 + 0.5).rounded(.down)

  private static func similarity(_ sums: Sums) -> Double {
    let (a, b) = (Double(sums.first), Double(sums.second))
    let variance = Double(sums.squares) * 64 - a * a - b * b
    let covariance = Double(sums.products) * 64 - a * b
    return (2 * a * b + c1) * (2 * covariance + c2) / ((a * a + b * b + c1) * (variance + c2))
  }
}
