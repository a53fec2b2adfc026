import Kernels
import Testing

@Suite("Variance of the Laplacian")
struct SharpnessTests {
  private func variance(
    _ plane: GuardedPlane<UInt8>, _ region: PlaneRegion? = nil, codeScale: Double = 1,
    path: KernelPath = .active
  ) -> Double? {
    plane.read {
      Sharpness.laplacianVariance(
        $0, shape: plane.shape, region: region, codeScale: codeScale, path: path)
    }
  }

  /// The definition: the Laplacian of each inner pixel, then mean and variance in two passes.
  private func definition(_ plane: GuardedPlane<UInt8>, _ region: PlaneRegion) -> Double {
    func p(_ x: Int, _ y: Int) -> Double { Double(plane[x, y]) }
    var values: [Double] = []
    for y in region.y + 1..<region.y + region.height - 1 {
      for x in region.x + 1..<region.x + region.width - 1 {
        let neighbours: Double = p(x, y - 1) + p(x, y + 1) + p(x - 1, y) + p(x + 1, y)
        values.append(neighbours - 4 * p(x, y))
      }
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.map { value -> Double in (value - mean) * (value - mean) }
    return squares.reduce(0, +) / Double(values.count)
  }

  @Test("it follows its definition, at odd sizes and offsets", arguments: KernelPath.available)
  func follows(path: KernelPath) throws {
    for (index, shape) in Shapes.all.enumerated() where shape.width > 3 && shape.height > 3 {
      for plane in [
        GuardedPlane<UInt8>.noise(shape, seed: UInt64(index)),
        GuardedPlane<UInt8>.extremes(shape, seed: UInt64(index)),
      ] {
        for region in [
          PlaneRegion(shape),
          PlaneRegion(x: 1, y: 1, width: shape.width - 1, height: shape.height - 1),
        ] {
          let expected = definition(plane, region)
          let result = try #require(variance(plane, region, path: path))
          #expect(abs(result - expected) <= 1e-9 * max(expected, 1))
        }
      }
    }
  }

  @Test("the greatest sums do not overflow", arguments: KernelPath.available)
  func checkerboard(path: KernelPath) throws {
    // A checkerboard has |L| = 1020 everywhere, and rows this long fill the sums of one register.
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 40_002, height: 4)) { x, y in
      (x + y).isMultiple(of: 2) ? 255 : 0
    }
    let result = try #require(variance(plane, path: path))
    #expect(result == 1020.0 * 1020)
  }

  @Test("a slope is not sharp", arguments: KernelPath.available)
  func slope(path: KernelPath) {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 90, height: 40)) { x, y in UInt8(x + 2 * y) }
    #expect(variance(plane, path: path) == 0)
  }

  @Test("the scale of the codes counts squared")
  func scale() throws {
    let plane = GuardedPlane<UInt8>.noise(PlaneShape(width: 40, height: 30), seed: 2)
    let codes = try #require(variance(plane))
    let luma = try #require(variance(plane, codeScale: LumaTable.limited().codeScale))
    #expect(abs(luma - codes * (255.0 / 219) * (255.0 / 219)) < 1e-6 * luma)
  }

  @Test("a region below 3x3 has no interior", arguments: [(2, 9), (9, 2), (0, 0)])
  func small(width: Int, height: Int) {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 10, height: 10))
    #expect(variance(plane, PlaneRegion(x: 0, y: 0, width: width, height: height)) == nil)
  }
}
