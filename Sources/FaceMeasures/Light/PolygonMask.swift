internal import FaceModel

/// The pixels of a small picture whose centres lie inside a polygon, row by row.
struct PolygonMask {
  /// Ranges of columns, one list a row.
  private let rows: [[Range<Int>]]

  /// - Parameter polygon: corners in the picture's continuous coordinates, in order.
  init(_ polygon: [Point2D], width: Int, height: Int) {
    rows = (0..<height).map { row in
      Self.crossings(of: polygon, at: Double(row) + 0.5).compactMap { first, second in
        // A pixel counts when its centre, column + ½, lies between the two crossings.
        let start = Self.column(first, width)
        let end = Self.column(second, width)
        return start < end ? start..<end : nil
      }
    }
  }

  /// Where the horizontal line at `y` enters and leaves the polygon.
  private static func crossings(of polygon: [Point2D], at y: Double) -> [(Double, Double)] {
    var found: [Double] = []
    guard var previous = polygon.last else { return [] }
    for corner in polygon {
      if (previous.y <= y) != (corner.y <= y) {
        let part = (y - previous.y) / (corner.y - previous.y)
        found.append(previous.x + part * (corner.x - previous.x))
      }
      previous = corner
    }
    found.sort()
    return stride(from: 0, to: found.count - 1, by: 2).map { (found[$0], found[$0 + 1]) }
  }

  private static func column(_ x: Double, _ width: Int) -> Int {
    x.isFinite ? Int(min(max((x - 0.5).rounded(.up), 0), Double(width))) : 0
  }

  /// Calls `body` with each row and the columns inside.
  func forEachRun(_ body: (Int, Range<Int>) -> Void) {
    for (row, runs) in rows.enumerated() {
      for run in runs { body(row, run) }
    }
  }
}
