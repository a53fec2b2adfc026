internal import FaceModel

/// A corner of the picture for the table of values.
enum PanelCorner: CaseIterable {
  case topLeft
  case topRight
  case bottomLeft
  case bottomRight

  /// Pixels between the table and the picture's edges.
  private static let margin = 12

  /// Left and top edge of a table of a size in a picture of a size.
  func place(
    _ table: (width: Int, height: Int), in picture: (width: Int, height: Int)
  ) -> (x: Int, y: Int) {
    let right = max(0, picture.width - table.width - Self.margin)
    let bottom = max(0, picture.height - table.height - Self.margin)
    return switch self {
    case .topLeft: (min(Self.margin, right), min(Self.margin, bottom))
    case .topRight: (right, min(Self.margin, bottom))
    case .bottomLeft: (min(Self.margin, right), bottom)
    case .bottomRight: (right, bottom)
    }
  }

  /// The corner whose table hides the smallest shares of what is notable.
  ///
  /// A table that jumps from picture to picture cannot be read: it stays unless another corner hides
  /// less than half as much.
  func moved(
    _ table: (width: Int, height: Int), in picture: (width: Int, height: Int),
    clearOf notable: [Rect2D]
  ) -> PanelCorner {
    func hidden(_ corner: PanelCorner) -> Double {
      let place = corner.place(table, in: picture)
      let covered = Rect2D(
        minX: Double(place.x), minY: Double(place.y), maxX: Double(place.x + table.width),
        maxY: Double(place.y + table.height))
      return notable.reduce(0) { $0 + covered.intersection($1).area / max($1.area, 1) }
    }
    let best = Self.allCases.min { hidden($0) < hidden($1) } ?? self
    return hidden(best) < hidden(self) / 2 ? best : self
  }
}
