import FaceModel
import Kernels
import Services
import TestSupport
import Testing

@testable import FaceMeasures

@Suite("Hands before a face")
struct HandOcclusionTests {
  private static let models = ModelStore(
    useEmbedded: true, folders: [Repository.models.path(percentEncoded: false)])
  private static let modelsAreThere = models.state != .missing

  /// A hand whose joints stand on a ring.
  private static func hand(_ center: Point2D, radius: Double, presence: Float) throws
    -> HandLandmarks
  {
    let points = (0..<HandLandmarks.count).map { index in
      let turn = AffineTransform2D.rotation(Double(index) * 2 * .pi / Double(HandLandmarks.count))
      return center + turn(Point2D(radius, 0))
    }
    return try #require(HandLandmarks(points: points, presence: presence))
  }

  /// A face of a width of 160 whose mouth and right eye are points.
  private static func face() throws -> FaceLandmarks {
    var points = [Point3D](repeating: Point3D(0, 0, 0), count: FaceLandmarks.count)
    for (number, index) in FaceRegion.face.landmarks.enumerated() {
      points[index] = Point3D(number.isMultiple(of: 2) ? 20 : 180, 150, 0)
    }
    for index in FaceRegion.mouth.landmarks { points[index] = Point3D(100, 200, 0) }
    for index in FaceRegion.rightEye.landmarks { points[index] = Point3D(150, 100, 0) }
    return try #require(FaceLandmarks(points: points, score: 1))
  }

  @Test("cover what lies between their joints")
  func covers() throws {
    let face = try Self.face()
    let found = HandOcclusion(
      [try Self.hand(Point2D(110, 190), radius: 40, presence: 0.9)], over: face)
    #expect(found.mouth == 1 && found.rightEye == 0 && found.leftEye == 0)
    #expect(found.greatest == 1 && found.lowerFace == 0.75 && found.eyes == 0)
    let two = HandOcclusion(
      [
        try Self.hand(Point2D(110, 190), radius: 40, presence: 0.9),
        try Self.hand(Point2D(150, 110), radius: 40, presence: 0.9),
      ], over: face)
    #expect(two.mouth == 1 && two.rightEye == 1)
  }

  @Test("count only where the network is sure of them")
  func presence() throws {
    let doubtful = try Self.hand(Point2D(100, 200), radius: 40, presence: 0.4)
    #expect(HandOcclusion([doubtful], over: try Self.face()) == .none)
  }

  @Test("are at the mouth where they nearly reach it")
  func atMouth() throws {
    let face = try Self.face()
    func isAtMouth(_ distance: Double, presence: Float, lowerFace: Double?) throws -> Bool {
      // The mouth lies this far beside the ring of joints.
      let hand = try Self.hand(Point2D(140 + distance, 200), radius: 40, presence: presence)
      let least = HandOcclusion.leastPresence(lowerFace: lowerFace, eyes: 0)
      return HandOcclusion([hand], over: face, leastPresence: least).isAtMouth
    }
    let width = face.box(of: .face).width
    #expect(try isAtMouth(0.1 * width, presence: 0.9, lowerFace: 0))
    #expect(try !isAtMouth(0.4 * width, presence: 0.9, lowerFace: 0))
    // Before a mouth that looks bare the network must be sure.
    #expect(try !isAtMouth(0.1 * width, presence: 0.6, lowerFace: 0))
    #expect(try isAtMouth(0.1 * width, presence: 0.6, lowerFace: 0.3))
    #expect(try isAtMouth(0.1 * width, presence: 0.6, lowerFace: nil))
  }

  @Test(
    "are seen before a mouth and not before a bare face", .enabled(if: modelsAreThere),
    arguments: [("hand-over-mouth", 640, 480, true), ("good-silent", 720, 1280, false)])
  func real(_ clip: String, _ width: Int, _ height: Int, _ covered: Bool) throws {
    var meter = FrameMeter(.upright, engine: try FaceEngine(Self.models))
    let picture = try RawPicture(clip, width: width, height: height)
    let face = try #require(try meter.measure(picture, at: 0).face)
    let hand = try #require(face.handOcclusion)
    #expect(covered ? hand >= 0.3 : hand == 0)
    if covered { #expect(face.lowerFaceOcclusion.map { $0 >= 0.3 } == true) }
  }

  // MARK: When they are looked for

  @Test("are looked for where the landmarks doubt, once a second")
  func cadence() throws {
    var watch = HandWatch()
    var looks = 0
    func look(at time: Double, presence: Float, _ watch: inout HandWatch) throws -> HandOcclusion {
      try watch.occlusion(lowerFace: 0, eyes: nil, presence: presence, time: time) {
        () throws(ModelError) in
        looks += 1
        var found = HandOcclusion.none
        found.mouth = 1
        return found
      }
    }
    #expect(try look(at: 0, presence: 1, &watch) == .none && looks == 0)
    #expect(try look(at: 0.1, presence: 0.9, &watch).mouth == 1 && looks == 1)
    #expect(try look(at: 0.5, presence: 0.9, &watch).mouth == 1 && looks == 1)
    #expect(try look(at: 1.2, presence: 0.9, &watch).mouth == 1 && looks == 2)
    #expect(try look(at: 1.3, presence: 1, &watch) == .none && looks == 2)
  }

  @Test("are looked for where something covers the face")
  func oddity() throws {
    for (lower, eyes, expected) in [(0.1, 0.1, 0), (0.4, 0.1, 1), (nil, 0.4, 1), (nil, nil, 0)]
      as [(Double?, Double?, Int)]
    {
      var (watch, looks) = (HandWatch(), 0)
      _ = try watch.occlusion(lowerFace: lower, eyes: eyes, presence: 1, time: 0) {
        () throws(ModelError) in
        looks += 1
        return .none
      }
      #expect(looks == expected)
    }
  }
}
