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
    #expect(DoubtedFace.isLikely(after: Array(looks.prefix(2))))
    #expect(!DoubtedFace.isLikely(after: [looks[0], looks[1].filter { _ in false }]))
    #expect(!DoubtedFace.isPossible(after: Array(looks.prefix(1))))
    #expect(DoubtedFace([0.3, 0.4, 0.4, 0.3].map { Self.look(.short, $0) }) == nil)
  }

  @Test("is one only if a hand shows it where the looks take different points for eyes and mouth")
  func keypoints() {
    let score: [Float] = [0.55, 0.6, 0.55, 0.6]
    func looks(_ shift: Double, _ more: Float = 0) -> [DetectorLook] {
      score.enumerated().map { Self.look(.short, $1 + more, x: $0 % 2 == 0 ? 0 : shift) }
    }
    #expect(DoubtedFace(looks(10))?.isAgreed == true)
    #expect(DoubtedFace(looks(20))?.isAgreed == false)
    #expect(DoubtedFace(looks(20, 0.1))?.isAgreed == true)
  }

  @Test("is none where looks find different places")
  func places() {
    let looks = [
      Self.look(.short, 0.7), Self.look(.full, 0.7), Self.look(.short, 0.7, x: 300),
      Self.look(.full, 0.7, x: 300),
    ]
    #expect(DoubtedFace(looks) == nil)
  }

  @Test(
    "is found behind a mask that fills the picture, and found to be covered",
    .enabled(if: modelsAreThere))
  func mask() throws {
    func face(_ picture: borrowing RawPicture) throws -> FoundFace {
      guard var tracker = FaceTracker(engine: try FaceEngine(Self.models)) else { throw Missing() }
      let geometry = UprightGeometry(picture, .upright)
      guard let face = try tracker.look(at: picture, in: geometry, time: 0).face else {
        throw Missing()
      }
      return face
    }
    let whole = try face(RawPicture("mask", width: 480, height: 640))
    let picture = try RawPicture(
      "mask", width: 186, height: 306, filter: "crop=186:306:154:206")
    let close = try face(picture)
    #expect(close.isDoubted && !whole.isDoubted)
    for eye in EyeSide.allCases {
      let expected = whole.landmarks.eyeCenter(eye) - Point2D(154, 206)
      #expect((close.landmarks.eyeCenter(eye) - expected).length < 0.1 * 265)
    }
    var meter = FrameMeter(.upright, engine: try FaceEngine(Self.models))
    let measured = try meter.measure(picture, at: 0)
    let covered = try #require(measured.face?.lowerFaceOcclusion)
    #expect(covered > 0.8)
  }

  /// What looks that do not agree on the keypoints make of the face of a clip's first picture.
  ///
  /// - Parameter score: of each look.
  private static func disagreeing(
    _ clip: String, width: Int, height: Int, score: Float, mayAskForHands: Bool = true
  ) throws -> FoundFace? {
    let picture = try RawPicture(clip, width: width, height: height)
    guard var tracker = FaceTracker(engine: try FaceEngine(Self.models)) else { throw Missing() }
    tracker.geometry = UprightGeometry(picture, .upright)
    guard let real = try tracker.engine.look(.short, at: picture, tracker.geometry).faces.first
    else { throw Missing() }
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
    return try tracker.accept(picture, face, mayAskForHands: mayAskForHands)
  }

  @Test("is one behind a hand, where the looks do not agree", .enabled(if: modelsAreThere))
  func hand() throws {
    func found(_ score: Float, mayAskForHands: Bool = true) throws -> FoundFace? {
      try Self.disagreeing(
        "hand-over-mouth", width: 640, height: 480, score: score, mayAskForHands: mayAskForHands)
    }
    #expect(try found(0.55)?.isDoubted == true)
    #expect(try found(0.55, mayAskForHands: false) == nil)
    // A hand without a face looks as much like one.
    #expect(try found(0.45) == nil)
  }

  @Test("is none without a hand, where the looks do not agree", .enabled(if: modelsAreThere))
  func noHand() throws {
    #expect(try Self.disagreeing("good-megvii", width: 480, height: 640, score: 0.55) == nil)
  }

  private struct Missing: Error {}

  @Test(
    "is not found in pictures without one", .enabled(if: modelsAreThere),
    arguments: ["no-face", "no-face-wall"])
  func nothing(clip: String) throws {
    let wide = clip == "no-face"
    let picture = try RawPicture(clip, width: wide ? 960 : 480, height: wide ? 540 : 640)
    guard var tracker = FaceTracker(engine: try FaceEngine(Self.models)) else { return }
    let geometry = UprightGeometry(picture, .upright)
    let found = try tracker.look(at: picture, in: geometry, time: 0).face
    #expect(found == nil)
  }
}
