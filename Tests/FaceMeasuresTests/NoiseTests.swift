import Foundation
import Kernels
import Testing

@testable import FaceMeasures

@Suite("Noise")
struct FaceNoiseTests {
  /// A slope with Gaussian noise, by Box and Muller's method from a fixed sequence.
  private func picture(deviation: Double, size: Int = 256) -> [UInt8] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / Double(1 << 53)
    }
    return (0..<size * size).map { index in
      let gauss = (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
      let slope = 60 + Double(index % size) / 4
      return UInt8(min(max(slope + deviation * gauss, 0), 255).rounded())
    }
  }

  @Test(arguments: [2.0, 5, 10])
  func `is the standard deviation that was added`(deviation: Double) throws {
    let found = try #require(noise(of: picture(deviation: deviation), size: 256))
    #expect(abs(found / deviation - 1) < 0.15)
  }

  @Test func `is nothing on a slope without noise`() throws {
    let found = try #require(noise(of: picture(deviation: 0), size: 256))
    #expect(found < 0.5)
  }

  @Test func `is not measured where all is clipped`() {
    #expect(noise(of: [UInt8](repeating: 255, count: 64 * 64), size: 64) == nil)
  }

  private func noise(of samples: [UInt8], size: Int) -> Double? {
    let shape = PlaneShape(width: size, height: size)
    return NoiseEstimate.deviation(samples.span, shape, .full())
  }
}
