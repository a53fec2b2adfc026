/// The integer pass behind `LumaStatistics`: sums of luma by quarter, and the order of the codes.
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
  /// The order of the codes: of every pixel, or of the samples of a large region.
  let order: CodeOrder

  /// The tally for codes that mean luma by a straight line.
  ///
  /// The sums take the line without rounding each pixel: Σ(clamp(code) − black) · 255 ÷ (white −
  /// black).
  init(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ region: PlaneRegion, range: ClosedRange<Int>,
    limits: (Int, Int, Int), path: KernelPath
  ) {
    let pass = CodePass(
      shape: shape, region: region, black: UInt8(clamping: range.lowerBound),
      white: UInt8(clamping: range.upperBound), path: path)
    let sums: CodePass.Sums
    if region.count <= LumaStatistics.exactLimit {
      let counted = pass.histogram(plane)
      sums = counted.sums
      order = CodeOrder(histogram: counted.histogram, limits: limits)
    } else {
      (sums, order) = pass.sampled(plane, LumaGrid(region), limits: limits)
    }
    let black = Double(range.lowerBound)
    let scale = 255 / (Double(range.upperBound) - black)
    let left = region.width / 2
    let top = region.height / 2
    func luma(_ sum: UInt64, _ width: Int, _ height: Int) -> Double {
      (Double(sum) - black * Double(width * height)) * scale
    }
    quarterSums = Quarters(
      topLeft: luma(sums.0, left, top), topRight: luma(sums.1, region.width - left, top),
      bottomLeft: luma(sums.2, left, region.height - top),
      bottomRight: luma(sums.3, region.width - left, region.height - top))
  }

  /// The tally for codes that mean luma by a curve: every pixel of every quarter is counted.
  init(
    _ plane: Span<UInt8>, _ shape: PlaneShape, _ region: PlaneRegion, table: LumaTable,
    limits: (Int, Int, Int), path: KernelPath
  ) {
    let left = region.width / 2
    let top = region.height / 2
    var histogram = [UInt32](repeating: 0, count: 256)
    func sum(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Double {
      let quarter = PlaneRegion(x: region.x + x, y: region.y + y, width: width, height: height)
      if quarter.isEmpty { return 0 }
      let pass = CodePass(shape: shape, region: quarter, black: 0, white: 255, path: path)
      var sum = 0
      for (code, count) in pass.histogram(plane).histogram.enumerated() {
        histogram[code] += count
        sum += Int(count) * Int(table[UInt16(code)])
      }
      return Double(sum)
    }
    quarterSums = Quarters(
      topLeft: sum(0, 0, left, top), topRight: sum(left, 0, region.width - left, top),
      bottomLeft: sum(0, top, left, region.height - top),
      bottomRight: sum(left, top, region.width - left, region.height - top))
    order = CodeOrder(histogram: histogram, limits: limits)
  }
}
