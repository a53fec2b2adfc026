import Kernels
import Testing

@testable import MediaIO

@Suite("The orientation in a display matrix")
struct OrientationTests {
  /// A matrix takes (x, y), y pointing down, to (ax + cy, bx + dy); 16.16 fixed point.
  struct Row: Sendable {
    let a, b, c, d: Double
    let turns: Int
    let mirrored: Bool
    /// What ffprobe prints for it.
    let rotation: Int
  }

  static let quarters = [
    Row(a: 1, b: 0, c: 0, d: 1, turns: 0, mirrored: false, rotation: 0),
    Row(a: 0, b: 1, c: -1, d: 0, turns: 1, mirrored: false, rotation: -90),
    Row(a: -1, b: 0, c: 0, d: -1, turns: 2, mirrored: false, rotation: -180),
    Row(a: 0, b: -1, c: 1, d: 0, turns: 3, mirrored: false, rotation: 90),
    // Left to right; upside down; over each diagonal.
    Row(a: -1, b: 0, c: 0, d: 1, turns: 0, mirrored: true, rotation: -180),
    Row(a: 1, b: 0, c: 0, d: -1, turns: 2, mirrored: true, rotation: 0),
    Row(a: 0, b: 1, c: 1, d: 0, turns: 1, mirrored: true, rotation: -90),
    Row(a: 0, b: -1, c: -1, d: 0, turns: 3, mirrored: true, rotation: 90),
  ]

  @Test("is a turn, then a mirroring", arguments: quarters)
  func quarterTurns(row: Row) throws {
    let found = try #require(orientation(row.a, row.b, row.c, row.d))
    #expect(found.quarterTurns == row.turns)
    #expect(found.mirrored == row.mirrored)
    #expect(found.swapsAxes == (row.turns % 2 == 1))
  }

  @Test("is printed as ffprobe prints it", arguments: quarters)
  func rotation(row: Row) throws {
    #expect(try #require(orientation(row.a, row.b, row.c, row.d)).rotation == row.rotation)
  }

  @Test("takes each corner where the matrix takes it", arguments: quarters)
  func corners(row: Row) throws {
    let found = try #require(orientation(row.a, row.b, row.c, row.d))
    for (x, y) in [(1.0, 0.0), (0, 1), (-1, 0), (0, -1)] {
      var (turnedX, turnedY) = (x, y)
      for _ in 0..<found.quarterTurns { (turnedX, turnedY) = (-turnedY, turnedX) }
      if found.mirrored { turnedX = -turnedX }
      #expect(turnedX == row.a * x + row.c * y)
      #expect(turnedY == row.b * x + row.d * y)
    }
  }

  @Test("is the nearest quarter of a slanted one, whatever its scale")
  func slanted() {
    for (degrees, turns) in [(10.0, 0), (-40, 0), (50, 1), (170, 2), (-170, 2), (-80, 3)] {
      let (cosine, sine) = Self.unit(degrees)
      for scale in [0.01, 1, 3] {
        let found = orientation(
          cosine * scale, sine * scale, -sine * scale, cosine * scale)
        #expect(found?.quarterTurns == turns, "\(degrees)°")
        #expect(found?.mirrored == false)
      }
    }
  }

  @Test("is none where the matrix is singular")
  func singular() {
    #expect(orientation(0, 0, 0, 0) == nil)
    #expect(orientation(1, 1, 1, 1) == nil)
    #expect(orientation(1, 0, 0, 0) == nil)
    let extreme = Orientation(a: .min, b: .min, c: .min, d: .min)
    #expect(extreme == nil)
  }

  private func orientation(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Orientation? {
    let matrix = [a, b, 0, c, d, 0, 0, 0, 16384].map { Int32(($0 * 65536).rounded()) }
    return matrix.withUnsafeBufferPointer { numbers in
      numbers.baseAddress.flatMap { Orientation(displayMatrix: $0) }
    }
  }

  /// The cosine and sine of whole tens of degrees, from those of 10°.
  private static func unit(_ degrees: Double) -> (Double, Double) {
    let (cosine, sine) = (0.984807753012208, 0.17364817766693033)
    var (x, y) = (1.0, 0.0)
    for _ in 0..<(((Int(degrees) % 360) + 360) % 360 / 10) {
      (x, y) = (x * cosine - y * sine, x * sine + y * cosine)
    }
    return (x, y)
  }
}
