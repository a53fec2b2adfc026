import FaceModel
import Testing

@testable import FaceMeasures

/// Edges and colours of the lower face, read from drawn pictures of 192×192 pixels.
@Suite("Texture of a part of the face")
struct FaceTextureTests {
  private static let size = 192
  /// Anchors of an upright face: the square of 64 pixels begins at (64, 80).
  private static let anchors: [Int: Point2D] = [
    33: Point2D(70.5, 68.3), 133: Point2D(85.7, 69.2), 362: Point2D(105, 69.2),
    263: Point2D(120.4, 68.4), 168: Point2D(95.2, 66.8), 6: Point2D(95.2, 70.7),
    4: Point2D(95, 85.6), 61: Point2D(81.3, 100.7), 291: Point2D(109.9, 100.6),
    152: Point2D(95.8, 123.2), 50: Point2D(68.9, 84.1), 280: Point2D(122.3, 84),
  ]

  /// A grey picture.
  private func picture(_ luma: (Int, Int) -> Float) -> [Float] {
    var picture: [Float] = []
    for y in 0..<Self.size {
      for x in 0..<Self.size { picture += [Float](repeating: luma(x, y), count: 3) }
    }
    return picture
  }

  /// The picture as a crop of itself, with its landmarks.
  private func texture(
    of picture: [Float], _ points: (Int) -> Point2D
  ) throws -> FaceTexture? {
    let landmarks = try #require(
      FaceLandmarks(
        points: (0..<FaceLandmarks.count).map { Point3D(points($0).x, points($0).y, 0) }, score: 1))
    let crop = try #require(
      FaceCrop(
        landmarks, samples: picture,
        TensorTransform(width: Self.size, height: Self.size, pictureFromTensor: .identity)))
    return FaceTexture(
      .lowerFace, of: crop, floor: 1, skin: FaceColors.Sample(SIMD3(repeating: 128)))
  }

  private func texture(
    _ picture: [Float], _ points: (Int) -> Point2D = { anchors[$0] ?? .zero }
  ) throws -> FaceTexture {
    try #require(try texture(of: picture, points))
  }

  /// The sum over all cells of the edges in each direction.
  private func directions(_ texture: FaceTexture) -> [Float] {
    let count = FaceTexture.directions
    return (0..<count).map { direction in
      stride(from: direction, to: texture.edges.count, by: count).reduce(0) {
        $0 + texture.edges[$1]
      }
    }
  }

  @Test func `an even picture has no edges and one colour`() throws {
    let texture = try texture(picture { _, _ in 0.5 })
    #expect(texture.edges.allSatisfy { $0 == 0 })
    #expect(texture.edges.count == 512)
    #expect(Set(texture.colors).count <= 2)
    #expect(texture.colors.allSatisfy { abs($0) < 0.01 })
  }

  @Test func `upright stripes have level edges only`() throws {
    let stripes = picture { x, _ in x / 4 % 2 == 0 ? 0.3 : 0.6 }
    let directions = try directions(texture(stripes))
    #expect(directions[0] > 0.95 * directions.reduce(0, +))
  }

  @Test func `a face and its picture turned together look the same`() throws {
    func blot(_ x: Float, _ y: Float) -> Float {
      let stripe = (x / 12).rounded(.down).truncatingRemainder(dividingBy: 2)
      return 0.4 + 0.3 * stripe * (y > 100 ? 1 : 0.5)
    }
    let upright = try texture(picture { x, y in blot(Float(x), Float(y)) })
    // A quarter turn clockwise: what was at (x, y) is at (192 − y, x).
    let turned = try texture(
      picture { x, y in blot(Float(y), Float(Self.size - 1 - x)) },
      { number in
        let place = Self.anchors[number] ?? .zero
        return Point2D(Double(Self.size) - place.y, place.x)
      })
    for (first, second) in zip(upright.edges, turned.edges) { #expect(abs(first - second) < 0.02) }
    for (first, second) in zip(upright.colors, turned.colors) {
      #expect(abs(first - second) < 0.02)
    }
  }

  @Test func `landmarks in one point give no texture`() throws {
    #expect(try texture(of: picture { _, _ in 0.5 }) { _ in Point2D(96, 96) } == nil)
  }

  @Test(arguments: [TextureScore.lowerFace, .eyes])
  func `every feature has its weight`(score: TextureScore) {
    let cells = FaceTexture.cells * FaceTexture.cells
    #expect(score.edgeWeights.count == cells * FaceTexture.directions)
    #expect(score.colorWeights.count == cells * 3)
  }

  @Test func `two witnesses that agree are surer than one, and a doubtful one leaves the other`()
    throws
  {
    let texture = try texture(picture { _, _ in 0.5 })
    func score(_ logOdds: Double) -> TextureScore {
      TextureScore(
        intercept: logOdds, edgeUnit: 0, colorUnit: 0, edgeWeights: [], colorWeights: [])
    }
    func likelihood(_ logOdds: Double) -> Double {
      score(logOdds).likelihood(texture, byColor: 0.8, priorLogOdds: 0)
    }
    #expect(likelihood(2) > 0.8)
    #expect(abs(likelihood(0) - 0.8) < 1e-9)
    #expect(likelihood(-2) < 0.8)
  }
}
