internal import FaceModel
internal import MediaIO

/// Draws where a face was found: its box, its landmarks, and the borders of eyes and mouth.
struct FaceDrawing {
  /// The box around all landmarks, from hairline to chin, in the picture's pixels.
  let box: Rect2D
  private let points: [Point2D]
  private let outline: [Point2D]
  private let eyes: [[Point2D]]
  private let mouth: [Point2D]

  /// Width of lines in pixels.
  private static let stroke = 2.0
  /// Pixels by which a halo is wider than its line.
  private static let halo = 2.0

  /// - Parameter scale: pixels of the picture along one pixel that the landmarks count in.
  init(_ landmarks: FaceLandmarks, scale: Point2D) {
    func placed(_ points: [Point2D]) -> [Point2D] { points.map { $0 * scale } }
    points = placed(landmarks.points.map(\.xy))
    box = Rect2D(bounding: points) ?? Rect2D(minX: 0, minY: 0, maxX: 0, maxY: 0)
    outline = placed(landmarks.polygon(of: .face))
    eyes = [FaceRegion.leftEye, .rightEye].map { placed(landmarks.polygon(of: $0)) }
    mouth = placed(landmarks.polygon(of: .mouth))
  }

  /// A face whose places are those of the picture already.
  init(_ outline: FaceOutline) {
    func points(_ places: [FaceOutline.Place]) -> [Point2D] { places.map { Point2D($0.x, $0.y) } }
    self.points = points(outline.points)
    box = Rect2D(outline.box)
    self.outline = points(outline.border)
    eyes = outline.features.prefix(2).map(points)
    mouth = points(outline.features.last ?? [])
  }

  /// Draws on `picture`.
  ///
  /// - Parameters:
  ///   - mask: room to draw in, of the picture's size.
  ///   - ink: the colour of the box.
  func draw(on picture: inout PictureBuffer, _ mask: inout CoverageMask, box ink: Ink = .box) {
    func paint(
      _ ink: Ink, haloed: Bool = true, _ shape: (inout CoverageMask, Double) -> Void
    ) {
      if haloed {
        mask.clear()
        shape(&mask, Self.halo)
        picture.paint(mask, .halo)
      }
      mask.clear()
      shape(&mask, 0)
      picture.paint(mask, ink)
    }
    paint(.points, haloed: false) { mask, _ in
      for point in points { mask.add(line: point, point, width: dot) }
    }
    paint(.outline, haloed: false) { mask, _ in mask.add(polygon: outline, width: thin) }
    paint(.eyes) { mask, more in
      for eye in eyes { mask.add(polygon: eye, width: thin + more) }
    }
    paint(.mouth) { mask, more in mask.add(polygon: mouth, width: thin + more) }
    paint(ink) { mask, more in
      mask.add(polygon: corners, width: Self.stroke + more)
      for (corner, ends) in brackets {
        for end in ends { mask.add(line: corner, end, width: 2.5 * Self.stroke + more) }
      }
    }
  }

  /// Draws the boxes of faces that are not followed: thin lines in another colour.
  static func draw(
    others: [Rect2D], on picture: inout PictureBuffer, _ mask: inout CoverageMask
  ) {
    for (ink, more) in [(Ink.halo, halo), (.other, 0)] where !others.isEmpty {
      mask.clear()
      for box in others { mask.add(polygon: corners(of: box), width: 1 + more) }
      picture.paint(mask, ink)
    }
  }

  /// Small faces get finer dots and lines, or they would be hidden by them.
  private var dot: Double { min(max(box.width / 160, 0.9), 2.4) }
  private var thin: Double { min(max(box.width / 160, 0.8), Self.stroke) }

  private var corners: [Point2D] { Self.corners(of: box) }

  private static func corners(of box: Rect2D) -> [Point2D] {
    [
      Point2D(box.minX, box.minY), Point2D(box.maxX, box.minY), Point2D(box.maxX, box.maxY),
      Point2D(box.minX, box.maxY),
    ]
  }

  /// Each corner of the box with the ends of the heavier lines that leave it.
  private var brackets: [(Point2D, [Point2D])] {
    let length = min(box.width, box.height) / 7
    let middle = box.center
    return corners.map { corner in
      let right = corner.x < middle.x ? length : -length
      let down = corner.y < middle.y ? length : -length
      return (corner, [corner + Point2D(right, 0), corner + Point2D(0, down)])
    }
  }
}
