import Testing

@testable import FaceModel

@Suite struct FaceGeometryTests {
  @Test(arguments: [
    (0.0, 0.0, 0.0), (30, 0, 0), (-45, 0, 0), (0, 20, 0), (0, -25, 0), (0, 0, 15),
    (0, 0, -80), (20, 10, -30), (-50, -15, 40),
  ])
  func theTurnIsFoundAgain(_ yaw: Double, _ pitch: Double, _ roll: Double) throws {
    let face = try #require(CanonicalFace.landmarks(yaw: yaw, pitch: pitch, roll: roll))
    let pose = try #require(HeadPose(face))
    #expect(abs(pose.yaw - yaw) < 1e-6)
    #expect(abs(pose.pitch - pitch) < 1e-6)
    #expect(abs(pose.roll - roll) < 1e-6)
  }

  @Test func positiveYawMovesTheNoseToTheViewersRight() throws {
    let ahead = try #require(CanonicalFace.landmarks())
    let turned = try #require(CanonicalFace.landmarks(yaw: 20))
    let raised = try #require(CanonicalFace.landmarks(pitch: 20))
    let tilted = try #require(CanonicalFace.landmarks(roll: 20))
    // MediaPipe's number of the nose's tip.
    let nose = 4
    #expect(turned[nose].x > ahead[nose].x)
    // Up is towards smaller y.
    #expect(raised[nose].y < ahead[nose].y)
    // Clockwise: the eye on the right goes down.
    #expect(tilted.eyeCenter(.right).y > tilted.eyeCenter(.left).y)
  }

  @Test func theSizeOfTheHeadDoesNotTurnIt() throws {
    let small = try #require(CanonicalFace.landmarks(yaw: 12, pitch: -7, roll: 5, scale: 0.5))
    let pose = try #require(HeadPose(small))
    #expect(abs(pose.yaw - 12) < 1e-6)
  }

  @Test func flatOrEmptyFacesHaveNoPose() throws {
    let point = try #require(
      FaceLandmarks(points: [Point3D](repeating: [3, 4, 5], count: 468), score: 1))
    #expect(HeadPose(point) == nil)
    let face = try #require(CanonicalFace.landmarks())
    let flat = try #require(
      FaceLandmarks(points: face.points.map { Point3D($0.x, $0.y, 0) }, score: 1))
    #expect(HeadPose(flat) == nil)
  }

  @Test func anEyesRatioIsHeightByWidth() throws {
    // Width 10, heights 3 and 5: (3 + 5) ÷ (2 · 10).
    for (side, indices) in [
      (EyeSide.left, [33, 133, 160, 144, 158, 153]), (.right, [263, 362, 387, 373, 385, 380]),
    ] {
      let places: [Point3D] = [
        [0, 0, 0], [10, 0, 0], [3, -1, 0], [3, 2, 0], [7, -2, 0], [7, 3, 0],
      ]
      let face = try Self.face(indices, places)
      #expect(abs(face.eyeAspectRatio(side) - 0.4) < 1e-12)
    }
    #expect(try Self.face([], []).eyeAspectRatio(.left) == 0)
  }

  @Test func theMouthsOpeningIsItsGapByItsWidth() throws {
    let face = try Self.face(
      [61, 291, 13, 14], [[0, 0, 9], [40, 0, 0], [20, -4, 0], [20, 6, 5]])
    #expect(abs(face.mouthOpening - 0.25) < 1e-12)
    #expect(try Self.face([], []).mouthOpening == 0)
  }

  @Test func sharesAreOfThePicture() throws {
    // One corner at (−20, 30), the rest between it and (60, 90).
    let points = (0..<468).map { index -> Point3D in
      index == 0 ? [-20, 30, 0] : index < 118 ? [-10, 60, 0] : [60, 90, 0]
    }
    let face = try #require(FaceLandmarks(points: points, score: 1))
    let measures = FaceGeometry(face, pictureWidth: 200, pictureHeight: 100)
    #expect(measures.box == Rect2D(minX: -20, minY: 30, maxX: 60, maxY: 90))
    #expect(measures.widthShare == 0.4)
    #expect(measures.areaShare == 60.0 * 60 / 20000)
    #expect(measures.center == Point2D(0.1, 0.6))
    #expect(measures.completeness == 350.0 / 468)
  }

  @Test func interEyeDistanceIsBetweenTheMiddlesOfTheCorners() throws {
    let face = try Self.face(
      [33, 133, 362, 263], [[10, 10, 0], [20, 10, 0], [40, 10, 0], [54, 10, 0]])
    let measures = FaceGeometry(face, pictureWidth: 100, pictureHeight: 100)
    #expect(measures.interEyeDistance == 32)
  }

  @Test func landmarksMustBeCompleteAndFinite() {
    #expect(FaceLandmarks(points: [], score: 1) == nil)
    var points = [Point3D](repeating: .zero, count: 468)
    #expect(FaceLandmarks(points: points, score: 1) != nil)
    points[200].z = .nan
    #expect(FaceLandmarks(points: points, score: 1) == nil)
  }

  @Test func regionsNameExistingPointsOnce() {
    for region in FaceRegion.allCases {
      #expect(region.landmarks.count >= 6)
      #expect(Set(region.landmarks).count == region.landmarks.count, "\(region)")
      #expect(region.landmarks.allSatisfy { (0..<468).contains($0) })
    }
  }

  /// Landmarks at the given places, the others at the origin.
  private static func face(_ indices: [Int], _ places: [Point3D]) throws -> FaceLandmarks {
    var points = [Point3D](repeating: .zero, count: 468)
    for (index, place) in zip(indices, places) { points[index] = place }
    return try #require(FaceLandmarks(points: points, score: 1))
  }
}

/// Regions of a face that a network has seen, so that the numbering is put to the test.
@Suite(.enabled(if: Models.available, "the models are fetched by make setup"))
struct FaceRegionTests {
  @Test func regionsLieWhereTheirNamesSay() throws {
    let face = try LandmarkTests.landmarks(DrawnPicture())
    func center(_ region: FaceRegion) -> Point2D { face.box(of: region).center }
    #expect(center(.forehead).y < center(.leftEye).y)
    #expect(center(.leftEye).x < center(.nose).x)
    #expect(center(.nose).x < center(.rightEye).x)
    #expect(center(.leftCheek).x < center(.nose).x)
    #expect(center(.rightCheek).x > center(.nose).x)
    #expect(center(.leftCheek).y > center(.leftEye).y)
    #expect(center(.mouth).y > center(.nose).y)
    #expect(center(.chin).y > center(.mouth).y)
    #expect(center(.lowerFace).y > center(.leftCheek).y)
    let whole = face.box(of: .face)
    for region in FaceRegion.allCases {
      #expect(whole.scaled(by: 1.05).intersection(face.box(of: region)) == face.box(of: region))
    }
  }

  @Test(arguments: FaceRegion.allCases)
  func bordersDoNotCrossThemselves(_ region: FaceRegion) throws {
    let polygon = try LandmarkTests.landmarks(DrawnPicture()).polygon(of: region)
    for first in polygon.indices {
      for second in polygon.indices.dropFirst(first + 2) {
        let (a, b) = (polygon[first], polygon[first + 1])
        let (c, d) = (polygon[second], polygon[(second + 1) % polygon.count])
        if (second + 1) % polygon.count == first { continue }
        let crosses =
          Self.side(a, b, c) * Self.side(a, b, d) < 0 && Self.side(c, d, a) * Self.side(c, d, b) < 0
        #expect(!crosses, "edges \(first) and \(second)")
      }
    }
  }

  /// On which side of the line from `a` to `b` a point lies.
  private static func side(_ a: Point2D, _ b: Point2D, _ point: Point2D) -> Double {
    (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
  }
}
