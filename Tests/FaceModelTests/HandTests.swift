import Testing

@testable import FaceModel

/// Palms lead to hands, and hands tell themselves from faces.
@Suite struct HandTests {
  private static let palm = PalmDetection(
    center: Point2D(100, 100), side: 40, wrist: Point2D(100, 120),
    middleFinger: Point2D(100, 90), score: 1)

  @Test func theRegionOfAHandReachesToItsFingers() {
    let region = RegionOfInterest(Self.palm)
    #expect(region.rotation == 0)
    #expect(region.center == Point2D(100, 80))
    #expect(region.side == 104)
  }

  @Test func theRegionTurnsWithTheHand() {
    // Pointing to the viewer's right: a quarter turn clockwise.
    let palm = PalmDetection(
      center: Point2D(100, 100), side: 40, wrist: Point2D(80, 100),
      middleFinger: Point2D(110, 100), score: 1)
    let region = RegionOfInterest(palm)
    #expect(abs(region.rotation - .pi / 2) < 1e-12)
    #expect((region.center - Point2D(120, 100)).length < 1e-9)
  }

  @Test func aPalmKeepsItsSizeInATurnedRegion() {
    let transform = TensorTransform.region(
      RegionOfInterest(center: Point2D(50, 50), side: 400, rotation: 0.7), width: 192, height: 192)
    let palm = PalmDetection(
      center: Point2D(0.5, 0.5), side: 0.25, wrist: .zero, middleFinger: .zero, score: 1
    ).mapped(by: transform)
    #expect(abs(palm.side - 100) < 1e-9)
    #expect((palm.center - Point2D(50, 50)).length < 1e-9)
  }

  // MARK: On real people

  private static let clip = "WolfgangLanger_Pexels.mp4"
  private static let isThere = RealPicture.isAvailable(clip)

  /// The surest hand at the face in each of the clip's frames, twice a second.
  private static func presences() throws -> [Float] {
    var landmarker = try FaceLandmarker(from: Models.store)
    var detector = try PalmDetector(from: Models.store)
    var hands = try HandLandmarker(from: Models.store)
    return try RealPicture.load(clip, width: 640, height: 360, step: 12).map { picture in
      let face = try #require(try picture.landmarks(&landmarker))
      let region = RegionOfInterest(face)
      let around = TensorTransform.region(
        RegionOfInterest(
          center: region.center, side: region.side * 1.5, rotation: region.rotation),
        width: PalmDetector.inputSize, height: PalmDetector.inputSize)
      let palms = try detector.candidates(2) { picture.fill(around, PalmDetector.inputRange, &$0) }
      return try palms.compactMap { palm in
        try hands.landmarks(in: RegionOfInterest(palm.mapped(by: around))) {
          picture.fill($0, HandLandmarker.inputRange, &$1)
        }?.presence
      }.max() ?? 0
    }
  }

  @Test("A hand is found before a face and not beside it", .enabled(if: isThere))
  func realHands() throws {
    // Her hand is before her mouth or nose from 3 to 9.5 s of 20.
    let found = try Self.presences()
    #expect(found.count >= 38)
    let covered = found[7...18].count { $0 >= 0.5 }
    #expect(covered >= 9)
    #expect(found[...4].allSatisfy { $0 < 0.5 } && found[21...].allSatisfy { $0 < 0.5 })
  }
}

/// The border around points.
@Suite struct ConvexHullTests {
  private static let square = [
    Point2D(0, 0), Point2D(4, 0), Point2D(2, 1), Point2D(4, 4), Point2D(0, 4), Point2D(2, 2),
  ]

  @Test func keepsTheOutermostPoints() {
    let corners = ConvexHull(Self.square).corners
    #expect(corners.count == 4)
    #expect(Set(corners.map { "\($0)" }) == Set([0, 1, 3, 4].map { "\(Self.square[$0])" }))
  }

  @Test func holdsWhatLiesInsideAndWithinTheMargin() {
    let hull = ConvexHull(Self.square)
    #expect(hull.contains(Point2D(1, 3)))
    #expect(hull.contains(Point2D(4, 2)))
    #expect(!hull.contains(Point2D(4.5, 2)))
    #expect(hull.contains(Point2D(4.5, 2), margin: 0.5))
    #expect(!hull.contains(Point2D(4.6, 2), margin: 0.5))
  }

  @Test func pointsOnALineHoldNothing() {
    #expect(!ConvexHull([Point2D(0, 0), Point2D(1, 1), Point2D(2, 2)]).contains(Point2D(1, 1)))
    #expect(!ConvexHull([]).contains(.zero, margin: 10))
  }
}
