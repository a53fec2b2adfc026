/// An upright rectangle, in the units of whatever plane it lies in.
package struct Rect2D: Equatable, Sendable {
  package var minX: Double
  package var minY: Double
  package var maxX: Double
  package var maxY: Double

  package init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }

  /// The smallest rectangle that holds the points, or nil when there are none.
  package init?(bounding points: some Sequence<Point2D>) {
    var box: Rect2D?
    for point in points {
      if let known = box {
        box = Rect2D(
          minX: min(known.minX, point.x), minY: min(known.minY, point.y),
          maxX: max(known.maxX, point.x), maxY: max(known.maxY, point.y))
      } else {
        box = Rect2D(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y)
      }
    }
    guard let box else { return nil }
    self = box
  }

  package var width: Double { maxX - minX }
  package var height: Double { maxY - minY }
  package var area: Double { max(0, width) * max(0, height) }
  package var center: Point2D { Point2D((minX + maxX) / 2, (minY + maxY) / 2) }

  /// Top left, top right, bottom right, bottom left.
  package var corners: [Point2D] {
    [
      Point2D(minX, minY), Point2D(maxX, minY), Point2D(maxX, maxY), Point2D(minX, maxY),
    ]
  }

  /// What two rectangles share; of negative extent when they share nothing.
  package func intersection(_ other: Rect2D) -> Rect2D {
    Rect2D(
      minX: max(minX, other.minX), minY: max(minY, other.minY),
      maxX: min(maxX, other.maxX), maxY: min(maxY, other.maxY))
  }

  /// Intersection over union, 0–1.
  package func overlap(_ other: Rect2D) -> Double {
    let shared = intersection(other).area
    let union = area + other.area - shared
    return union > 0 ? shared / union : 0
  }

  /// The rectangle scaled about its centre.
  package func scaled(by factor: Double) -> Rect2D {
    let (halfWidth, halfHeight) = (width * factor / 2, height * factor / 2)
    return Rect2D(
      minX: center.x - halfWidth, minY: center.y - halfHeight,
      maxX: center.x + halfWidth, maxY: center.y + halfHeight)
  }

  /// The smallest rectangle that holds this one after a map.
  package func mapped(by transform: AffineTransform2D) -> Rect2D {
    Rect2D(bounding: corners.map { transform($0) }) ?? self
  }
}
