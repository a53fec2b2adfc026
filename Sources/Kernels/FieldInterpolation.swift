/// Makes a progressive plane of the field that was taken first; the other field's rows are filled in.
///
/// Where nothing moves, the other field's own samples are kept, so that a still scene loses no
/// detail. Where something moves they were taken at another moment, and the row is interpolated along
/// the edge that runs through it. Both are the textbook means: motion adaptation (de Haan and Bellers,
/// "Deinterlacing – an overview", Proceedings of the IEEE 86(9), 1998) and the edge-based line average
/// (Doyle and Looymans, 1990), here with three directions compared over three samples each. Between
/// the two it fades, so that a threshold does not flicker.
package enum FieldInterpolation {
  /// Change from frame to frame, in 8-bit codes, that noise and recompression make.
  private static let noise = 4
  /// Codes above `noise` over which stillness fades into movement.
  private static let fade = 8

  /// Writes a progressive plane.
  ///
  /// - Parameters:
  ///   - previous: the same plane one frame earlier; `nil` lets every pixel count as moving.
  ///   - keepsEvenRows: whether the field to keep is rows 0, 2, 4…
  ///   - bitDepth: of the samples, 8…16.
  package static func apply<Sample: FixedWidthInteger & UnsignedInteger>(
    _ current: Span<Sample>, previous: Span<Sample>?, shape: PlaneShape, previousStride: Int,
    keepsEvenRows: Bool, bitDepth: Int, into output: inout MutableSpan<Sample>, stride: Int
  ) {
    shape.require(current.count)
    PlaneShape(width: shape.width, height: shape.height, stride: stride).require(output.count)
    if let previous {
      PlaneShape(width: shape.width, height: shape.height, stride: previousStride)
        .require(previous.count)
    }
    let scale = 1 << (bitDepth - 8)
    for row in 0..<shape.height {
      let start = row * shape.stride
      let isKept = (row & 1 == 0) == keepsEvenRows
      // A plane of one row has no neighbour to interpolate from.
      guard !isKept, shape.height > 1 else {
        for x in 0..<shape.width { output[row * stride + x] = current[start + x] }
        continue
      }
      let above = row > 0 ? row - 1 : row + 1
      let below = row + 1 < shape.height ? row + 1 : row - 1
      let rows = Rows(
        above: above * shape.stride, own: start, below: below * shape.stride,
        earlierAbove: above * previousStride, earlierOwn: row * previousStride,
        earlierBelow: below * previousStride)
      for x in 0..<shape.width {
        let between = interpolated(current, rows, x, width: shape.width)
        var value = between
        if let previous {
          let movement =
            max(
              distance(current[rows.own + x], previous[rows.earlierOwn + x]),
              distance(current[rows.above + x], previous[rows.earlierAbove + x]),
              distance(current[rows.below + x], previous[rows.earlierBelow + x])) / scale
          let weight = min(max(movement - noise, 0), fade)
          value =
            (between * weight + Int(current[rows.own + x]) * (fade - weight) + fade / 2) / fade
        }
        output[row * stride + x] = Sample(truncatingIfNeeded: value)
      }
    }
  }

  /// Where the rows that one row is made of begin.
  private struct Rows {
    let above: Int
    let own: Int
    let below: Int
    let earlierAbove: Int
    let earlierOwn: Int
    let earlierBelow: Int
  }

  /// The mean of two samples on the line through the pixel along which the rows agree best; upright
  /// where none is better.
  @inline(__always)
  private static func interpolated<Sample: FixedWidthInteger & UnsignedInteger>(
    _ plane: Span<Sample>, _ rows: Rows, _ x: Int, width: Int
  ) -> Int {
    let upright = mean(plane[rows.above + x], plane[rows.below + x])
    guard x >= 2, x + 2 < width else { return upright }
    let left = mismatch(plane, rows.above + x - 1, rows.below + x + 1)
    let straight = mismatch(plane, rows.above + x, rows.below + x)
    let right = mismatch(plane, rows.above + x + 1, rows.below + x - 1)
    if left < straight, left <= right {
      return mean(plane[rows.above + x - 1], plane[rows.below + x + 1])
    }
    if right < straight { return mean(plane[rows.above + x + 1], plane[rows.below + x - 1]) }
    return upright
  }

  @inline(__always)
  private static func mismatch<Sample: FixedWidthInteger & UnsignedInteger>(
    _ plane: Span<Sample>, _ above: Int, _ below: Int
  ) -> Int {
    distance(plane[above - 1], plane[below - 1]) + distance(plane[above], plane[below])
      + distance(plane[above + 1], plane[below + 1])
  }

  @inline(__always)
  private static func mean<Sample: FixedWidthInteger & UnsignedInteger>(
    _ first: Sample, _ second: Sample
  ) -> Int {
    (Int(first) + Int(second) + 1) / 2
  }

  @inline(__always)
  private static func distance<Sample: FixedWidthInteger & UnsignedInteger>(
    _ first: Sample, _ second: Sample
  ) -> Int {
    abs(Int(first) - Int(second))
  }
}
