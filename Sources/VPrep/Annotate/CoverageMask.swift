internal import FaceModel

/// How much of each pixel a drawing covers, 0–255; shapes that overlap cover no pixel twice.
///
/// Positions are continuous: pixel (i, j) has its centre at (i + ½, j + ½). What lies outside the
/// picture is left out.
struct CoverageMask {
  let width: Int
  let height: Int
  private var samples: [UInt8]
  /// Columns and rows outside of which nothing is covered.
  private(set) var columns = 0..<0
  private(set) var rows = 0..<0

  init(width: Int, height: Int) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    samples = [UInt8](repeating: 0, count: self.width * self.height)
  }

  /// Coverage of a pixel; 0 outside the picture.
  subscript(x: Int, y: Int) -> UInt8 {
    (0..<width).contains(x) && (0..<height).contains(y) ? samples[y * width + x] : 0
  }

  /// Forgets every shape.
  mutating func clear() {
    for y in rows {
      for x in columns { samples[y * width + x] = 0 }
    }
    (columns, rows) = (0..<0, 0..<0)
  }

  /// Adds a rectangle of whole pixels.
  mutating func add(columns: Range<Int>, rows: Range<Int>) {
    let (columns, rows) = clipped(columns, rows)
    guard !columns.isEmpty, !rows.isEmpty else { return }
    for y in rows {
      for x in columns { samples[y * width + x] = 255 }
    }
    note(columns, rows)
  }

  /// Adds a line with round ends and soft edges; a disc when both ends are one.
  mutating func add(line start: Point2D, _ end: Point2D, width stroke: Double) {
    let reach = stroke / 2 + 0.5
    guard (start + end).x.isFinite, (start + end).y.isFinite else { return }
    let (columns, rows) = clipped(
      Self.pixels(min(start.x, end.x) - reach, max(start.x, end.x) + reach, within: width),
      Self.pixels(min(start.y, end.y) - reach, max(start.y, end.y) + reach, within: height))
    guard !columns.isEmpty, !rows.isEmpty else { return }
    let way = end - start
    let length = (way * way).sum()
    for y in rows {
      for x in columns {
        let offset = Point2D(Double(x) + 0.5, Double(y) + 0.5) - start
        let part = length > 0 ? min(max((offset * way).sum() / length, 0), 1) : 0
        let away = offset - way * part
        let coverage = min(max(reach - (away * away).sum().squareRoot(), 0), 1)
        let index = y * width + x
        samples[index] = max(samples[index], UInt8(coverage * 255))
      }
    }
    note(columns, rows)
  }

  /// Adds a line through `points`, back to the first.
  mutating func add(polygon points: [Point2D], width: Double) {
    guard var previous = points.last else { return }
    for point in points {
      add(line: previous, point, width: width)
      previous = point
    }
  }

  private func clipped(_ columns: Range<Int>, _ rows: Range<Int>) -> (Range<Int>, Range<Int>) {
    (columns.clamped(to: 0..<width), rows.clamped(to: 0..<height))
  }

  /// The pixels that a stretch touches; a picture's size on either side is far enough.
  private static func pixels(_ start: Double, _ end: Double, within size: Int) -> Range<Int> {
    let bounds = (-1.0, Double(size) + 1)
    let first = Int(min(max(start.rounded(.down), bounds.0), bounds.1))
    return first..<max(first, Int(min(max(end.rounded(.up), bounds.0), bounds.1)))
  }

  private mutating func note(_ columns: Range<Int>, _ rows: Range<Int>) {
    self.columns = Self.union(self.columns, columns)
    self.rows = Self.union(self.rows, rows)
  }

  private static func union(_ first: Range<Int>, _ second: Range<Int>) -> Range<Int> {
    if first.isEmpty { return second }
    return min(first.lowerBound, second.lowerBound)..<max(first.upperBound, second.upperBound)
  }
}
