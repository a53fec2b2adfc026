import TestSupport
import Testing

@testable import Services
@testable import VPrep

@Suite("Lips and voice")
struct AudioLipsTests {
  /// Ten frames a second with a face whose mouth opens by `opening(time)`.
  static func frames(seconds: Int, _ opening: (Double) -> Double) -> [FrameMeasurement] {
    let light = LightMeasurement(
      mean: 120, p05: 40, p50: 120, p95: 200, darkShare: 0, brightShare: 0, clippedShare: 0,
      unevenness: 0)
    return (0..<10 * seconds).map { index in
      let time = Double(index) / 10
      let face = FaceMeasurement(
        widthShare: 0.4, widthPixels: 288, interEyePixels: 120, centerX: 0.5, centerY: 0.5,
        completeness: 1, yaw: 0, pitch: 0, roll: 0, leftEyeOpen: 1, rightEyeOpen: 1,
        mouthOpen: opening(time), light: light, sharpness: 100)
      return FrameMeasurement(time: time, light: light, sharpness: 100, face: face, faceCount: 1)
    }
  }

  @Test("are compared over the parts in which someone speaks")
  func voicedParts() throws {
    let movesEarly = Self.frames(seconds: 6) { $0 < 3 && Int($0 * 10) % 2 == 0 ? 0.4 : 0 }
    let early = MotionMeasurement(movesEarly, voiced: [TimeWindow(start: 0, end: 3)])
    #expect(abs(try #require(early.mouthMovementWhileVoiced) - 0.2) < 1e-9)
    let late = MotionMeasurement(movesEarly, voiced: [TimeWindow(start: 3, end: 6)])
    #expect(late.mouthMovementWhileVoiced == 0)
    #expect(try #require(late.mouthMovement) > 0.1)
  }

  @Test("are not compared where hardly anything is heard")
  func tooLittle() {
    let frames = Self.frames(seconds: 6) { $0 }
    let blip = MotionMeasurement(frames, voiced: [TimeWindow(start: 1, end: 1.35)])
    #expect(blip.mouthMovementWhileVoiced == nil)
    #expect(MotionMeasurement(frames, voiced: []).mouthMovementWhileVoiced == nil)
  }

  @Test("that move with the voice pass", .enabled(if: photoFacesAreMeasured))
  func speaking() async throws {
    let path = try TestClips.named("good-lip").path
    let report = try await Gate(.tencent(.lip)).check(.file(path)).report
    #expect(try #require(report.measurements?.face?.mouthMovementWhileVoiced) > 0.03)
    let lips = (report.verdict?.predictions ?? []).filter {
      $0.code.hasPrefix("FailedOperation.Lip")
    }
    #expect(lips.isEmpty)
  }

  @Test(
    "of a photo that is filmed while a voice plays are too still",
    .enabled(if: photoFacesAreMeasured))
  func photoWithVoice() async throws {
    let path = try TestClips.named("still-photo").path
    let report = try await Gate(.tencent(.lip)).check(.file(path)).report
    let found = (report.verdict?.predictions ?? []).filter { $0.code.hasSuffix("LipMoveSmall") }
    #expect(
      Set(found.map(\.measure)) == ["face.mouthMovement", "face.mouthMovementWhileVoiced"])
    #expect(report.verdict?.outcome == .fail)
  }

  @Test(
    "speech is judged by its own level",
    arguments: [
      ("soft-speech", .warn), ("quiet-speech", .fail), ("silent-sound", nil),
    ] as [(String, Severity?)])
  func levels(id: String, expected: Severity?) async throws {
    let path = try TestClips.named(id).path
    let report = try await Gate(.tencent(.lip)).check(.file(path)).report
    let predictions = report.verdict?.predictions ?? []
    #expect(predictions.first { $0.code.hasSuffix("LipVoiceLow") }?.severity == expected)
    let silent = predictions.contains {
      $0.code.hasSuffix("LipVoiceDetect") && $0.severity == .fail
    }
    #expect(silent == (id == "silent-sound"))
  }
}
