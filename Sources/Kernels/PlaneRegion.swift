/// A rectangle of samples inside a plane, in the plane's own coordinates.
package struct PlaneRegion: Equatable, Sendable {
  /// Columns from the left edge of the plane.
  package let x: Int
  /// Rows from the top edge of the plane.
  package let y: Int
  /// Columns of the region, 0 or more.
  package let width: Int
  /// Rows of the region, 0 or more.
  package let height: Int

  /// A region of the given corner and size; a negative size counts as empty.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(width, 0)
    self.height = max(height, 0)
  }

  /// The whole of a plane.
  package init(_ shape: PlaneShape) {
    self.init(x: 0, y: 0, width: shape.width, height: shape.height)
  }

  /// The part of this region that lies inside `shape`; empty where they do not meet.
  package func clamped(to shape: PlaneShape) -> PlaneRegion {
    let columns = Self.overlap(start: x, length: width, limit: shape.width)
    let rows = Self.overlap(start: y, length: height, limit: shape.height)
    return PlaneRegion(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }

  /// Whether the region holds no sample.
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// Samples in the region.
  package var count: Int { width * height }

  /// Where the region's first sample lies in the plane's buffer.
  func offset(in shape: PlaneShape) -> Int { y * shape.stride + x }

  /// Saturating, because a face's box may come out of a network as any number.
  private static func overlap(start: Int, length: Int, limit: Int) -> Range<Int> {
    let limit = max(limit, 0)
    let (end, overflow) = start.addingReportingOverflow(length)
    let low = min(max(start, 0), limit)
    let high = min(max(overflow ? limit : end, low), limit)
    return low..<high
  }
}
