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
    #expect(!DoubtedFace.isPossible(after: Array(looks.prefix(1))))
    #expect(DoubtedFace([0.3, 0.4, 0.4, 0.3].map { Self.look(.short, $0) }) == nil)
  }

  @Test("is none where the looks take different points for eyes and mouth, unless all are sure")
  func keypoints() {
    let score: [Float] = [0.55, 0.6, 0.55, 0.6]
    func looks(_ shift: Double, _ more: Float = 0) -> [DetectorLook] {
      score.enumerated().map { Self.look(.short, $1 + more, x: $0 % 2 == 0 ? 0 : shift) }
    }
    #expect(DoubtedFace(looks(10)) != nil)
    #expect(DoubtedFace(looks(20)) == nil)
    #expect(DoubtedFace(looks(20, 0.1)) != nil)
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
