internal import CKernels

/// A sample that a plane can hold.
protocol PlaneSample: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, Sendable {
  /// The C version that halves a plane of such samples, if this machine has one for `path`.
  static func halveKernel(_ path: KernelPath) -> HalveKernel<Self>?
}

typealias HalveKernel<Sample> = (
  _ source: UnsafePointer<Sample>, _ stride: Int, _ width: Int, _ height: Int,
  _ out: UnsafeMutablePointer<Sample>, _ outStride: Int
) -> Void

extension UInt8: PlaneSample {
  static func halveKernel(_ path: KernelPath) -> HalveKernel<UInt8>? {
    unsafe KernelTable.function(path) { unsafe $0.halve_bytes }.map { kernel in
      { unsafe kernel($0, $1, $2, $3, $4, $5) }
    }
  }
}

extension UInt16: PlaneSample {
  static func halveKernel(_ path: KernelPath) -> HalveKernel<UInt16>? {
    unsafe KernelTable.function(path) { unsafe $0.halve_words }.map { kernel in
      { unsafe kernel($0, $1, $2, $3, $4, $5) }
    }
  }
}

/// A plane in memory that outlives it, possibly a reduced part of the plane it stands for.
@unsafe struct WarpPlane<Sample: PlaneSample> {
  let samples: UnsafePointer<Sample>
  let shape: PlaneShape
  /// Where the part begins in the plane it was taken from, in that plane's samples.
  var originX = 0
  var originY = 0
  /// How often the part was halved.
  var level = 0

  /// How the plane lies under the luma positions of a picture.
  func grid(shiftX: Int, shiftY: Int) -> vk_warp_grid {
    let scale = unsafe 1 / Float(1 << level)
    return unsafe vk_warp_grid(
      width: Int32(clamping: shape.width), height: Int32(clamping: shape.height),
      stride: Int32(clamping: shape.stride), count: Int32(clamping: shape.requiredCount),
      scale_x: scale / Float(1 << shiftX), scale_y: scale / Float(1 << shiftY),
      offset_x: -Float(originX) * scale - 0.5, offset_y: -Float(originY) * scale - 0.5)
  }
}

/// The planes of a picture, or its luma alone.
@unsafe struct WarpPlanes<Sample: PlaneSample> {
  let luma: WarpPlane<Sample>
  let cb: WarpPlane<Sample>?
  let cr: WarpPlane<Sample>?

  /// Calls `body` with the planes, which it must not keep; does not call it for an empty picture.
  static func withPlanes(
    _ luma: Span<Sample>, _ shape: PlaneShape, _ cb: Span<Sample>, _ cr: Span<Sample>,
    _ chromaShape: PlaneShape, _ body: (WarpPlanes<Sample>) -> Void
  ) {
    chromaShape.require(cb.count)
    chromaShape.require(cr.count)
    unsafe cb.withUnsafeBufferPointer { cb in
      unsafe cr.withUnsafeBufferPointer { cr in
        guard let cb = cb.baseAddress, let cr = cr.baseAddress else { return }
        unsafe withPlanes(luma, shape) { grey in
          unsafe body(
            WarpPlanes(
              luma: grey.luma, cb: WarpPlane(samples: cb, shape: chromaShape),
              cr: WarpPlane(samples: cr, shape: chromaShape)))
        }
      }
    }
  }

  static func withPlanes(
    _ luma: Span<Sample>, _ shape: PlaneShape, _ body: (WarpPlanes<Sample>) -> Void
  ) {
    shape.require(luma.count)
    precondition(shape.width > 0 && shape.height > 0, "a picture holds at least one sample")
    unsafe luma.withUnsafeBufferPointer { luma in
      guard let luma = luma.baseAddress else { return }
      unsafe body(WarpPlanes(luma: WarpPlane(samples: luma, shape: shape), cb: nil, cr: nil))
    }
  }
}

extension PlaneRegion {
  /// The chroma samples that belong to this region of the luma plane.
  func reduced(_ shiftX: Int, _ shiftY: Int) -> PlaneRegion {
    let left = x >> shiftX
    let top = y >> shiftY
    let right = (x + width + (1 << shiftX) - 1) >> shiftX
    let bottom = (y + height + (1 << shiftY) - 1) >> shiftY
    return PlaneRegion(x: left, y: top, width: right - left, height: bottom - top)
  }
}
