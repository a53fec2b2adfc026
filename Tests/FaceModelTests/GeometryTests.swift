import Testing

@testable import FaceModel

@Suite struct GeometryTests {
  static func close(_ first: Point2D, _ second: Point2D, _ tolerance: Double = 1e-9) -> Bool {
    (first - second).length <= tolerance
  }

  @Test func mapsComposeInOrder() {
    let map = AffineTransform2D.scaling(2, 3).then(.translation(10, 20))
    #expect(map(Point2D(1, 1)) == Point2D(12, 23))
    let other = AffineTransform2D.translation(10, 20).then(.scaling(2, 3))
    #expect(other(Point2D(1, 1)) == Point2D(22, 63))
  }

  @Test func aQuarterTurnIsClockwise() {
    // y points down: from the right to the bottom.
    #expect(Self.close(AffineTransform2D.rotation(.pi / 2)(Point2D(1, 0)), Point2D(0, 1)))
  }

  @Test func theInverseLeadsBack() throws {
    let map = AffineTransform2D.rotation(0.7).then(.scaling(3, -2)).then(.translation(5, -8))
    let back = try #require(map.inverse)
    for point in [Point2D(0, 0), Point2D(12, -7), Point2D(-300, 41)] {
      #expect(Self.close(back(map(point)), point))
    }
    #expect(AffineTransform2D.scaling(0, 1).inverse == nil)
  }

  @Test(arguments: [(640, 480), (480, 640), (128, 128), (1, 1000)])
  func theLetterboxShowsAllOfThePicture(_ width: Int, _ height: Int) throws {
    let box = TensorTransform.letterbox(
      pictureWidth: width, pictureHeight: height, width: 128, height: 128)
    let toTensor = try #require(box.pictureFromTensor.inverse)
    let topLeft = toTensor(.zero)
    let bottomRight = toTensor(Point2D(Double(width), Double(height)))
    // It touches two opposite sides and is centred between the others.
    #expect(abs(max(bottomRight.x - topLeft.x, bottomRight.y - topLeft.y) - 128) < 1e-9)
    #expect(Self.close(topLeft + bottomRight, Point2D(128, 128)))
    let ratio = (bottomRight.x - topLeft.x) * Double(height)
    #expect(abs(ratio - (bottomRight.y - topLeft.y) * Double(width)) < 1e-6)
  }

  @Test func aMarginLeavesRoomOnAllSides() throws {
    let box = TensorTransform.letterbox(
      pictureWidth: 300, pictureHeight: 400, width: 128, height: 128, margin: 1.6)
    let toTensor = try #require(box.pictureFromTensor.inverse)
    let height = toTensor(Point2D(0, 400)).y - toTensor(.zero).y
    #expect(abs(height - 80) < 1e-9)
    #expect(Self.close(toTensor(Point2D(150, 200)), Point2D(64, 64)))
  }

  @Test func normalizedCoordinatesSpanTheTensor() {
    let region = RegionOfInterest(center: Point2D(100, 50), side: 40, rotation: 0)
    let transform = TensorTransform.region(region, width: 192, height: 192)
    #expect(Self.close(transform.pictureFromNormalized(Point2D(0, 0)), Point2D(80, 30)))
    #expect(Self.close(transform.pictureFromNormalized(Point2D(1, 1)), Point2D(120, 70)))
    #expect(Self.close(transform.pictureFromNormalized(Point2D(0.5, 0.5)), Point2D(100, 50)))
    #expect(abs(transform.scale - 40.0 / 192) < 1e-12)
  }

  @Test func aTurnedRegionIsReadAlongItsAxes() {
    let region = RegionOfInterest(center: Point2D(100, 50), side: 40, rotation: .pi / 2)
    let transform = TensorTransform.region(region, width: 64, height: 64)
    // The tensor's right edge is the picture's lower side.
    #expect(Self.close(transform.pictureFromNormalized(Point2D(1, 0.5)), Point2D(100, 70)))
    let mirrored = TensorTransform.region(region, width: 64, height: 64, mirrored: true)
    #expect(Self.close(mirrored.pictureFromNormalized(Point2D(1, 0.5)), Point2D(100, 30)))
    #expect(mirrored.pictureFromTensor.determinant < 0)
    #expect(mirrored.scale > 0)
  }

  @Test func aDetectionsRegionLevelsTheEyes() {
    let detection = FaceDetection(
      box: Rect2D(minX: 10, minY: 20, maxX: 50, maxY: 50),
      keypoints: [Point2D(20, 30), Point2D(40, 50)] + [Point2D](repeating: .zero, count: 4),
      score: 1)
    let region = RegionOfInterest(detection)
    #expect(region.center == Point2D(30, 35))
    #expect(abs(region.side - 60) < 1e-12)
    #expect(abs(region.rotation - .pi / 4) < 1e-12)
  }

  @Test(arguments: [0.0, 20, -40, 90])
  func aFacesRegionDoesNotGrowWhenItTilts(_ degrees: Double) throws {
    let upright = try #require(CanonicalFace.landmarks())
    let tilted = try #require(CanonicalFace.landmarks(roll: degrees))
    let (before, after) = (RegionOfInterest(upright), RegionOfInterest(tilted))
    #expect(abs(after.side - before.side) < 1e-6)
    #expect(abs(after.rotation - before.rotation - degrees * .pi / 180) < 1e-9)
  }

  @Test func overlapIsSharedAreaByUnion() {
    let box = Rect2D(minX: 0, minY: 0, maxX: 4, maxY: 4)
    #expect(box.overlap(box) == 1)
    #expect(box.overlap(Rect2D(minX: 2, minY: 0, maxX: 6, maxY: 4)) == 8.0 / 24)
    #expect(box.overlap(Rect2D(minX: 5, minY: 5, maxX: 9, maxY: 9)) == 0)
    #expect(box.overlap(Rect2D(minX: 1, minY: 1, maxX: 1, maxY: 1)) == 0)
    #expect(Rect2D(bounding: [Point2D]()) == nil)
  }
}
