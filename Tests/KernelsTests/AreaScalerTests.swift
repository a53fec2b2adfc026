import Kernels
import Testing

@Suite("Resampling a region")
struct AreaScalerTests {
  private func scaled(
    _ plane: GuardedPlane<UInt8>, _ region: PlaneRegion? = nil, to width: Int, _ height: Int,
    padding: Int = 3, path: KernelPath = .active
  ) -> GuardedPlane<UInt8> {
    let shape = PlaneShape(width: width, height: height, stride: width + padding)
    let result = GuardedPlane<UInt8>(shape)
    plane.read { from in
      result.write { to in
        AreaScaler.scale(
          from, shape: plane.shape, region: region, into: &to, shape: shape, path: path)
      }
    }
    return result
  }

  /// The share of each source sample in one output sample, by definition.
  private func shares(_ output: Int, of count: Int, from source: Int) -> [Int: Double] {
    let ratio = Double(source) / Double(count)
    if count <= source {
      let start = Double(output) * ratio
      return Dictionary(
        uniqueKeysWithValues: (0..<source).compactMap { sample in
          let covered = min(Double(sample + 1), start + ratio) - max(Double(sample), start)
          return covered > 1e-12 ? (sample, covered / ratio) : nil
        })
    }
    let position = min(max((Double(output) + 0.5) * ratio - 0.5, 0), Double(source - 1))
    let left = min(Int(position), source - 1)
    let share = position - Double(left)
    return share > 0 ? [left: 1 - share, left + 1: share] : [left: 1]
  }

  private func exact(
    _ plane: GuardedPlane<UInt8>, _ region: PlaneRegion, _ width: Int, _ height: Int
  ) -> [[Double]] {
    (0..<height).map { y in
      let rows = shares(y, of: height, from: region.height)
      return (0..<width).map { x in
        let columns = shares(x, of: width, from: region.width)
        return rows.reduce(0) { sum, row in
          columns.reduce(sum) {
            $0 + row.value * $1.value * Double(plane[region.x + $1.key, region.y + row.key])
          }
        }
      }
    }
  }

  static let targets = [(1, 1), (7, 5), (16, 16), (37, 29), (50, 9), (51, 40), (90, 70), (3, 64)]

  @Test(
    "every sample is the rounded exact value, shrinking and growing",
    arguments: KernelPath.available, targets)
  func definition(path: KernelPath, target: (Int, Int)) {
    let plane = GuardedPlane<UInt8>.noise(PlaneShape(width: 60, height: 44, stride: 63), seed: 1)
    for region in [
      PlaneRegion(plane.shape), PlaneRegion(x: 7, y: 3, width: 50, height: 37),
      PlaneRegion(x: 59, y: 40, width: 1, height: 4),
    ] {
      let result = scaled(plane, region, to: target.0, target.1, path: path)
      let expected = exact(plane, region, target.0, target.1)
      let worst = zip(result.rows.joined(), expected.joined()).map { abs(Double($0) - $1) }.max()
      #expect((worst ?? 1) <= 0.52)
      #expect(result.guardsAreIntact)
    }
  }

  @Test("all paths give the same samples", arguments: KernelPath.available)
  func parity(path: KernelPath) {
    for (index, shape) in Shapes.all.enumerated() {
      let plane = GuardedPlane<UInt8>.extremes(shape, seed: UInt64(index))
      for (width, height) in [(1, 1), (13, 9), (32, 32), (100, 3)] {
        let expected = scaled(plane, to: width, height, path: .portable)
        let result = scaled(plane, to: width, height, padding: 0, path: path)
        #expect(result.rows == expected.rows)
        #expect(result.guardsAreIntact)
      }
    }
  }

  @Test("a flat region stays flat at every size", arguments: KernelPath.available, targets)
  func flat(path: KernelPath, target: (Int, Int)) {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 60, height: 44)) { _, _ in 255 }
    let result = scaled(plane, to: target.0, target.1, path: path)
    #expect(result.rows.joined().allSatisfy { $0 == 255 })
  }

  @Test("the same size gives the same samples", arguments: KernelPath.available)
  func same(path: KernelPath) {
    let plane = GuardedPlane<UInt8>.noise(PlaneShape(width: 61, height: 13), seed: 3)
    #expect(scaled(plane, to: 61, 13, path: path).rows == plane.rows)
  }

  @Test("an extreme reduction still weighs all samples alike")
  func extreme() {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 40_000, height: 2)) { x, _ in
      x < 10_000 ? 200 : 100
    }
    #expect(scaled(plane, to: 1, 1)[0, 0] == 125)
  }

  @Test("a region beside the plane leaves the destination alone")
  func beside() {
    let plane = GuardedPlane<UInt8>.noise(PlaneShape(width: 8, height: 8), seed: 3)
    let region = PlaneRegion(x: 20, y: 0, width: 4, height: 4)
    let untouched = GuardedPlane<UInt8>(PlaneShape(width: 4, height: 4))
    #expect(scaled(plane, region, to: 4, 4).rows == untouched.rows)
  }
}
