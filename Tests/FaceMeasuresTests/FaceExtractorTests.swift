import FaceModel
import Kernels
import Testing

@testable import FaceMeasures

/// A grey square whose landmarks lie on a circle: what a measure needs, and that it is asked.
@Suite("Measures of a face")
struct FaceExtractorTests {
  /// Says 1 of every face that it may be taken of.
  private struct Narrow: FaceExtractor {
    static let needs = FaceNeeds(leastWidth: 100, greatestYaw: 30)
    func extract(from face: FaceView) -> Int? { 1 }
  }

  private struct Modest: FaceExtractor {
    func extract(from face: FaceView) -> Int? { 1 }
  }

  private static let size = 200

  /// A face `width` pixels wide in the middle of a picture of one luma, or of two in turn.
  private func view(
    width: Double, luma: UInt8 = 128, contrast: UInt8 = 0,
    occlusion: OcclusionScores = OcclusionScores()
  ) throws -> FaceView {
    let middle = Double(Self.size) / 2
    let landmarks = try #require(
      FaceLandmarks(
        points: (0..<FaceLandmarks.count).map { number in
          let angle = Double(number) / Double(FaceLandmarks.count)
          let offset = abs(angle - 0.5) * 2 - 0.5
          return Point3D(middle + width * offset, middle + width * (angle - 0.5), 0)
        }, score: 1))
    let geometry = FaceGeometry(landmarks, pictureWidth: Self.size, pictureHeight: Self.size)
    let shape = PlaneShape(width: Self.size, height: Self.size)
    let plane = (0..<shape.requiredCount).map { index in
      (index + index / Self.size).isMultiple(of: 2) ? luma - contrast : luma + contrast
    }
    let upright = UprightGeometry(
      storedWidth: Self.size, storedHeight: Self.size, pixelAspect: 1, orientation: .upright)
    let patch = FacePatch(plane.span, shape, .full(), face: geometry.box, geometry: upright)
    return FaceView(
      geometry: geometry, patch: try #require(patch), landmarks: landmarks, occlusion: occlusion,
      skin: nil)
  }

  @Test func `are not taken of a face that lacks what they need`() throws {
    #expect(Narrow().measure(try view(width: 120)) == 1)
    #expect(Narrow().measure(try view(width: 80)) == nil)
    #expect(Modest().measure(try view(width: 20)) == 1)
  }

  @Test func `find the light of an even face, and no detail in it`() throws {
    let face = try view(width: 120)
    let light = try #require(FaceLight().measure(face))
    #expect(light.mean == 128 && light.unevenness == 0)
    #expect(FineDetail().measure(face) == 0)
    #expect(FaceSharpness(light: light, variance: 40).measure(face) == 40)
    #expect(BlurCause().measure(face) == FaceDetail(motionBlur: 0, contours: 3))
  }

  @Test func `find the whites of even eyes, and glare where all is white`() throws {
    let grey = try #require(EyeLight().measure(try view(width: 120)))
    #expect(grey.glare == 0 && (grey.whites ?? 128) == 128)
    let white = try #require(EyeLight().measure(try view(width: 120, luma: 255)))
    #expect(white.glare == 1)
  }

  @Test func `decide on occlusion where there is detail and light`() throws {
    let occlusion = OcclusionScores(lowerFace: 0.9, eyes: 0.1)
    let face = try view(width: 120, occlusion: occlusion)
    let light = try #require(FaceLight().measure(face))
    let sharp = LegibleDetail(light: light, variance: 100)
    #expect(LowerFaceOcclusion(detail: sharp).measure(face) == 0.9)
    #expect(EyeOcclusion(detail: sharp).measure(face) == 0.1)
    let even = LegibleDetail(light: light, variance: 0)
    #expect(LowerFaceOcclusion(detail: even).measure(face) == nil)
    let dark = try view(width: 120, luma: 10, occlusion: occlusion)
    let little = LegibleDetail(light: try #require(FaceLight().measure(dark)), variance: 100)
    #expect(EyeOcclusion(detail: little).measure(dark) == nil)
  }

  @Test func `decide on the lower face of a soft picture, unless movement made it soft`() throws {
    let face = try view(width: 120, occlusion: OcclusionScores(lowerFace: 0.9, eyes: 0.1))
    let light = try #require(FaceLight().measure(face))
    let soft = LegibleDetail(light: light, variance: 20, motionBlur: 0.3)
    #expect(LowerFaceOcclusion(detail: soft).measure(face) == 0.9)
    #expect(EyeOcclusion(detail: soft).measure(face) == nil)
    let moved = LegibleDetail(light: light, variance: 20, motionBlur: 0.7)
    #expect(LowerFaceOcclusion(detail: moved).measure(face) == nil)
  }

  @Test func `hear a hand at the mouth beside the trained score`() throws {
    func occlusion(trained: Double) throws -> (lower: Double?, hand: Double?) {
      let scores = OcclusionScores(lowerFace: trained, eyes: 0.1)
      var state = try #require(FaceState(try view(width: 120, contrast: 10, occlusion: scores)))
      var hands = HandOcclusion.none
      hands.isAtMouth = true
      state.add(hands)
      return (state.lowerFaceOcclusion, state.handOcclusion)
    }
    let alone = try occlusion(trained: 0)
    #expect(alone.lower.map { (0.5..<0.8).contains($0) } == true && (alone.hand ?? 0) > 0.5)
    let both = try occlusion(trained: 0.6)
    #expect(both.lower.map { $0 > 0.8 } == true && (both.hand ?? 0) > 0.5)
    // A mask stays one, whoever adjusts it.
    let mask = try occlusion(trained: 0.9)
    #expect(mask.lower == 0.9 && mask.hand == 0)
  }
}
