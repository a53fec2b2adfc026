import FaceModel
import Testing

@testable import FaceMeasures

@Suite("The colour of skin")
struct SkinColorTests {
  private static let side = 32

  /// The colour of a face all of whose landmarks stand at `place` in a region of one colour, 0–1.
  private func skin(_ color: SIMD3<Float>, at place: Point2D = Point2D(16, 16)) throws -> SkinColor?
  {
    let landmarks = try #require(
      FaceLandmarks(
        points: [Point3D](repeating: Point3D(place.x, place.y, 0), count: FaceLandmarks.count),
        score: 1))
    let pixels = (0..<Self.side * Self.side).flatMap { _ in [color.x, color.y, color.z] }
    let transform = TensorTransform(
      width: Self.side, height: Self.side, pictureFromTensor: .identity)
    return RegionColors(pixels.span, transform).flatMap { SkinColor(landmarks, in: $0) }
  }

  @Test("hardly depends on how much light falls on it")
  func light() throws {
    let bright = try #require(try skin(SIMD3(0.8, 0.6, 0.4)))
    let dim = try #require(try skin(SIMD3(0.2, 0.15, 0.1)))
    #expect(abs(bright.redness - dim.redness) < 0.01)
    #expect(abs(bright.yellowness - dim.yellowness) < 0.02)
    #expect(bright.redness > 0.2 && bright.yellowness > 0.3)
  }

  @Test("is none in grey light, and bluish in blue light")
  func tint() throws {
    let grey = try #require(try skin(SIMD3(0.5, 0.5, 0.5)))
    #expect(abs(grey.redness) < 1e-6 && abs(grey.yellowness) < 1e-6)
    let blue = try #require(try skin(SIMD3(0.3, 0.4, 0.8)))
    #expect(blue.redness < 0 && blue.yellowness < 0)
  }

  @Test("is not told outside the region or the picture")
  func outside() throws {
    #expect(try skin(SIMD3(0.5, 0.5, 0.5), at: Point2D(-1, 16)) == nil)
    #expect(try skin(SIMD3(0.5, 0.5, 0.5), at: Point2D(16, 32)) == nil)
    #expect(try skin(.zero) == nil)
  }
}
