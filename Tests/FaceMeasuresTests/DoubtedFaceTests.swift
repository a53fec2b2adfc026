import FaceModel
import Services
import TestSupport
import Testing

@testable import FaceMeasures

@Suite("A face that landmarks doubt")
struct DoubtedFaceTests {
  private static let models = ModelStore(
    useEmbedded: true, folders: [Repository.models.path(percentEncoded: false)])
  private static let modelsAreThere = models.state != .missing

  /// What a look found: one place, `x` pixels to the right.
  private static func look(
    _ range: FaceDetector.Range, _ score: Float, x: Double = 0
  ) -> DetectorLook {
    let box = Rect2D(minX: x, minY: 0, maxX: x + 100, maxY: 100)
    let places: [(Double, Double)] = [
      (30, 40), (70, 40), (50, 60), (50, 80), (0, 40), (100, 40),
    ]
    let points = places.map { Point2D(x + $0, $1) }
    return DetectorLook(range, [FaceDetection(box: box, keypoints: points, score: score)])
  }

  @Test("is one where the looks at a place add up, though none is sure")
  func agreement() {
    let looks = [0.45, 0.5, 0.45, 0.5].map { Self.look(.short, $0) }
    #expect(looks.allSatisfy { $0.hints.count == 1 })
    #expect(DoubtedFace(looks)?.detections.count == 4)
    #expect(DoubtedFace(Array(looks.prefix(2))) == nil)
    #expect(DoubtedFace.isPossible(after: Array(looks.prefix(2))))
    #expect(!DoubtedFace.isPossible(after: [looks[0], looks[1].filter { _ in false }]))
    #expect(!DoubtedFace.isPossible(after: Array(looks.prefix(1))))
    #expect(DoubtedFace([0.3, 0.4, 0.4, 0.3].map { Self.look(.short, $0) })?.isAgreed == false)
    #expect(DoubtedFace([0.3, 0.3, 0.3].map { Self.look(.short, $0) }) == nil)
  }

  @Test("is one only if more shows it where the looks take different points for eyes and mouth")
  func keypoints() {
    let score: [Float] = [0.55, 0.6, 0.55, 0.6]
    func looks(_ shift: Double, _ more: Float = 0) -> [DetectorLook] {
      score.enumerated().map { Self.look(.short, $1 + more, x: $0 % 2 == 0 ? 0 : shift) }
    }
    #expect(DoubtedFace(looks(10))?.isAgreed == true)
    #expect(DoubtedFace(looks(20))?.isAgreed == false)
    #expect(DoubtedFace(looks(20, 0.1))?.isAgreed == true)
  }

  @Test("is none by itself where looks find different places")
  func places() {
    let looks = [
      Self.look(.short, 0.7), Self.look(.full, 0.7), Self.look(.short, 0.7, x: 300),
      Self.look(.full, 0.7, x: 300),
    ]
    #expect(DoubtedFace(looks)?.isAgreed == false)
  }

  @Test(
    "is found behind a mask that fills the picture, and found to be covered",
    .enabled(if: modelsAreThere))
  func mask() throws {
    func face(_ picture: borrowing RawPicture) throws -> FoundFace {
      var tracker = FaceTracker(engine: try FaceEngine(Self.models))
      let geometry = UprightGeometry(picture, .upright)
      guard let face = try tracker.look(at: picture, in: geometry, time: 0).face else {
        throw Missing()
      }
      return face
    }
    let whole = try face(RawPicture("mask", width: 480, height: 640))
    let picture = try RawPicture(
      "mask", width: 166, height: 286, filter: "crop=166:286:164:216")
    let close = try face(picture)
    #expect(close.isDoubted && !whole.isDoubted)
    for eye in EyeSide.allCases {
      let expected = whole.landmarks.eyeCenter(eye) - Point2D(164, 216)
      #expect((close.landmarks.eyeCenter(eye) - expected).length < 0.1 * 265)
    }
    var meter = FrameMeter(.upright, engine: try FaceEngine(Self.models))
    let measured = try meter.measure(picture, at: 0)
    let covered = try #require(measured.face?.lowerFaceOcclusion)
    #expect(covered > 0.8)
  }

  /// What looks that do not agree on the keypoints make of the face of a clip's first picture.
  ///
  /// - Parameters:
  ///   - score: of each look.
  ///   - place: where they see it; at the face by default.
  private static func disagreeing(
    _ clip: String, width: Int, height: Int, score: Float, mayAskForMore: Bool = true,
    at place: FaceDetection? = nil
  ) throws -> FoundFace? {
    let picture = try RawPicture(clip, width: width, height: height)
    var tracker = FaceTracker(engine: try FaceEngine(Self.models))
    tracker.geometry = UprightGeometry(picture, .upright)
    let near = try tracker.engine.look(.short, at: picture, tracker.geometry)
    guard let real = place ?? near.faces.first else { throw Missing() }
    let looks = [0, 0.2, -0.2, 0.2].map { (shift: Double) in
      let offset = Point2D(shift * real.box.width, 0)
      return DetectorLook(
        .short,
        [
          FaceDetection(
            box: real.box, keypoints: real.keypoints.map { $0 + offset },
            score: shift == 0 ? score + 0.01 : score)
        ])
    }
    guard let face = DoubtedFace(looks) else { throw Missing() }
    #expect(!face.isAgreed)
    return try tracker.accept(picture, face, mayAskForMore: mayAskForMore)
  }

  @Test(
    "is one where the trained score says so, though the looks hardly find it",
    .enabled(if: modelsAreThere), arguments: ["mask", "good-megvii", "hand-over-mouth"])
  func score(clip: String) throws {
    let isWide = clip == "hand-over-mouth"
    let size = (isWide ? 640 : 480, isWide ? 480 : 640)
    let found = try Self.disagreeing(clip, width: size.0, height: size.1, score: 0.3)
    #expect(found?.isDoubted == true)
    #expect(
      try Self.disagreeing(clip, width: size.0, height: size.1, score: 0.3, mayAskForMore: false)
        == nil)
  }

  @Test("is none where the looks err on a wall", .enabled(if: modelsAreThere))
  func wall() throws {
    for x in [100.0, 240, 380] {
      let points = [(-0.2, -0.1), (0.2, -0.1), (0, 0.1), (0, 0.3), (-0.5, 0), (0.5, 0)]
      let place = FaceDetection(
        box: Rect2D(minX: x - 80, minY: 200, maxX: x + 80, maxY: 360),
        keypoints: points.map { Point2D(x + 160 * $0.0, 280 + 160 * $0.1) }, score: 0.5)
      #expect(
        try Self.disagreeing(
          "no-face-wall", width: 480, height: 640, score: 0.55, at: place) == nil)
    }
  }

  @Test(
    "is none alone where several are far, and one face is no crowd", .enabled(if: modelsAreThere))
  func crowd() throws {
    func sighting(_ filter: String) throws -> FaceTracker.Sighting {
      let picture = try RawPicture("good-megvii", width: 1152, height: 768, filter: filter)
      var tracker = FaceTracker(engine: try FaceEngine(Self.models))
      return try tracker.look(at: picture, in: UprightGeometry(picture, .upright), time: 0)
    }
    let several = try sighting("loop=-1:1,scale=60:80,tile=19x9,scale=1152:768")
    #expect(several.face != nil && several.count >= 3)
    #expect(several.secondSizeRatio > 0.25)
    #expect(try sighting("scale=54:72,pad=1152:768:500:300:gray").face == nil)
  }

  private struct Missing: Error {}

  @Test(
    "is not found in pictures without one", .enabled(if: modelsAreThere),
    arguments: ["no-face", "no-face-wall"])
  func nothing(clip: String) throws {
    let wide = clip == "no-face"
    let picture = try RawPicture(clip, width: wide ? 960 : 480, height: wide ? 540 : 640)
    var tracker = FaceTracker(engine: try FaceEngine(Self.models))
    let geometry = UprightGeometry(picture, .upright)
    let found = try tracker.look(at: picture, in: geometry, time: 0).face
    #expect(found == nil)
  }
}
