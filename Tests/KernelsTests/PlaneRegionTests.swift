import Kernels
import Testing

@Suite("Regions of a plane")
struct PlaneRegionTests {
  private let shape = PlaneShape(width: 20, height: 10, stride: 32)

  @Test("a region inside the plane stays as it is")
  func inside() {
    let region = PlaneRegion(x: 3, y: 2, width: 5, height: 4)
    #expect(region.clamped(to: shape) == region)
    #expect(region.count == 20)
  }

  @Test("a region is cut at the edges of the plane")
  func cut() {
    let region = PlaneRegion(x: -4, y: 7, width: 10, height: 10)
    #expect(region.clamped(to: shape) == PlaneRegion(x: 0, y: 7, width: 6, height: 3))
  }

  @Test("a region beside the plane is empty", arguments: [-30, 20, 400])
  func beside(x: Int) {
    #expect(PlaneRegion(x: x, y: 0, width: 10, height: 10).clamped(to: shape).isEmpty)
  }

  @Test("absurd numbers are cut like others")
  func absurd() {
    let region = PlaneRegion(x: 5, y: .min, width: .max, height: .max)
    #expect(region.clamped(to: shape) == PlaneRegion(x: 5, y: 0, width: 15, height: 0))
    let whole = PlaneRegion(x: 0, y: 0, width: .max, height: .max)
    #expect(whole.clamped(to: shape) == PlaneRegion(shape))
  }

  @Test("a negative size is empty")
  func negative() {
    #expect(PlaneRegion(x: 0, y: 0, width: -1, height: 5).isEmpty)
  }
}
