internal import FaceModel
internal import Kernels

/// The face's luma at a fixed width, on which light and sharpness are measured.
///
/// It is cut from the stored plane, so it may lie on its side; positions in the upright picture are
/// mapped into it. A face narrower than the fixed width keeps its own size: enlarging it would make
/// every far face look blurred.
struct FacePatch {
  /// Width to which larger faces are reduced, in pixels.
  static let width = 128

  /// Codes as they are stored; `table` says what they mean.
  let samples: [UInt8]
  let shape: PlaneShape
  let table: LumaTable
  private let patchFromUpright: AffineTransform2D

  /// `nil` when no part of the face lies in the picture.
  init?(
    _ plane: Span<UInt8>, _ planeShape: PlaneShape, _ table: LumaTable, face: Rect2D,
    geometry: UprightGeometry
  ) {
    let stored = face.mapped(by: geometry.storedFromUpright)
    guard stored.area.isFinite, stored.width >= 1, stored.height >= 1 else { return nil }
    let region = PlaneRegion(
      x: Self.pixel(stored.minX, .down), y: Self.pixel(stored.minY, .down),
      width: Self.pixel(stored.width, .up), height: Self.pixel(stored.height, .up)
    ).clamped(to: planeShape)
    guard region.width > 2, region.height > 2 else { return nil }
    let scale = min(1, Double(Self.width) / max(face.width, 1))
    // Stored samples along one pixel of the upright picture: not 1 where pixels are not square.
    let map = geometry.storedFromUpright
    let (unitX, unitY) = (abs(map.a) + abs(map.c), abs(map.b) + abs(map.d))
    let small = PlaneShape(
      width: max(3, min(Self.pixel(Double(region.width) / unitX * scale), Self.largest)),
      height: max(3, min(Self.pixel(Double(region.height) / unitY * scale), Self.largest)))
    var samples = [UInt8](repeating: 0, count: small.requiredCount)
    var output = samples.mutableSpan
    AreaScaler.scale(plane, shape: planeShape, region: region, into: &output, shape: small)
    self.samples = samples
    shape = small
    self.table = table
    patchFromUpright = geometry.storedFromUpright
      .then(.translation(-Double(region.x), -Double(region.y)))
      .then(
        .scaling(
          Double(small.width) / Double(region.width),
          Double(small.height) / Double(region.height)))
  }

  /// Most pixels of a side, whatever shape the face's box has.
  private static let largest = 8 * width

  private static func pixel(
    _ place: Double, _ rule: FloatingPointRoundingRule = .toNearestOrAwayFromZero
  ) -> Int {
    Int(saturating: place.rounded(rule))
  }

  /// A position in the upright picture, in the patch.
  func place(_ position: Point2D) -> Point2D { patchFromUpright(position) }

  /// Eight tenths of the patch in both directions: eyes, nose and mouth without the background.
  var middle: PlaneRegion {
    PlaneRegion(
      x: shape.width / 10, y: shape.height / 10, width: shape.width * 8 / 10,
      height: shape.height * 8 / 10)
  }
}
