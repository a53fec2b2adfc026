import Testing

@testable import FaceModel

/// Faces are found where they are drawn.
@Suite(.enabled(if: Models.available, "the models are fetched by make setup"))
struct FaceDetectorTests {
  static func detections(
    _ picture: DrawnPicture, _ range: FaceDetector.Range
  ) throws -> [FaceDetection] {
    var detector = try FaceDetector(range, from: Models.store)
    let transform = detector.letterbox(pictureWidth: picture.width, pictureHeight: picture.height)
    return try detector.detect { span in
      picture.fill(transform, FaceDetector.inputRange, &span)
    }.map { $0.mapped(by: transform) }
  }

  struct Scene: CustomTestStringConvertible, Sendable {
    let name: String
    let picture: DrawnPicture
    let range: FaceDetector.Range
    var testDescription: String { "\(name), \(range) range" }
  }

  static let scenes: [Scene] = FaceDetector.Range.allCases.flatMap { range in
    [
      ("landscape", DrawnPicture()),
      ("portrait", DrawnPicture(width: 480, height: 640)),
      ("left of the middle", DrawnPicture(center: Point2D(0.32, 0.5))),
      ("below right", DrawnPicture(center: Point2D(0.66, 0.56))),
      ("smaller", DrawnPicture(side: 300)),
      ("tilted", DrawnPicture(roll: 20)),
      ("mirrored", DrawnPicture(mirrored: true)),
    ].map { Scene(name: $0.0, picture: $0.1, range: range) }
  }

  @Test(arguments: scenes)
  func oneFaceWithItsEyesInPlace(_ scene: Scene) throws {
    let found = try Self.detections(scene.picture, scene.range)
    let face = try #require(found.first)
    #expect(found.count == 1)
    let eyes = [DrawnFace.leftEye, DrawnFace.rightEye].map(scene.picture.position)
      .sorted { $0.x < $1.x }
    let tolerance = (eyes[1] - eyes[0]).length * 0.2
    #expect((face.keypoint(.leftEye) - eyes[0]).length < tolerance)
    #expect((face.keypoint(.rightEye) - eyes[1]).length < tolerance)
    let nose = scene.picture.position(Point2D(512, 640))
    #expect((face.keypoint(.noseTip) - nose).length < 2 * tolerance)
    #expect(face.box.overlap(face.box) == 1)
    for eye in eyes {
      #expect((face.box.minX...face.box.maxX).contains(eye.x))
      #expect((face.box.minY...face.box.maxY).contains(eye.y))
    }
  }

  @Test func aFaceTooSmallForTheShortRangeIsFoundByTheFullRange() throws {
    let picture = DrawnPicture(side: 90)
    #expect(try Self.detections(picture, .short).isEmpty)
    #expect(try Self.detections(picture, .full).count == 1)
  }

  @Test(arguments: FaceDetector.Range.allCases)
  func nothingIsFoundInAnEmptyPicture(_ range: FaceDetector.Range) throws {
    var picture = DrawnPicture()
    picture.face.ellipses = []
    #expect(try Self.detections(picture, range).isEmpty)
  }

  @Test(arguments: FaceDetector.Range.allCases)
  func numbersThatAreNoneAreNoFaces(_ range: FaceDetector.Range) throws {
    var detector = try FaceDetector(range, from: Models.store)
    for value in [Float.nan, .infinity, -.infinity, 1e30] {
      let found = try detector.detect { span in
        for index in span.indices { span[index] = value }
      }
      #expect(found.allSatisfy { $0.box.area.isFinite })
    }
  }

  @Test func aNetworkOfOtherShapesIsNotADetector() throws {
    let error = #expect(throws: ModelError.self) {
      _ = try FaceDetector(.full, network: Models.store.network(.shortRangeDetector))
    }
    #expect(error?.kind == .invalidGraph)
  }
}

/// The parts of detection that need no model.
@Suite struct DetectionDecodingTests {
  @Test func anchorsAreAsManyAsTheNetworksHave() {
    #expect(FaceDetector.Range.short.anchors.centers.count == 896)
    #expect(FaceDetector.Range.full.anchors.centers.count == 2304)
  }

  @Test func anchorsLieInTheMiddleOfTheirCells() {
    let short = FaceDetector.Range.short.anchors.centers
    // 16×16 cells with two anchors each, then 8×8 with six.
    #expect(short[0] == SIMD2(0.5 / 16, 0.5 / 16))
    #expect(short[1] == short[0])
    #expect(short[2] == SIMD2(1.5 / 16, 0.5 / 16))
    #expect(short[32] == SIMD2(0.5 / 16, 1.5 / 16))
    #expect(short[512] == SIMD2(0.5 / 8, 0.5 / 8))
    #expect(short[517] == short[512])
    #expect(short[518] == SIMD2(1.5 / 8, 0.5 / 8))
    #expect(short[895] == SIMD2(7.5 / 8, 7.5 / 8))
    let full = FaceDetector.Range.full.anchors.centers
    #expect(full[49] == SIMD2(1.5 / 48, 1.5 / 48))
  }

  @Test func theLogisticFunctionIsClipped() {
    #expect(sigmoid(0) == 0.5)
    #expect(abs(sigmoid(2) + sigmoid(-2) - 1) < 1e-6)
    #expect(sigmoid(1e30) == sigmoid(80))
    #expect(sigmoid(-1e30) == sigmoid(-80))
    #expect(sigmoid(-80) > 0)
    #expect(sigmoid(.infinity) == 1)
  }

  static func detection(x: Double, score: Float) -> FaceDetection {
    FaceDetection(
      box: Rect2D(minX: x, minY: 0, maxX: x + 10, maxY: 10),
      keypoints: (0..<6).map { Point2D(x + Double($0), 5) }, score: score)
  }

  @Test func overlappingDetectionsBecomeTheirWeightedMean() throws {
    let merged = FaceDetection.merged([
      Self.detection(x: 2, score: 0.25), Self.detection(x: 0, score: 0.75),
    ])
    let face = try #require(merged.first)
    #expect(merged.count == 1)
    #expect(face.score == 0.75)
    #expect(abs(face.box.minX - 0.5) < 1e-12)
    #expect(abs(face.keypoint(.noseTip).x - 2.5) < 1e-12)
  }

  @Test func separateDetectionsStayApartBestFirst() {
    let merged = FaceDetection.merged([
      Self.detection(x: 8, score: 0.6), Self.detection(x: 0, score: 0.9),
      Self.detection(x: 100, score: 0.7),
    ])
    // 2 of 18 units shared: below the overlap of 0.3.
    #expect(merged.map(\.score) == [0.9, 0.7, 0.6])
    #expect(merged.map(\.box.minX) == [0, 100, 8])
  }

  @Test func emptyBoxesDoNotStopTheMerging() {
    let empty = FaceDetection(
      box: Rect2D(minX: 1, minY: 1, maxX: 1, maxY: 1), keypoints: [], score: 0.8)
    #expect(FaceDetection.merged([empty, empty, empty]).count == 3)
  }
}
