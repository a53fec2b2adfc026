internal import CKernels

/// What stays the same from warp to warp, and the work itself.
struct WarpSettings: Sendable {
  let width: Int
  let height: Int
  let layout: TensorWarp.Layout
  let low: Float
  let high: Float
  let toneTable: LumaTable?

  var count: Int { width * height * 3 }

  /// Reduces the planes as far as the map asks for, then warps row by row.
  func run<Sample: PlaneSample>(
    _ planes: WarpPlanes<Sample>, _ map: AffineMap, _ tensor: inout MutableSpan<Float>,
    _ pyramids: inout PlanePyramids<Sample>, _ path: KernelPath
  ) {
    precondition(tensor.count >= count, "the tensor is too short")
    let shape = unsafe planes.luma.shape
    let reach = reach(of: map, in: shape)
    let (shiftX, shiftY) = (layout.chromaShiftX, layout.chromaShiftY)
    let luma = unsafe pyramids.luma.reduce(
      planes.luma, to: reach, minification: map.minification, path)
    let chromaReach = reach.map { $0.reduced(shiftX, shiftY) }
    let chromaMinification = map.minification / Double(1 << min(shiftX, shiftY))
    let cb = unsafe planes.cb.map {
      unsafe pyramids.cb.reduce($0, to: chromaReach, minification: chromaMinification, path)
    }
    let cr = unsafe planes.cr.map {
      unsafe pyramids.cr.reduce($0, to: chromaReach, minification: chromaMinification, path)
    }
    unsafe tensor.withUnsafeMutableBufferPointer { out in
      guard let out = out.baseAddress else { return }
      unsafe withTone { tone in
        let warp = unsafe warp(shape, luma, cb, cr, tone)
        unsafe warpRows(warp, Sample.self, map, out, path)
      }
    }
  }

  /// The part of the picture that the map reaches, with a margin for the neighbours of its border;
  /// `nil` where it reaches nothing.
  private func reach(of map: AffineMap, in shape: PlaneShape) -> PlaneRegion? {
    let corners = [map(0, 0), map(Double(width), 0), map(0, Double(height))]
    let far = map(Double(width), Double(height))
    let xs = corners.map(\.x) + [far.x]
    let ys = corners.map(\.y) + [far.y]
    guard
      let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max(),
      (xs + ys).allSatisfy(\.isFinite), right >= 0, bottom >= 0,
      left < Double(shape.width), top < Double(shape.height)
    else { return nil }
    let margin = 2 * max(map.minification, 1)
    func clamped(_ value: Double, _ limit: Int) -> Int { Int(min(max(value, 0), Double(limit))) }
    let x = clamped(left - margin, shape.width)
    let y = clamped(top - margin, shape.height)
    return PlaneRegion(
      x: x, y: y, width: clamped(right + margin + 1, shape.width) - x,
      height: clamped(bottom + margin + 1, shape.height) - y)
  }

  private func withTone(_ body: (UnsafePointer<UInt8>?) -> Void) {
    guard let toneTable else { return body(nil) }
    unsafe toneTable.withEntries { unsafe body($0) }
  }

  /// What the row kernels need to know.
  private func warp<Sample: PlaneSample>(
    _ shape: PlaneShape, _ luma: WarpPlane<Sample>, _ cb: WarpPlane<Sample>?,
    _ cr: WarpPlane<Sample>?, _ tone: UnsafePointer<UInt8>?
  ) -> vk_warp {
    let range = layout.format.range
    let matrix = layout.format.matrix
    let lumaSpan = range.lumaSpan(bitDepth: layout.bitDepth)
    let chromaSpan = range.chromaSpan(bitDepth: layout.bitDepth)
    let blue = matrix.rgb(y: 0, cb: 1 / chromaSpan, cr: 0)
    let red = matrix.rgb(y: 0, cb: 0, cr: 1 / chromaSpan)
    let chroma = unsafe cb ?? luma
    return unsafe vk_warp(
      luma: luma.samples, cb: cb?.samples, cr: cr?.samples,
      luma_grid: luma.grid(shiftX: 0, shiftY: 0),
      chroma_grid: chroma.grid(shiftX: layout.chromaShiftX, shiftY: layout.chromaShiftY),
      sample_bytes: Int32(MemoryLayout<Sample>.size),
      width: Float(shape.width), height: Float(shape.height),
      luma_scale: Float(1 / lumaSpan),
      luma_offset: Float(-range.black(bitDepth: layout.bitDepth) / lumaSpan),
      chroma_middle: Float(128 << (layout.bitDepth - 8)), red_cr: Float(red.red),
      green_cb: Float(blue.green), green_cr: Float(red.green), blue_cb: Float(blue.blue),
      low: low, span: high - low, tone: tone, tone_last: Int32(toneTable?.last ?? 0))
  }

  /// Positions start from `Double` on every row, so that their error does not grow down the tensor.
  private func warpRows<Sample: PlaneSample>(
    _ warp: vk_warp, _ type: Sample.Type, _ map: AffineMap, _ out: UnsafeMutablePointer<Float>,
    _ path: KernelPath
  ) {
    let kernel = unsafe KernelTable.function(path) { unsafe $0.warp_row }
    let grids = unsafe [warp.luma_grid, warp.cb == nil ? warp.luma_grid : warp.chroma_grid]
    // The kernel reads 4 bytes at a time and counts in 32 bits.
    let fits = grids.allSatisfy {
      Int($0.count) * MemoryLayout<Sample>.size >= 4 && $0.count < 1 << 30
    }
    for v in 0..<height {
      let start = map(0.5, Double(v) + 0.5)
      let (x, y) = (Float(start.x), Float(start.y))
      let (dx, dy) = (Float(map.xu), Float(map.yu))
      let row = unsafe out + 3 * width * v
      if fits, let kernel = unsafe kernel {
        unsafe withUnsafePointer(to: warp) { unsafe kernel($0, x, y, dx, dy, width, row) }
      } else {
        for u in 0..<width {
          let rgb = unsafe warp.rgb(Sample.self, x: x + Float(u) * dx, y: y + Float(u) * dy)
          unsafe (row[3 * u], row[3 * u + 1], row[3 * u + 2]) = (rgb.x, rgb.y, rgb.z)
        }
      }
    }
  }
}
