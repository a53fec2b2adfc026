import Testing

@testable import FaceModel

/// The chain on photographs and a clip of real people; `make setup` fetches them.
@Suite struct RealFaceTests {
  static func photo() throws -> RealPicture {
    try #require(try RealPicture.load("single_face.jpg", width: 572, height: 562).first)
  }

  @Test(
    .enabled(if: RealPicture.isAvailable("single_face.jpg")),
    arguments: FaceDetector.Range.allCases)
  func onePersonIsFoundOnce(_ range: FaceDetector.Range) throws {
    #expect(try Self.photo().detections(range).count == 1)
  }

  @Test(.enabled(if: RealPicture.isAvailable("multi_face.jpg")))
  func fivePeopleAreFoundAtADistance() throws {
    let group = try #require(
      try RealPicture.load("multi_face.jpg", width: 800, height: 534).first)
    #expect(try group.detections(.full).count == 5)
  }

  @Test(.enabled(if: RealPicture.isAvailable("no_face.mp4")))
  func aTitleIsNoFace() throws {
    let frames = try RealPicture.load("no_face.mp4", width: 480, height: 270, step: 20)
    #expect(!frames.isEmpty)
    for frame in frames {
      // What a detector takes for a face, the landmarker must not confirm.
      #expect(try frame.measures() == nil)
    }
  }

  @Test(.enabled(if: RealPicture.isAvailable("single_face.jpg")))
  func aMirroredFaceIsTurnedTheOtherWay() throws {
    let photo = try Self.photo()
    let seen = try #require(try photo.measures())
    let mirrored = try #require(try photo.mirrored.measures())
    let (pose, other) = (try #require(seen.pose), try #require(mirrored.pose))
    // The head is turned to the viewer's left, which the mirror shows on the right.
    #expect(pose.yaw < -4)
    #expect(other.yaw > 4)
    #expect(abs(pose.pitch - other.pitch) < 4)
    #expect(abs(pose.roll + other.roll) < 4)
    #expect(abs(seen.center.x + mirrored.center.x - 1) < 0.01)
    #expect(abs(seen.interEyeDistance / mirrored.interEyeDistance - 1) < 0.05)
  }

  @Test(.enabled(if: RealPicture.isAvailable("single_face.jpg")), arguments: [-20.0, 20])
  func aTurnedPhotoRollsByAsMuch(_ degrees: Double) throws {
    let photo = try Self.photo()
    let upright = try #require(try photo.measures()?.pose)
    let turned = try #require(try photo.turned(by: degrees).measures()?.pose)
    #expect(abs(turned.roll - upright.roll - degrees) < 4)
    #expect(abs(turned.yaw - upright.yaw) < 5)
    #expect(abs(turned.pitch - upright.pitch) < 5)
  }

  @Test(.enabled(if: RealPicture.isAvailable("single_face.mp4")))
  func aBlinkStandsOutAgainstThePersonsOwnEyes() throws {
    // Every ninth of 72 pictures; the person blinks once, at the fourth.
    let frames = try RealPicture.load("single_face.mp4", width: 640, height: 360, step: 9)
    var landmarker = try FaceLandmarker(from: Models.store)
    var irises = try IrisLandmarker(from: Models.store)
    var openness: [Double] = []
    for frame in frames {
      let face = try #require(try frame.landmarks(&landmarker))
      let eyes = try EyeSide.allCases.map { side in
        try #require(
          try irises.landmarks(of: side, face: face) { transform, span in
            frame.fill(transform, IrisLandmarker.inputRange, &span)
          })
      }
      openness.append(eyes.map(\.aspectRatio).reduce(0, +) / 2)
    }
    let median = openness.sorted()[openness.count / 2]
    #expect(openness.indices.filter { openness[$0] < 0.6 * median } == [3])
  }
}
