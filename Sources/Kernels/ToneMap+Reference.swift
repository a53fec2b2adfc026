internal import CKernels

extension vk_tone_map {
  /// The reference of the tone map kernel.
  func applyPortably(
    _ from: vk_deep_picture, _ to: vk_mutable_picture, width: Int, height: Int
  ) {
    for y in 0..<(height + 1) / 2 {
      for x in 0..<(width + 1) / 2 {
        unsafe mapBlock(from, to, x, y, min(width - 2 * x, 2), min(height - 2 * y, 2))
      }
    }
  }

  /// One chroma sample and its block of up to 2x2 luma samples.
  private func mapBlock(
    _ from: vk_deep_picture, _ to: vk_mutable_picture, _ x: Int, _ y: Int, _ columns: Int,
    _ rows: Int
  ) {
    let chroma = unsafe y * from.chroma_stride + x
    let cell = unsafe ChromaCell(cb: twelveBits(from.cb[chroma]), cr: twelveBits(from.cr[chroma]))
    var sum: Int32 = 0
    for row in 2 * y..<2 * y + rows {
      for column in 2 * x..<2 * x + columns {
        let code = unsafe twelveBits(from.luma[row * from.luma_stride + column])
        sum += code
        unsafe to.luma[row * to.luma_stride + column] = cell.interpolate(luma, code)
      }
    }
    let count = Int32(rows * columns)
    let mean = (sum + count / 2) / count
    let newChroma = unsafe y * to.chroma_stride + x
    unsafe to.cb[newChroma] = cell.interpolate(cb, mean)
    unsafe to.cr[newChroma] = cell.interpolate(cr, mean)
  }

  /// A code at twelve bits, whatever the depth of the planes; codes beyond it count as white.
  private func twelveBits(_ code: UInt16) -> Int32 {
    let depth = unsafe bit_depth
    let scaled = depth <= 12 ? Int32(code) << (12 - depth) : Int32(code) >> (depth - 12)
    return min(scaled, 4095)
  }
}

/// Where a chroma sample falls among the points of the cube.
private struct ChromaCell {
  /// The index of the cell's first point, at luma 0.
  let base: Int
  /// The weights of its four edges along luma; they sum to 2¹².
  let weights: (Int32, Int32, Int32, Int32)

  private static let nextCr = ToneMap.lumaCells + 1
  private static let nextCb = nextCr * (ToneMap.chromaCells + 1)

  init(cb: Int32, cr: Int32) {
    base = Int(cb >> 6) * Self.nextCb + Int(cr >> 6) * Self.nextCr
    let (blue, red) = (cb & 63, cr & 63)
    weights = (
      (64 - blue) * (64 - red), (64 - blue) * red, blue * (64 - red), blue * red
    )
  }

  /// The table's value at a luma code, as an 8-bit code.
  func interpolate(_ table: UnsafePointer<Int16>, _ luma: Int32) -> UInt8 {
    let first = unsafe table + base + Int(luma >> 7)
    let share = luma & 127
    func edge(_ offset: Int) -> Int32 {
      let (near, far) = unsafe (Int32(first[offset]), Int32(first[offset + 1]))
      return (near * (128 - share) + far * share + 64) >> 7
    }
    let upper = edge(0) * weights.0 + edge(Self.nextCr) * weights.1
    let lower = edge(Self.nextCb) * weights.2 + edge(Self.nextCb + Self.nextCr) * weights.3
    return UInt8(truncatingIfNeeded: (upper + lower + (1 << 18)) >> 19)
  }
}
