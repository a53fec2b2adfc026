internal import CKernels

extension vk_warp {
  /// The reference of the row kernel, for one position: the three components of the tensor.
  func rgb<Sample: PlaneSample>(_ type: Sample.Type, x: Float, y: Float) -> SIMD3<Float> {
    let black = unsafe SIMD3(repeating: low)
    // A position that is not a number is inside no picture.
    guard x >= 0, unsafe x < width, y >= 0, unsafe y < height else { return black }
    let lumaTaps = unsafe WarpTaps(luma_grid, x, y)
    let grey = unsafe lumaTaps.sample(luma, type) * luma_scale + luma_offset
    var rgb = SIMD3(repeating: grey)
    if let cb = unsafe cb, let cr = unsafe cr {
      let taps = unsafe WarpTaps(chroma_grid, x, y)
      let blue = unsafe taps.sample(cb, type) - chroma_middle
      let red = unsafe taps.sample(cr, type) - chroma_middle
      unsafe rgb += SIMD3(red * red_cr, blue * green_cb + red * green_cr, blue * blue_cb)
    }
    rgb.clamp(lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
    if let tone = unsafe tone {
      for i in 0..<3 {
        let index = unsafe Int(rgb[i] * Float(tone_last) + 0.5)
        unsafe rgb[i] = Float(tone[index]) / 255
      }
    }
    return unsafe rgb * span + black
  }
}

/// The four neighbours of a position on a plane, and how far it is from them.
private struct WarpTaps {
  let upper: Int
  let lower: Int
  let next: Int
  let right: Float
  let down: Float

  init(_ grid: vk_warp_grid, _ x: Float, _ y: Float) {
    let x = min(max(x * grid.scale_x + grid.offset_x, 0), Float(grid.width - 1))
    let y = min(max(y * grid.scale_y + grid.offset_y, 0), Float(grid.height - 1))
    let column = min(Int(x), max(Int(grid.width) - 2, 0))
    let row = Int(y)
    upper = row * Int(grid.stride) + column
    lower = min(row + 1, Int(grid.height) - 1) * Int(grid.stride) + column
    next = grid.width > 1 ? 1 : 0
    right = x - Float(column)
    down = y - Float(row)
  }

  func sample<Sample: PlaneSample>(
    _ samples: UnsafeRawPointer, _ type: Sample.Type
  ) -> Float {
    let samples = unsafe samples.assumingMemoryBound(to: type)
    func mix(_ from: Float, _ to: Float, _ share: Float) -> Float { from + share * (to - from) }
    let above = unsafe mix(Float(samples[upper]), Float(samples[upper + next]), right)
    let below = unsafe mix(Float(samples[lower]), Float(samples[lower + next]), right)
    return mix(above, below, down)
  }
}
