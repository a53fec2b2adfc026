internal import Kernels

/// Estimates the noise of a picture from its smoothest places.
enum NoiseEstimate {
  /// Side of a block in samples.
  private static let side = 16
  /// Blocks along the longer side of the grid.
  private static let blocks = 16
  /// The part of the blocks that is smoother than the one that is taken for noise alone.
  private static let quantile = 0.2

  /// Standard deviation of the noise in luma steps, 0–255 full range; `nil` for a picture that is
  /// smaller than a block or clipped everywhere.
  ///
  /// In each block the noise is `√(π/2) ÷ 6 · mean |N * I|`, where N is the difference of two
  /// Laplacians, which is blind to even slopes and to straight edges. Texture only adds to that, so
  /// the blocks at a low quantile are nearest to the truth; of Gaussian noise alone they show about
  /// 95 %. Blocks near black or white are passed over: clipping hides noise there.
  /// Source: Immerkær, "Fast noise variance estimation", Computer Vision and Image Understanding,
  /// 1996.
  static func deviation(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ table: LumaTable
  ) -> Double? {
    guard shape.width >= side, shape.height >= side else { return nil }
    let columns = min(blocks, shape.width / side)
    let rows = min(blocks, shape.height / side)
    var found: [Double] = []
    found.reserveCapacity(rows * columns)
    for row in 0..<rows {
      let y = rows > 1 ? row * (shape.height - side) / (rows - 1) : 0
      for column in 0..<columns {
        let x = columns > 1 ? column * (shape.width - side) / (columns - 1) : 0
        if let noise = block(plane, shape, table, x: x, y: y) { found.append(noise) }
      }
    }
    guard !found.isEmpty else { return nil }
    found.sort()
    return found[Int(Double(found.count - 1) * quantile)] * table.codeScale
  }

  private static func block(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ table: LumaTable, x: Int, y: Int
  ) -> Double? {
    var sum = 0
    var total = 0
    for row in y + 1..<y + side - 1 {
      let above = (row - 1) * shape.stride
      let here = row * shape.stride
      let below = (row + 1) * shape.stride
      for column in x + 1..<x + side - 1 {
        let corners =
          Int(plane[above + column - 1]) + Int(plane[above + column + 1])
          + Int(plane[below + column - 1]) + Int(plane[below + column + 1])
        let edges =
          Int(plane[above + column]) + Int(plane[below + column]) + Int(plane[here + column - 1])
          + Int(plane[here + column + 1])
        let center = Int(plane[here + column])
        sum += abs(corners - 2 * edges + 4 * center)
        total += center
      }
    }
    let count = (side - 2) * (side - 2)
    let mean = table[UInt16(total / count)]
    guard (16...239).contains(mean) else { return nil }
    return (Double.pi / 2).squareRoot() / 6 * Double(sum) / Double(count)
  }
}
