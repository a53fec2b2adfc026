import Testing

@testable import FaceModel

/// The landmarks follow the drawn face: where it is, how it is turned, what its eyes and mouth do.
@Suite(.enabled(if: Models.available, "the models are fetched by make setup"))
struct LandmarkTests {
  /// Detector, two passes of the landmarker, as the pipeline runs them.
  static func landmarks(_ picture: DrawnPicture) throws -> FaceLandmarks {
    let detection = try #require(try FaceDetectorTests.detections(picture, .short).first)
    var landmarker = try FaceLandmarker(from: Models.store)
    let found = try landmarker.refinedLandmarks(in: RegionOfInterest(detection)) {
      transform, span in
      picture.fill(transform, FaceLandmarker.inputRange, &span)
    }
    return try #require(found)
  }

  static func eye(
    _ side: EyeSide, _ picture: DrawnPicture, _ face: FaceLandmarks
  ) throws -> EyeLandmarks {
    var landmarker = try IrisLandmarker(from: Models.store)
    let found = try landmarker.landmarks(of: side, face: face) { transform, span in
      picture.fill(transform, IrisLandmarker.inputRange, &span)
    }
    return try #require(found)
  }

  static func measures(_ picture: DrawnPicture) throws -> FaceGeometry {
    FaceGeometry(
      try landmarks(picture), pictureWidth: picture.width, pictureHeight: picture.height)
  }

  @Test(arguments: [-25.0, 0, 25])
  func eyesNoseAndChinLieWhereTheyAreDrawn(_ roll: Double) throws {
    let picture = DrawnPicture(roll: roll)
    let face = try Self.landmarks(picture)
    #expect(face.score > 0.9)
    // A twentieth of the drawing's side.
    let tolerance = 400.0 / 20
    for (eye, place) in [(EyeSide.left, DrawnFace.leftEye), (.right, DrawnFace.rightEye)] {
      #expect((face.eyeCenter(eye) - picture.position(place)).length < tolerance)
    }
    let mouth = (face[FaceLandmarks.upperLipInner].xy + face[FaceLandmarks.lowerLipInner].xy) / 2
    #expect((mouth - picture.position(Point2D(512, 738))).length < tolerance)
    #expect(
      (face[FaceLandmarks.chin].xy - picture.position(Point2D(512, 830))).length < 1.5 * tolerance)
  }

  @Test(arguments: [-30.0, -15, 15, 30])
  func rollFollowsTheTiltClockwise(_ roll: Double) throws {
    let upright = try #require(try Self.measures(DrawnPicture()).pose)
    let tilted = try #require(try Self.measures(DrawnPicture(roll: roll)).pose)
    #expect(abs(tilted.roll - upright.roll - roll) < 3)
    #expect(abs(tilted.yaw - upright.yaw) < 5)
  }

  @Test func measuresScaleWithTheFace() throws {
    let large = try Self.measures(DrawnPicture(side: 440))
    let small = try Self.measures(DrawnPicture(side: 220))
    #expect(abs(large.interEyeDistance / small.interEyeDistance - 2) < 0.15)
    #expect(abs(large.widthShare / small.widthShare - 2) < 0.15)
    #expect(abs(large.areaShare / small.areaShare - 4) < 0.6)
    // The drawn eyes are 208 of 1024 units apart.
    #expect(abs(large.interEyeDistance - 440 * 208 / 1024) < 6)
    #expect(large.completeness == 1)
  }

  @Test func theCentreFollowsTheFace() throws {
    let left = try Self.measures(DrawnPicture(center: Point2D(0.35, 0.5)))
    let right = try Self.measures(DrawnPicture(center: Point2D(0.65, 0.5)))
    #expect(abs(left.center.x - 0.35) < 0.03)
    #expect(abs(right.center.x - 0.65) < 0.03)
  }

  @Test func aFaceCutOffByTheFrameIsIncomplete() throws {
    let cut = try Self.measures(DrawnPicture(side: 600, center: Point2D(0.1, 0.5)))
    #expect(cut.completeness < 0.9)
    #expect(cut.completeness > 0.4)
  }

  @Test func openAndShutEyesDiffer() throws {
    let open = DrawnPicture()
    let shut = DrawnPicture(face: DrawnFace(eyesOpen: false))
    let (openFace, shutFace) = (try Self.landmarks(open), try Self.landmarks(shut))
    for side in EyeSide.allCases {
      #expect(shutFace.eyeAspectRatio(side) < openFace.eyeAspectRatio(side))
      let openEye = try Self.eye(side, open, openFace)
      let shutEye = try Self.eye(side, shut, shutFace)
      #expect(shutEye.aspectRatio < 0.6 * openEye.aspectRatio)
    }
  }

  @Test func openAndShutMouthsDiffer() throws {
    let shut = try Self.measures(DrawnPicture())
    let open = try Self.measures(DrawnPicture(face: DrawnFace(mouthOpen: true)))
    #expect(shut.mouthOpening < 0.15)
    #expect(open.mouthOpening > shut.mouthOpening + 0.2)
    // The head has not moved.
    let (before, after) = (try #require(shut.pose), try #require(open.pose))
    #expect(abs(before.pitch - after.pitch) < 5)
  }

  @Test(arguments: EyeSide.allCases)
  func theIrisLiesInItsEye(_ side: EyeSide) throws {
    let picture = DrawnPicture()
    let face = try Self.landmarks(picture)
    let eye = try Self.eye(side, picture, face)
    let drawn = picture.position(side == .left ? DrawnFace.leftEye : DrawnFace.rightEye)
    #expect(eye.contour.count == 71)
    #expect(eye.iris.count == 5)
    #expect((eye.iris[0].xy - drawn).length < 6)
    // The contour starts at the outer corner on both sides.
    let (left, right) = face.eyeCorners(side)
    let outer = side == .left ? left : right
    #expect((eye.contour[0].xy - outer).length < (right - left).length * 0.25)
  }

  @Test func aWallIsNoFace() throws {
    var picture = DrawnPicture()
    picture.face.ellipses = []
    var landmarker = try FaceLandmarker(from: Models.store)
    let region = RegionOfInterest(center: Point2D(320, 240), side: 300, rotation: 0)
    let found = try landmarker.refinedLandmarks(in: region) { transform, span in
      picture.fill(transform, FaceLandmarker.inputRange, &span)
    }
    #expect(found == nil)
  }

  @Test func unusableRegionsAreNotLookedAt() throws {
    var landmarker = try FaceLandmarker(from: Models.store)
    for side in [Double.nan, .infinity, 0, -5] {
      let region = RegionOfInterest(center: .zero, side: side, rotation: 0)
      let found = try landmarker.landmarks(in: region) { _, _ in
        Issue.record("the region was sampled")
      }
      #expect(found == nil)
    }
  }
}
