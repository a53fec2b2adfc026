/// The pyramids of a picture's planes.
struct PlanePyramids<Sample: PlaneSample>: ~Copyable, Sendable {
  var luma = Pyramid<Sample>()
  var cb = Pyramid<Sample>()
  var cr = Pyramid<Sample>()
}

/// The working memory in which a plane is halved, and halved again.
struct Pyramid<Sample: PlaneSample>: ~Copyable, Sendable {
  /// The last two levels: one is read while the other is written.
  private var even = Scratch<Sample>()
  private var odd = Scratch<Sample>()

  /// The part of a plane that is wanted, halved until its minification is 2 or less.
  ///
  /// The result lies in this value's memory, or is the plane itself; it holds until the next call.
  @unsafe mutating func reduce(
    _ plane: WarpPlane<Sample>, to region: PlaneRegion?, minification: Double,
    _ path: KernelPath
  ) -> WarpPlane<Sample> {
    guard let region, minification > 2 else { return unsafe plane }
    let shape = unsafe plane.shape
    let levels = Self.levels(minification)
    // Blocks start at multiples of their size, so that a face that moves is not resampled.
    let block = 1 << levels
    let x = region.x / block * block
    let y = region.y / block * block
    let part = PlaneRegion(
      x: x, y: y, width: region.x + region.width - x, height: region.y + region.height - y
    ).clamped(to: shape)
    if part.isEmpty { return unsafe plane }
    var reduced = unsafe WarpPlane(
      samples: plane.samples + part.offset(in: shape),
      shape: PlaneShape(width: part.width, height: part.height, stride: shape.stride),
      originX: part.x, originY: part.y)
    for level in 1...levels {
      unsafe reduced = halve(reduced, level, path)
    }
    return unsafe reduced
  }

  /// Halvings that bring a minification to 2 or less; at most 12, which halves any plane to a few
  /// samples.
  private static func levels(_ minification: Double) -> Int {
    var levels = 0
    var rest = minification
    while rest > 2 && levels < 12 {
      rest /= 2
      levels += 1
    }
    return levels
  }

  private mutating func halve(
    _ plane: WarpPlane<Sample>, _ level: Int, _ path: KernelPath
  ) -> WarpPlane<Sample> {
    let shape = unsafe plane.shape
    // Rows start at multiples of 16, and a plane of one sample still fills a 32-bit load.
    let half = PlaneShape(
      width: (shape.width + 1) / 2, height: (shape.height + 1) / 2,
      stride: (shape.width / 2 + 16) / 16 * 16)
    let count = half.stride * half.height
    let out = unsafe level % 2 == 0 ? even.reserve(count) : odd.reserve(count)
    let kernel = unsafe Sample.halveKernel(path) ?? Self.halvePortably
    unsafe kernel(plane.samples, shape.stride, shape.width, shape.height, out, half.stride)
    return unsafe WarpPlane(
      samples: UnsafePointer(out), shape: half, originX: plane.originX, originY: plane.originY,
      level: plane.level + 1)
  }

  /// The reference: means of 2x2 samples, rounded half up; an odd last column or row counts twice.
  private static func halvePortably(
    _ source: UnsafePointer<Sample>, _ stride: Int, _ width: Int, _ height: Int,
    _ out: UnsafeMutablePointer<Sample>, _ outStride: Int
  ) {
    for y in 0..<(height + 1) / 2 {
      let upper = unsafe source + 2 * y * stride
      let lower = unsafe 2 * y + 1 < height ? upper + stride : upper
      for x in 0..<(width + 1) / 2 {
        let (near, far) = (2 * x, min(2 * x + 1, width - 1))
        let left = unsafe UInt32(upper[near]) + UInt32(lower[near])
        let right = unsafe UInt32(upper[far]) + UInt32(lower[far])
        unsafe out[y * outStride + x] = Sample(truncatingIfNeeded: (left + right + 2) >> 2)
      }
    }
  }
}

/// Memory that grows as needed and is freed with its owner, the pyramid.
///
/// It may change its thread, because it alone owns the memory; writing needs exclusive access.
@safe private struct Scratch<Sample: PlaneSample>: ~Copyable, @unchecked Sendable {
  private var memory = unsafe UnsafeMutableBufferPointer<Sample>(start: nil, count: 0)

  /// Memory for `count` samples, 1 or more; it holds until the next call, and its content is unknown.
  @unsafe mutating func reserve(_ count: Int) -> UnsafeMutablePointer<Sample> {
    if let start = unsafe memory.baseAddress, unsafe memory.count >= count {
      return unsafe start
    }
    unsafe memory.deallocate()
    let start = UnsafeMutablePointer<Sample>.allocate(capacity: count)
    unsafe start.initialize(repeating: 0, count: count)
    unsafe memory = UnsafeMutableBufferPointer(start: start, count: count)
    return unsafe start
  }

  deinit {
    unsafe memory.deallocate()
  }
}
