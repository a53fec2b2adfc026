internal import Kernels
internal import MediaIO

extension PictureBuffer {
  /// Paints `ink` where `mask` covers the picture.
  ///
  /// A chroma sample takes as much of the ink as its four pixels on average.
  mutating func paint(_ mask: CoverageMask, _ ink: Ink) {
    guard !mask.columns.isEmpty, !mask.rows.isEmpty else { return }
    let columns = mask.columns.clamped(to: 0..<width)
    let rows = mask.rows.clamped(to: 0..<height)
    withMutablePlanes { luma, shape, blue, red, chromaShape in
      for y in rows {
        for x in columns {
          let weight = Int(mask[x, y]) * ink.opacity
          guard weight > 0 else { continue }
          let index = y * shape.stride + x
          luma[index] = Self.mix(luma[index], ink.luma, weight)
        }
      }
      for y in rows.lowerBound / 2..<min((rows.upperBound + 1) / 2, chromaShape.height) {
        for x in columns.lowerBound / 2..<min((columns.upperBound + 1) / 2, chromaShape.width) {
          let (left, top) = (2 * x, 2 * y)
          let covered =
            Int(mask[left, top]) + Int(mask[left + 1, top]) + Int(mask[left, top + 1])
            + Int(mask[left + 1, top + 1])
          let weight = covered * ink.opacity / 4
          guard weight > 0 else { continue }
          let index = y * chromaShape.stride + x
          blue[index] = Self.mix(blue[index], ink.blue, weight)
          red[index] = Self.mix(red[index], ink.red, weight)
        }
      }
    }
  }

  /// - Parameter weight: 0 for `below` alone, 255 · 256 for `above` alone.
  private static func mix(_ below: UInt8, _ above: UInt8, _ weight: Int) -> UInt8 {
    let whole = 255 * 256
    return UInt8((Int(below) * (whole - weight) + Int(above) * weight + whole / 2) / whole)
  }
}
