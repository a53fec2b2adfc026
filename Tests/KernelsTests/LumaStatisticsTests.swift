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

  @Test(
    "a curve is applied to every pixel, also one that ends below white",
    arguments: KernelPath.available, [1_500, 10_000])
  func curve(path: KernelPath, peak: Double) throws {
    let table = LumaTable.hlg(bitDepth: 8, curve: ToneCurve(sourcePeak: peak))
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
    #expect((4_000...5_500).contains(result.sampleCount))
    #expect(abs(result.mean - mean(all)) < 1e-9)
    for (value, share) in [(result.p05, 0.05), (result.p50, 0.5), (result.p95, 0.95)] {
      #expect(abs(value - sorted[Int(share * Double(all.count))]) <= 2)
    }
    let dark = Double(all.filter { $0 < 40 }.count) / Double(all.count)
    #expect(abs(result.darkShare - dark) < 0.01)
    #expect(result == measure(plane, path: .portable))
  }

  @Test(
    "all paths agree on large regions, whatever lies in and around them",
    arguments: [
      PlaneShape(width: 640, height: 480), PlaneShape(width: 854, height: 481, stride: 897),
      PlaneShape(width: 127, height: 2_203, stride: 130), PlaneShape(width: 4, height: 65_537),
      PlaneShape(width: 300_001, height: 1), PlaneShape(width: 131_075, height: 3),
      PlaneShape(width: 1_923, height: 1_081, stride: 2_000),
    ])
  func largeRegionsAgree(shape: PlaneShape) throws {
    let planes = [
      GuardedPlane<UInt8>.noise(shape, seed: 11),
      GuardedPlane<UInt8>.noise(shape, seed: 12, in: 30...60),
      GuardedPlane<UInt8>.extremes(shape, seed: 13),
      GuardedPlane<UInt8>(shape) { x, y in UInt8((x + y) * 255 / (shape.width + shape.height)) },
    ]
    let regions = [nil, PlaneRegion(x: 1, y: 0, width: shape.width, height: shape.height)]
    for plane in planes {
      for region in regions {
        for table in [LumaTable.full(), .limited()] {
          let reference = try #require(measure(plane, region, table: table, path: .portable))
          #expect(reference.count > LumaStatistics.exactLimit || shape.width == 4)
          for path in KernelPath.available {
            #expect(measure(plane, region, table: table, path: path) == reference)
          }
        }
      }
    }
  }

  @Test("the samples keep no step with patterns of a codec's blocks", arguments: [4, 8, 16])
  func unevenBlocks(size: Int) throws {
    let shapes = [(640, 480), (854, 480), (720, 1_280), (1_920, 1_080)]
    for shape in shapes.map({ PlaneShape(width: $0, height: $1) }) {
      // A quarter of the pixels, all of them in the same place of their block, is dark.
      let columns = GuardedPlane<UInt8>(shape) { x, _ in x % size < size / 4 ? 10 : 100 }
      let rows = GuardedPlane<UInt8>(shape) { _, y in y % size < size / 4 ? 10 : 100 }
      for plane in [columns, rows] {
        let result = try #require(measure(plane))
        #expect(abs(result.darkShare - 0.25) < 0.05)
      }
    }
  }

  @Test("every part of a large region has its share of the samples")
  func evenlySampled() throws {
    for shape in [(640, 480), (854, 480), (1_920, 1_080)].map({ PlaneShape(width: $0, height: $1) })
    {
      for part in 0..<5 {
        let columns = GuardedPlane<UInt8>(shape) { x, _ in x * 5 / shape.width == part ? 255 : 0 }
        let rows = GuardedPlane<UInt8>(shape) { _, y in y * 5 / shape.height == part ? 255 : 0 }
        for plane in [columns, rows] {
          let result = try #require(measure(plane))
          // By no more than a sampled row, of which there are 26 or more.
          #expect(abs(result.clippedShare - 0.2) < 1.0 / 26)
        }
      }
    }
  }

  @Test("shares follow the table, not the codes", arguments: KernelPath.available)
  func limitedShares(path: KernelPath) throws {
    let shape = PlaneShape(width: 600, height: 500)
    let table = LumaTable.limited()
    let plane = GuardedPlane<UInt8>(shape) { x, y in UInt8((x * 7 + y * 3) % 256) }
    let mapped = GuardedPlane<UInt8>(shape) { x, y in table[UInt16(plane[x, y])] }
    let one = try #require(measure(plane, table: table, path: path))
    let other = try #require(measure(mapped, path: path))
    #expect(one.sampleCount == other.sampleCount)
    #expect((one.p05, one.p50, one.p95) == (other.p05, other.p50, other.p95))
    #expect(one.darkShare == other.darkShare)
    #expect(one.brightShare == other.brightShare)
    #expect(one.clippedShare == other.clippedShare)
  }

  @Test("an empty region has no statistics")
  func empty() {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 4, height: 4))
    #expect(measure(plane, PlaneRegion(x: 4, y: 0, width: 3, height: 3)) == nil)
  }
}
