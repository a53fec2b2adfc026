import Foundation
import TestSupport
import Testing

@testable import FaceModel
@testable import MediaIO
@testable import Services
@testable import VPrep

/// Exif's tag Orientation (CIPA DC-008, 0x0112): what must be done to the stored picture.
@Suite("A photo's orientation")
struct PhotoOrientationTests {
  /// The ffmpeg filter that stores an upright picture so that the tag brings it back.
  static let storedBy: [Int: String] = [
    1: "null", 2: "hflip", 3: "hflip,vflip", 4: "vflip", 5: "transpose=0", 6: "transpose=2",
    7: "transpose=3", 8: "transpose=1",
  ]

  /// A portrait whose face is off the centre, stored by `filter`, as JPEG.
  static func portrait(stored filter: String) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let made = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", TestClips.named("photo-png").path, "-vf",
        "crop=560:900:60:180,\(filter)", "-frames:v", "1", "-q:v", "2", folder.path("photo.jpg"),
      ])
    try #require(made.status == 0, "\(made.errorText)")
    return [UInt8](try Data(contentsOf: folder.file("photo.jpg")))
  }

  /// The JPEG with an Exif segment that holds the tag alone.
  static func tagged(_ jpeg: [UInt8], orientation: UInt8) -> [UInt8] {
    let tiff: [UInt8] =
      [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1] + [
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
      ]
      + [0, 0, 0, 0]
    let exif = Array("Exif\0\0".utf8) + tiff
    return [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + jpeg.dropFirst(2)
  }

  static func measure(_ bytes: [UInt8]) throws -> PhotoMeasurements {
    let limits = InputLimits()
    return try PhotoReader(
      input: MediaInput(.bytes(bytes, name: "photo"), limits: limits),
      service: .tencent(.silent), limits: limits,
      watchdog: Watchdog(seconds: 60), engines: FaceEnginePool(.installed)
    ).run().measurements
  }

  @Test("is undone, all eight ways", arguments: storedBy.keys.sorted())
  func upright(orientation: Int) throws {
    let plain = try Self.measure(Self.portrait(stored: "null"))
    let filter = try #require(Self.storedBy[orientation])
    let stored = try Self.portrait(stored: filter)
    let found = try Self.measure(Self.tagged(stored, orientation: UInt8(orientation)))
    #expect(found.width == plain.width && found.height == plain.height)
    guard photoFacesAreMeasured else { return }
    let (face, expected) = (try #require(found.face), try #require(plain.face))
    #expect(found.faceCount == 1)
    #expect(abs(face.centerX - expected.centerX) < 0.02)
    #expect(abs(face.centerY - expected.centerY) < 0.02)
    #expect(abs(face.roll - expected.roll) < 5)
    #expect(abs(face.yaw - expected.yaw) < 6)
    #expect(abs(face.light.mean - expected.light.mean) < 3)
  }

  @Test("is taken as stored without the tag, and with one that means nothing", arguments: [0, 9])
  func untagged(orientation: Int) throws {
    let stored = try Self.portrait(stored: "transpose=1")
    let found = try Self.measure(Self.tagged(stored, orientation: UInt8(orientation)))
    #expect(found.width == 900 && found.height == 560)
    let plain = try Self.measure(stored)
    #expect(plain.width == 900 && plain.height == 560)
  }
}
