import Kernels
import Testing

@Suite("Difference of two frames")
struct FrameDifferenceTests {
  private func difference(
    _ a: GuardedPlane<UInt8>, _ b: GuardedPlane<UInt8>, path: KernelPath = .active
  ) -> Double {
    a.read { one in
      b.read { other in
        FrameDifference.meanAbsolute(one, shape: a.shape, other, shape: b.shape, path: path)
      }
    }
  }

  @Test("it is the mean of the absolute differences", arguments: KernelPath.available)
  func definition(path: KernelPath) {
    for (index, shape) in Shapes.all.enumerated() {
      let narrow = PlaneShape(width: shape.width, height: shape.height)
      let noise = GuardedPlane<UInt8>.noise(shape, seed: 1)
      let narrowNoise = GuardedPlane<UInt8>.noise(narrow, seed: UInt64(index))
      let extremes = GuardedPlane<UInt8>.extremes(shape, seed: 2)
      let narrowExtremes = GuardedPlane<UInt8>.extremes(narrow, seed: UInt64(index))
      for (a, b) in [(noise, narrowNoise), (extremes, narrowExtremes)] {
        var sum = 0
        for (one, other) in zip(a.rows.joined(), b.rows.joined()) {
          sum += abs(Int(one) - Int(other))
        }
        #expect(difference(a, b, path: path) == Double(sum) / Double(shape.width * shape.height))
        #expect(difference(b, a, path: path) == difference(a, b, path: path))
      }
    }
  }

  @Test("a plane does not differ from itself")
  func same() {
    let plane = GuardedPlane<UInt8>.noise(PlaneShape(width: 90, height: 7, stride: 100), seed: 1)
    #expect(difference(plane, plane) == 0)
  }

  @Test("empty planes do not differ")
  func empty() {
    let plane = GuardedPlane<UInt8>(PlaneShape(width: 0, height: 0))
    #expect(difference(plane, plane) == 0)
  }
}
