/// The points of a single-shot detector's grid from which its boxes are measured.
///
/// Source: MediaPipe's `SsdAnchorsCalculator` with the options of its face detection graphs: offset
/// ½, one aspect ratio, fixed anchor size 1. A layer has one anchor a cell and, with an
/// interpolated scale, one more at the same place; layers of equal stride follow each other cell by
/// cell.
struct AnchorGrid: Sendable {
  /// Centres in 0–1 coordinates of the tensor, row by row.
  let centers: [SIMD2<Float>]

  /// - Parameters:
  ///   - size: side of the square tensor in pixels.
  ///   - strides: pixels between cells, one entry a layer; equal ones stand together.
  ///   - anchorsPerLayer: 2 with an interpolated scale, otherwise 1.
  init(size: Int, strides: [Int], anchorsPerLayer: Int) {
    var centers: [SIMD2<Float>] = []
    var layer = 0
    while layer < strides.count {
      let stride = strides[layer]
      let sameStride = strides[layer...].prefix { $0 == stride }.count
      let cells = (size + stride - 1) / stride
      for y in 0..<cells {
        for x in 0..<cells {
          let center = SIMD2(Float(x) + 0.5, Float(y) + 0.5) / Float(cells)
          for _ in 0..<(sameStride * anchorsPerLayer) { centers.append(center) }
        }
      }
      layer += sameStride
    }
    self.centers = centers
  }
}
