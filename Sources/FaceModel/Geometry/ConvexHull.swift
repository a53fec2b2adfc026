/// The smallest convex polygon that holds some points.
package struct ConvexHull: Equatable, Sendable {
  /// In order, each turn to the same side; fewer than three where the points lie on a line.
  package let corners: [Point2D]

  /// Source: Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979.
  package init(_ points: [Point2D]) {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let lower = Self.chain(sorted)
    let upper = Self.chain(sorted.reversed())
    // The ends of one chain begin the other.
    corners = lower.dropLast() + upper.dropLast()
  }

  /// Whether a point lies inside, or outside by no more than `margin` beyond every side.
  package func contains(_ point: Point2D, margin: Double = 0) -> Bool {
    guard corners.count >= 3, var previous = corners.last else { return false }
    for corner in corners {
      let side = corner - previous
      let outside = -Self.cross(side, point - previous) / side.length
      if outside > margin { return false }
      previous = corner
    }
    return true
  }

  /// The part of the hull's border that turns to one side from the first point to the last.
  private static func chain(_ points: [Point2D]) -> [Point2D] {
    var chain: [Point2D] = []
    for point in points {
      while chain.count >= 2,
        cross(chain[chain.count - 1] - chain[chain.count - 2], point - chain[chain.count - 1]) <= 0
      {
        chain.removeLast()
      }
      chain.append(point)
    }
    return chain
  }

  private static func cross(_ first: Point2D, _ second: Point2D) -> Double {
    first.x * second.y - first.y * second.x
  }
}
