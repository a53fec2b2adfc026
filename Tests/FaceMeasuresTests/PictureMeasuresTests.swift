import FaceModel
import Kernels
import Services
import TestSupport
import Testing

@testable import FaceMeasures

/// The meter sees planes, whoever decoded them.
@Suite("Measures of a picture")
struct PictureMeasuresTests {
  private static let models = ModelStore(
    useEmbedded: true, folders: [Repository.models.path(percentEncoded: false)])
  private static let modelsAreThere = models.state != .missing
  private static let limited = YCbCrFormat(matrix: .bt709, range: .limited)

  private static func measure(
    _ picture: borrowing RawPicture, _ orientation: Orientation = .upright
  ) throws -> FrameMeasurement {
    var meter = FrameMeter(orientation, engine: try FaceEngine(models))
    return try meter.measure(picture, at: 0)
  }

  @Test("hold its one face, from its planes alone", .enabled(if: modelsAreThere))
  func face() throws {
    let found = try Self.measure(try RawPicture("good-silent", width: 720, height: 1280))
    #expect(found.faceCount == 1)
    let face = try #require(found.face)
    #expect((0.3...0.7).contains(face.centerX) && (0.3...0.7).contains(face.centerY))
    #expect(face.lowerFaceOcclusion.map { $0 < 0.2 } == true)
    #expect(face.light.mean > 40 && face.sharpness > 0)
  }

  @Test("are the same for a picture that is stored on its side", .enabled(if: modelsAreThere))
  func turned() throws {
    let upright = try Self.measure(try RawPicture("good-silent", width: 720, height: 1280))
    let stored = try RawPicture(
      "good-silent", width: 1280, height: 720, filter: "transpose=cclock")
    let turned = try Self.measure(stored, Orientation(quarterTurns: 1, mirrored: false))
    let (face, expected) = (try #require(turned.face), try #require(upright.face))
    #expect(abs(face.centerX - expected.centerX) < 0.01)
    #expect(abs(face.centerY - expected.centerY) < 0.01)
    #expect(abs(face.light.mean - expected.light.mean) < 2)
    #expect(abs(turned.light.unevenness - upright.light.unevenness) < 0.05)
  }

  @Test("mean the same light at any depth and range")
  func light() throws {
    func mean(_ picture: borrowing RawPicture) throws -> Double {
      var meter = FrameMeter(.upright, engine: nil)
      return try meter.measure(picture, at: 0).light.mean
    }
    func format(_ bitDepth: Int, _ range: CodeRange) -> PlanarFormat {
      PlanarFormat(
        bitDepth: bitDepth, hasChroma: false, coding: YCbCrFormat(matrix: .bt709, range: range))
    }
    let (width, height) = (64, 48)
    let limited = try mean(
      RawPicture(
        width: width, height: height, format: format(8, .limited),
        luma: [UInt8](repeating: 126, count: width * height)))
    let full = try mean(
      RawPicture(
        width: width, height: height, format: format(8, .full),
        luma: [UInt8](repeating: 128, count: width * height)))
    let deep = try mean(
      RawPicture(
        width: width, height: height, format: format(10, .limited),
        luma: [UInt16](repeating: 504, count: width * height)))
    #expect(abs(limited - 128) <= 1)
    #expect(abs(full - 128) <= 1)
    #expect(abs(deep - 128) <= 1)
  }

  @Test("hold no face where no networks are")
  func withoutNetworks() throws {
    var meter = FrameMeter(.upright, engine: nil)
    let found = try meter.measure(
      RawPicture(
        width: 16, height: 16, format: PlanarFormat(hasChroma: false, coding: Self.limited),
        luma: [UInt8](repeating: 16, count: 256)), at: 0)
    #expect(found.faceCount == nil && found.face == nil)
    #expect(found.light.mean == 0)
  }
}
