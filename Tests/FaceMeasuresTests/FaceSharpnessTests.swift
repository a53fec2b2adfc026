import FaceModel
import Services
import TestSupport
import Testing

@testable import FaceMeasures

/// One face in the same focus, in other light: what tells blur must not tell darkness or dark skin.
@Suite("Sharpness of a face")
struct FaceSharpnessTests {
  private static let models = ModelStore(
    useEmbedded: true, folders: [Repository.models.path(percentEncoded: false)])
  private static let modelsAreThere = models.state != .missing
  /// A blur whose deviation is 2/128 of the width of the face.
  private static let blur = "gblur=sigma=4.8"
  /// Below this a rule warns; see `SharpnessLimits`.
  private static let limit = 22.0

  /// The face of a good clip's first picture after a filter of FFmpeg.
  private func face(_ filter: String) throws -> FaceMeasurement {
    let picture = try RawPicture("good-silent", width: 720, height: 1280, filter: filter)
    var meter = FrameMeter(.upright, engine: try FaceEngine(Self.models))
    return try #require(try meter.measure(picture, at: 0).face)
  }

  /// A filter that leaves a part of the light; luma is its power 1/2.2.
  private static func light(_ part: Double) -> String {
    "lutyuv=y='16+(val-16)*pow(\(part),1/2.2)'"
  }

  @Test(
    "is that of the same face in full light", .enabled(if: modelsAreThere), arguments: [0.5, 0.25])
  func dim(part: Double) throws {
    let full = try face("null")
    let dim = try face(Self.light(part))
    #expect(dim.light.mean < 0.8 * full.light.mean)
    #expect((0.75...1.25).contains(dim.sharpness / full.sharpness))
    #expect(dim.sharpness > Self.limit)
  }

  @Test(
    "is lost by blur in any light", .enabled(if: modelsAreThere), arguments: [1, 0.5, 0.25])
  func blurred(part: Double) throws {
    #expect(try face("\(Self.blur),\(Self.light(part))").sharpness < Self.limit)
  }

  @Test("is not what noise makes of a blurred face", .enabled(if: modelsAreThere))
  func noisy() throws {
    let noise = "noise=alls=6:allf=t:all_seed=1"
    let noisy = try face("\(Self.blur),\(Self.light(0.4)),\(noise)")
    #expect(noisy.sharpness < Self.limit)
    #expect(try face("\(Self.light(0.4)),\(noise)").sharpness > Self.limit)
  }
}
