internal import CKernels

/// How sharp a region of an 8-bit luma plane is.
package enum Sharpness {
  /// The variance of the 4-neighbour Laplacian over the interior of a region.
  ///
  /// L(x, y) = p(x, y−1) + p(x, y+1) + p(x−1, y) + p(x+1, y) − 4·p(x, y), for the pixels that have
  /// all four neighbours inside the region; the result is mean(L²) − mean(L)², in squared luma
  /// steps. The sums are exact integers. The measure is the one of Pech-Pacheco et al., "Diatom
  /// autofocusing in brightfield microscopy", ICPR 2000.
  ///
  /// - Parameters:
  ///   - region: clamped to the plane; the whole plane without one.
  ///   - codeScale: what a step of the codes is worth in full-range luma
  ///     (`LumaTable.codeScale`); its square scales the result.
  /// - Returns: 0...2,080,800 · codeScale², or `nil` for a region smaller than 3x3.
  package static func laplacianVariance(
    _ plane: Span<UInt8>, shape: PlaneShape, region: PlaneRegion? = nil, codeScale: Double = 1,
    path: KernelPath = .active
  ) -> Double? {
    shape.require(plane.count)
    let region = (region ?? PlaneRegion(shape)).clamped(to: shape)
    if region.width < 3 || region.height < 3 { return nil }
    let sums = LaplacianSums(plane, shape, region, path: path)
    let count = Double((region.width - 2) * (region.height - 2))
    let mean = Double(sums.sum) / count
    let variance = Double(sums.sumOfSquares) / count - mean * mean
    return max(variance, 0) * codeScale * codeScale
  }
}

/// Sums of the Laplacian and its square over the interior of a region of 3x3 or more.
struct LaplacianSums: Equatable {
  var sum: Int64 = 0
  var sumOfSquares: Int64 = 0

  init(_ plane: Span<UInt8>, _ shape: PlaneShape, _ region: PlaneRegion, path: KernelPath) {
    let kernel = unsafe KernelTable.function(path) { unsafe $0.laplacian_sums }
    unsafe plane.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let origin = unsafe base + region.offset(in: shape)
      if let kernel = unsafe kernel {
        unsafe kernel(origin, shape.stride, region.width, region.height, &sum, &sumOfSquares)
      } else {
        unsafe add(origin, shape.stride, region)
      }
    }
  }

  /// The reference.
  private mutating func add(_ origin: UnsafePointer<UInt8>, _ stride: Int, _ region: PlaneRegion) {
    for y in 1..<region.height - 1 {
      let row = unsafe origin + y * stride
      let above = unsafe row - stride
      let below = unsafe row + stride
      for x in 1..<region.width - 1 {
        let neighbours =
          unsafe Int32(above[x]) + Int32(below[x]) + Int32(row[x - 1])
          + Int32(row[x + 1])
        let laplacian = unsafe neighbours &- 4 &* Int32(row[x])
        sum &+= Int64(laplacian)
        sumOfSquares &+= Int64(laplacian &* laplacian)
      }
    }
  }
}
