import Kernels
import Testing

@Suite("Luma statistics")
struct LumaStatisticsTests {
  private func measure(
    _ plane: GuardedPlane<UInt8>, _ region: PlaneRegion? = nil, table: LumaTable = .full(),
    path: KernelPath = .active
  ) -> LumaStatistics? {
    plane.read {
      LumaStatistics(of: $0, shape: plane.shape, region: region, table: table, path: path)
    }
  }

  /// The luma of a region in reading order, without rounding.
  private func luma(
    _ plane: GuardedPlane<UInt8>, _ region: PlaneRegion, _ expand: (Double) -> Double = { $0 }
  ) -> [Double] {
    (region.y..<region.y + region.height).flatMap { y in
      (region.x..<region.x + region.width).map { x in expand(Double(plane[x, y])) }
    }
  }

  private func mean(_ values: some Collection<Double>) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  @Test("a flat plane has its luma everywhere", arguments: KernelPath.available, [0, 39, 128, 255])
  func flat(path: KernelPath, luma: UInt8) throws {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 70, height: 9, stride: 77)) { _, _ in luma }
    let result = try #require(measure(plane, path: path))
    for value in [
      result.mean, result.p05, result.p50, result.p95, result.leftMean, result.rightMean,
      result.topMean, result.bottomMean,
    ] { #expect(value == Double(luma)) }
    #expect(result.unevenness == 0)
    #expect(result.darkShare == (luma < 40 ? 1 : 0))
    #expect(result.brightShare == (luma > 210 ? 1 : 0))
    #expect(result.clippedShare == (luma >= 250 ? 1 : 0))
  }

  @Test(
    "every value follows its definition, at odd sizes and offsets",
    arguments: KernelPath.available)
  func definition(path: KernelPath) throws {
    for (index, shape) in Shapes.all.enumerated() where shape.width > 2 && shape.height > 2 {
      let plane = GuardedPlane<UInt8>.noise(shape, seed: UInt64(index))
      let region = PlaneRegion(x: 1, y: 1, width: shape.width - 1, height: shape.height - 1)
      let result = try #require(measure(plane, region, path: path))
      let all = luma(plane, region)
      let sorted = all.sorted()
      func rank(_ share: Double) -> Double {
        sorted[max(Int((share * Double(all.count)).rounded(.up)), 1) - 1]
      }
      func share(_ include: (Double) -> Bool) -> Double {
        Double(all.filter(include).count) / Double(all.count)
      }
      #expect(result.count == all.count)
      #expect(result.sampleCount == all.count)
      #expect(abs(result.mean - mean(all)) < 1e-9)
      #expect(result.p05 == rank(0.05))
      #expect(result.p50 == rank(0.5))
      #expect(result.p95 == rank(0.95))
      #expect(result.darkShare == share { $0 < 40 })
      #expect(result.brightShare == share { $0 > 210 })
      #expect(result.clippedShare == share { $0 >= 250 })
    }
  }

  @Test("the halves are the halves of the region", arguments: KernelPath.available)
  func halves(path: KernelPath) throws {
    for (index, shape) in Shapes.all.enumerated() where shape.width > 1 && shape.height > 1 {
      let plane = GuardedPlane<UInt8>.noise(shape, seed: UInt64(index))
      let result = try #require(measure(plane, path: path))
      let middleX = shape.width / 2
      let middleY = shape.height / 2
      func part(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Double {
        mean(luma(plane, PlaneRegion(x: x, y: y, width: width, height: height)))
      }
      #expect(abs(result.leftMean - part(0, 0, middleX, shape.height)) < 1e-9)
      #expect(
        abs(result.rightMean - part(middleX, 0, shape.width - middleX, shape.height)) < 1e-9)
      #expect(abs(result.topMean - part(0, 0, shape.width, middleY)) < 1e-9)
      #expect(
        abs(result.bottomMean - part(0, middleY, shape.width, shape.height - middleY)) < 1e-9)
      let expected = abs(result.leftMean - result.rightMean) / max(result.mean, 1)
      #expect(result.unevenness == expected)
    }
  }

  @Test("a region without a left or upper half is even", arguments: KernelPath.available)
  func thin(path: KernelPath) throws {
    let plane = GuardedPlane<UInt8>.noise(PlaneShape(width: 9, height: 9), seed: 1)
    let column = PlaneRegion(x: 3, y: 0, width: 1, height: 9)
    let row = PlaneRegion(x: 0, y: 3, width: 9, height: 1)
    #expect(try #require(measure(plane, column, path: path)).unevenness == 0)
    let flat = try #require(measure(plane, row, path: path))
    #expect(flat.topMean == flat.mean)
  }

  @Test(
    "limited range means the same as full range, but for the rounding of its codes",
    arguments: KernelPath.available)
  func limitedEqualsFull(path: KernelPath) throws {
    let shape = PlaneShape(width: 123, height: 57, stride: 130)
    let full = GuardedPlane<UInt8>.noise(shape, seed: 3)
    let limited = GuardedPlane<UInt8>(shape) { x, y in
      UInt8((16 + Double(full[x, y]) * 219 / 255).rounded())
    }
    let one = try #require(measure(full, path: path))
    let other = try #require(measure(limited, table: .limited(), path: path))
    for (a, b) in [
      (one.mean, other.mean), (one.p05, other.p05), (one.p50, other.p50), (one.p95, other.p95),
      (one.leftMean, other.leftMean), (one.bottomMean, other.bottomMean),
    ] { #expect(abs(a - b) <= 1) }
    #expect(abs(one.darkShare - other.darkShare) < 0.01)
    #expect(abs(one.clippedShare - other.clippedShare) < 0.01)
  }

  @Test("limited codes beyond black and white are clamped", arguments: KernelPath.available)
  func clamped(path: KernelPath) throws {
    let shape = PlaneShape(width: 67, height: 11)
    let plane = GuardedPlane<UInt8>.extremes(shape, seed: 5)
    let result = try #require(measure(plane, table: .limited(), path: path))
    let expected = mean(luma(plane, PlaneRegion(shape)) { min(max(($0 - 16) / 219, 0), 1) * 255 })
    #expect(abs(result.mean - expected) < 1e-9)
  }

  @Test("a curve is applied to every pixel", arguments: KernelPath.available)
  func curve(path: KernelPath) throws {
    let table = LumaTable.hlg(bitDepth: 8)
    for (index, shape) in Shapes.all.enumerated() {
      let plane = GuardedPlane<UInt8>.noise(shape, seed: UInt64(index))
      let mapped = GuardedPlane<UInt8>(shape) { x, y in table[UInt16(plane[x, y])] }
      #expect(measure(plane, table: table, path: path) == measure(mapped, path: path))
    }
  }

  @Test(
    "a large region keeps exact means and samples its percentiles",
    arguments: KernelPath.available)
  func sampled(path: KernelPath) throws {
    let shape = PlaneShape(width: 641, height: 512, stride: 672)
    var random = SeededRandom(9)
    let plane = GuardedPlane<UInt8>(shape) { x, y in
      UInt8(clamping: (x * 3 + y) / 10 + Int.random(in: -12...12, using: &random))
    }
    let region = PlaneRegion(shape)
    let result = try #require(measure(plane, path: path))
    let all = luma(plane, region)
    let sorted = all.sorted()
    #expect(result.count > LumaStatistics.exactLimit)
    #expect((8_192...20_480).contains(result.sampleCount))
    #expect(abs(result.mean - mean(all)) < 1e-9)
    for (value, share) in [(result.p05, 0.05), (result.p50, 0.5), (result.p95, 0.95)] {
      #expect(abs(value - sorted[Int(share * Double(all.count))]) <= 2)
    }
    let dark = Double(all.filter { $0 < 40 }.count) / Double(all.count)
    #expect(abs(result.darkShare - dark) < 0.01)
    #expect(result == measure(plane, path: .portable))
  }

  @Test("an empty region has no statistics")
  func empty() {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 4, height: 4))
    #expect(measure(plane, PlaneRegion(x: 4, y: 0, width: 3, height: 3)) == nil)
  }
}
