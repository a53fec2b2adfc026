import Kernels
import Testing

@Suite("Rotation of a plane")
struct RotationTests {
  private func turned(
    _ plane: GuardedPlane<UInt8>, _ rotation: Rotation, mirrored: Bool = false, padding: Int = 0,
    path: KernelPath = .active
  ) -> GuardedPlane<UInt8> {
    let size = rotation.rotated(plane.shape)
    let shape = PlaneShape(width: size.width, height: size.height, stride: size.width + padding)
    let result = GuardedPlane<UInt8>(shape)
    plane.read { from in
      result.write { to in
        rotation.apply(
          from, shape: plane.shape, into: &to, shape: shape, mirrored: mirrored, path: path)
      }
    }
    return result
  }

  /// A quarter turn: the last row becomes the first column.
  private func quarterTurn(_ rows: [[UInt8]]) -> [[UInt8]] {
    (0..<(rows.first?.count ?? 0)).map { x in rows.reversed().map { $0[x] } }
  }

  @Test(
    "a turn is that many quarter turns, with or without a mirror",
    arguments: KernelPath.available, Rotation.allCases)
  func definition(path: KernelPath, rotation: Rotation) {
    for (index, shape) in Shapes.all.enumerated() {
      let plane = GuardedPlane<UInt8>.noise(shape, seed: UInt64(index))
      var expected = plane.rows
      for _ in 0..<rotation.rawValue / 90 { expected = quarterTurn(expected) }
      for (mirrored, padding) in [(false, 0), (false, 7), (true, 0), (true, 3)] {
        let result = turned(plane, rotation, mirrored: mirrored, padding: padding, path: path)
        #expect(result.rows == (mirrored ? expected.map { $0.reversed() } : expected))
        #expect(result.guardsAreIntact)
      }
    }
  }

  @Test("a turn and its opposite give the plane back", arguments: Rotation.allCases)
  func opposite(rotation: Rotation) throws {
    let plane = GuardedPlane<UInt8>.noise(PlaneShape(width: 150, height: 101, stride: 160), seed: 4)
    let back = try #require(Rotation(clockwiseDegrees: -rotation.rawValue))
    #expect(turned(turned(plane, rotation), back).rows == plane.rows)
  }

  @Test("angles count modulo a full turn; others than right angles have no rotation")
  func angles() {
    #expect(Rotation(clockwiseDegrees: -90) == .clockwise270)
    #expect(Rotation(clockwiseDegrees: 450) == .clockwise90)
    #expect(Rotation(clockwiseDegrees: 360) == Rotation.none)
    #expect(Rotation(clockwiseDegrees: 45) == nil)
  }
}
