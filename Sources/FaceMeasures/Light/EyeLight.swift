internal import FaceModel
internal import Kernels

/// What the light makes of the eyes and of what is before them.
struct LitEyes: Equatable {
  /// The luma that nine tenths of the picture between the lids do not exceed: that of the whites.
  ///
  /// `nil` for eyes that are shut or a few pixels large.
  var whites: Double?
  /// Share of the area around the eye that is without detail, at luma 250 or above; the larger of both eyes.
  var glare: Double
}

/// Reads the whites of the eyes, which are as light in every person, and what spectacles reflect.
///
/// Skin of one person reflects five times as much light as that of another, the whites of their eyes
/// hardly differ. So they tell how much light falls on a face.
struct EyeLight: FaceExtractor {
  /// Pixels between the lids of both eyes that are enough to tell the whites.
  private static let leastPixels = 24

  func extract(from face: FaceView) -> LitEyes? {
    let patch = face.patch
    var between: [UInt8] = []
    var glare = 0.0
    for eye in [FaceRegion.leftEye, .rightEye] {
      let lids = face.landmarks.polygon(of: eye).map { patch.place($0) }
      PolygonMask(lids, width: patch.shape.width, height: patch.shape.height).forEachRun {
        row, columns in
        let start = row * patch.shape.stride
        for sample in patch.samples[start + columns.lowerBound..<start + columns.upperBound] {
          between.append(patch.table[UInt16(sample)])
        }
      }
      glare = max(glare, Self.clippedShare(around: lids, patch))
    }
    between.sort()
    let whites =
      between.count >= Self.leastPixels ? Double(between[(between.count - 1) * 9 / 10]) : nil
    return LitEyes(whites: whites, glare: glare)
  }

  /// The part of a lens, twice as wide and one and a half times as high as the eye is wide, that is without
  /// detail; of what the patch shows of it.
  private static func clippedShare(around lids: [Point2D], _ patch: FacePatch) -> Double {
    guard let eye = Rect2D(bounding: lids) else { return 0 }
    let width = max(eye.width, eye.height)
    let (x, y) = ((eye.minX + eye.maxX) / 2, (eye.minY + eye.maxY) / 2)
    let columns = range(x - width, x + width, in: patch.shape.width)
    let rows = range(y - 0.75 * width, y + 0.75 * width, in: patch.shape.height)
    guard !columns.isEmpty, !rows.isEmpty else { return 0 }
    var clipped = 0
    for row in rows {
      let start = row * patch.shape.stride
      for column in columns
      where LumaClass.clipped.contains(Int(patch.table[UInt16(patch.samples[start + column])])) {
        clipped += 1
      }
    }
    return Double(clipped) / Double(columns.count * rows.count)
  }

  private static func range(_ low: Double, _ high: Double, in count: Int) -> Range<Int> {
    let start = min(max(Int(saturating: low.rounded()), 0), count)
    return start..<max(start, min(Int(saturating: high.rounded()), count))
  }
}
