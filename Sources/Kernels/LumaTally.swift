internal import CKernels

/// The integer pass behind `LumaStatistics`: sums of luma by quarter, and a histogram of raw codes.
struct LumaTally {
  /// Totals of a quantity over the four quarters of a region.
  struct Quarters {
    var topLeft = 0.0
    var topRight = 0.0
    var bottomLeft = 0.0
    var bottomRight = 0.0
  }

  /// Sums of full-range luma over every pixel.
  let quarterSums: Quarters
  /// How often each code occurs among the samples.
  let histogram: [UInt32]

  /// The distance between the samples of a region: 1 up to the exact limit.
  static func step(count: Int) -> Int {
    if count <= LumaStatistics.exactLimit { return 1 }
    return Int((Double(count) / 16_384).squareRoot().rounded(.up))
  }

  /// The tally for codes that mean luma by a straight line.
  ///
  /// The sums take the line without rounding each pixel: Σ(clamp(code) − black) · 255 ÷ (white −
  /// black).
  init(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ region: PlaneRegion, range: ClosedRange<Int>,
    path: KernelPath
  ) {
    let counted = Counted(
      plane, shape, region, black: UInt8(clamping: range.lowerBound),
      white: UInt8(clamping: range.upperBound), step: Self.step(count: region.count), path: path)
    let black = Double(range.lowerBound)
    let scale = 255 / (Double(range.upperBound) - black)
    let left = region.width / 2
    let top = region.height / 2
    func luma(_ quarter: Int, _ width: Int, _ height: Int) -> Double {
      (Double(counted.sums[quarter]) - black * Double(width * height)) * scale
    }
    quarterSums = Quarters(
      topLeft: luma(0, left, top), topRight: luma(1, region.width - left, top),
      bottomLeft: luma(2, left, region.height - top),
      bottomRight: luma(3, region.width - left, region.height - top))
    histogram = counted.histogram
  }

  /// The tally for codes that mean luma by a curve: every pixel of every quarter is counted.
  init(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ region: PlaneRegion, table: LumaTable,
    path: KernelPath
  ) {
    let left = region.width / 2
    let top = region.height / 2
    var histogram = [UInt32](repeating: 0, count: 256)
    func sum(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Double {
      let quarter = PlaneRegion(x: region.x + x, y: region.y + y, width: width, height: height)
      if quarter.isEmpty { return 0 }
      let counted = Counted(plane, shape, quarter, black: 0, white: 255, step: 1, path: path)
      var sum = 0
      for (code, count) in counted.histogram.enumerated() {
        histogram[code] += count
        sum += Int(count) * Int(table[UInt16(code)])
      }
      return Double(sum)
    }
    quarterSums = Quarters(
      topLeft: sum(0, 0, left, top), topRight: sum(left, 0, region.width - left, top),
      bottomLeft: sum(0, top, left, region.height - top),
      bottomRight: sum(left, top, region.width - left, region.height - top))
    self.histogram = histogram
  }
}

/// What the kernel returns: sums of clamped codes by quarter, and the histogram of the grid.
private struct Counted {
  var sums: [UInt64] = [0, 0, 0, 0]
  var histogram = [UInt32](repeating: 0, count: 256)

  init(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ region: PlaneRegion, black: UInt8, white: UInt8,
    step: Int, path: KernelPath
  ) {
    let kernel = unsafe KernelTable.function(path) { unsafe $0.luma_statistics }
    unsafe plane.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let origin = unsafe base + region.offset(in: shape)
      if let kernel = unsafe kernel {
        unsafe kernel(
          origin, shape.stride, region.width, region.height, black, white, step, &sums, &histogram)
      } else {
        unsafe count(origin, shape.stride, region, black, white, step)
      }
    }
  }

  /// The reference.
  private mutating func count(
    _ origin: UnsafePointer<UInt8>, _ stride: Int, _ region: PlaneRegion,
    _ black: UInt8, _ white: UInt8, _ step: Int
  ) {
    let left = region.width / 2
    var start = 0
    for y in 0..<region.height {
      let row = unsafe origin + y * stride
      let quarter = y < region.height / 2 ? 0 : 2
      unsafe sums[quarter] += sum(row, 0..<left, black, white)
      unsafe sums[quarter + 1] += sum(row, left..<region.width, black, white)
      if y % step == 0 {
        var x = start
        while x < region.width {
          unsafe histogram[Int(row[x])] += 1
          x += step
        }
        start = (start + step / 2 + 1) % step
      }
    }
  }

  private func sum(
    _ row: UnsafePointer<UInt8>, _ columns: Range<Int>, _ black: UInt8, _ white: UInt8
  ) -> UInt64 {
    var sum: UInt64 = 0
    for x in columns { unsafe sum &+= UInt64(min(max(row[x], black), white)) }
    return sum
  }
}
