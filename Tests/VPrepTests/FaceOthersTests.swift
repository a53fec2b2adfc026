import TestSupport
import Testing

@testable import Services
@testable import VPrep

@Suite("Other people in the picture", .enabled(if: photoFacesAreMeasured))
struct FaceOthersTests {
  static func face(_ id: String) async throws -> MeasurementSummary.Face {
    try measured(try await FaceClips.shared.report(id).measurements?.face, "the face")
  }

  @Test("are measured against the person's own face, however far away both are")
  func far() async throws {
    let face = try await Self.face("strangers-far")
    #expect(face.maxCount == 2)
    #expect(try measured(face.secondFaceAreaShare, "share") < Measure.countedSecondFace)
    #expect(try measured(face.secondFaceSizeRatio, "ratio") > Measure.comparableSecondFace)
  }

  @Test("beside a person of the same size are as large")
  func near() async throws {
    let ratio = try measured(try await Self.face("two-faces").secondFaceSizeRatio, "ratio")
    #expect((0.5...2).contains(ratio))
  }

  @Test("on a picture behind are small")
  func picture() async throws {
    let face = try await Self.face("picture-on-wall")
    #expect(try measured(face.secondFaceSizeRatio, "ratio") < 0.25)
  }

  @Test(
    "are not seen where one person is alone",
    arguments: ["good-megvii", "good-silent", "good-action", "far-2", "hand-over-mouth", "mask"])
  func alone(id: String) async throws {
    let face = try await Self.face(id)
    #expect(face.maxCount == 1 && face.secondFaceSizeRatio == 0)
  }
}
