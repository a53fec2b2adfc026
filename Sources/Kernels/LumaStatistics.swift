/// How light is spread over a region of an 8-bit luma plane.
///
/// All values are SDR luma (full range, gamma coded, 0...255); shares are 0...1. The means come
/// from every pixel. The percentiles and shares come from every pixel of a region of up to
/// `exactLimit` pixels, and beyond that from a grid of at least about 4,096 of them (`LumaGrid`).
/// Of n independent samples a share p has the standard error √(p(1 − p) ÷ n): 0.8 % of the pixels
/// for the median, 0.3 % for the other two percentiles.
package struct LumaStatistics: Sendable, Equatable {
  /// Pixels in the region.
  package let count: Int
  /// Pixels behind the percentiles and shares; `count` for small regions.
  package let sampleCount: Int
  /// Mean luma.
  package let mean: Double
  /// The luma that 5 % of the pixels do not exceed (nearest rank).
  package let p05: Double
  /// The median luma (nearest rank).
  package let p50: Double
  /// The luma that 95 % of the pixels do not exceed (nearest rank).
  package let p95: Double
  /// Share of pixels with a luma below 40.
  package let darkShare: Double
  /// Share of pixels with a luma above 210.
  package let brightShare: Double
  /// Share of pixels with a luma of 250 or more.
  package let clippedShare: Double
  /// Mean luma of the left half; the middle column of an odd width belongs to the right.
  package let leftMean: Double
  /// Mean luma of the right half.
  package let rightMean: Double
  /// Mean luma of the upper half; the middle row of an odd height belongs to the lower.
  package let topMean: Double
  /// Mean luma of the lower half.
  package let bottomMean: Double

  /// |left − right| ÷ max(mean, 1): 0 for even light.
  package var unevenness: Double { abs(leftMean - rightMean) / max(mean, 1) }

  /// The greatest region whose percentiles and shares come from every pixel.
  package static let exactLimit = 262_144

  /// Measures a region (the whole plane without one), after clamping it to the plane.
  ///
  /// - Parameter table: what the codes mean; a table of 8 bits.
  /// - Returns: `nil` when the region holds no pixel.
  package init?(
    of plane: Span<UInt8>, shape: PlaneShape, region: PlaneRegion? = nil,
    table: LumaTable = .full(), path: KernelPath = .active
  ) {
    shape.require(plane.count)
    precondition(table.bitDepth == 8, "an 8-bit plane needs an 8-bit table")
    let region = (region ?? PlaneRegion(shape)).clamped(to: shape)
    if region.isEmpty { return nil }
    // Shares and percentiles are found on the codes: a table rises from black to white.
    let limits = (
      table.firstCode(atLeast: UInt8(LumaClass.dark.upperBound)),
      table.firstCode(atLeast: UInt8(LumaClass.bright.lowerBound)),
      table.firstCode(atLeast: UInt8(LumaClass.clipped.lowerBound))
    )
    let tally =
      table.range.map {
        LumaTally(plane, shape, region, range: $0, limits: limits, path: path)
      } ?? LumaTally(plane, shape, region, table: table, limits: limits, path: path)
    self.init(tally, region: region, table: table)
  }

  private init(_ tally: LumaTally, region: PlaneRegion, table: LumaTable) {
    let leftCount = region.width / 2 * region.height
    let topCount = region.height / 2 * region.width
    let sums = tally.quarterSums
    let all = sums.topLeft + sums.topRight + sums.bottomLeft + sums.bottomRight
    let mean = all / Double(region.count)
    self.mean = mean
    count = region.count
    // A region one pixel wide has no left half: both halves then equal the whole.
    func half(_ sum: Double, _ count: Int) -> Double { count == 0 ? mean : sum / Double(count) }
    leftMean = half(sums.topLeft + sums.bottomLeft, leftCount)
    rightMean =
      leftCount == 0 ? mean : half(sums.topRight + sums.bottomRight, region.count - leftCount)
    topMean = half(sums.topLeft + sums.topRight, topCount)
    bottomMean =
      topCount == 0 ? mean : half(sums.bottomLeft + sums.bottomRight, region.count - topCount)

    let order = tally.order
    sampleCount = order.count
    p05 = Double(table[UInt16(order.p05)])
    p50 = Double(table[UInt16(order.p50)])
    p95 = Double(table[UInt16(order.p95)])
    let samples = Double(order.count)
    darkShare = Double(order.below.0) / samples
    brightShare = Double(order.count - order.below.1) / samples
    clippedShare = Double(order.count - order.below.2) / samples
  }
}
