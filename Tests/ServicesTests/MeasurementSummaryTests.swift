import Foundation
import Services
import Testing

@Suite("The summary of a clip")
struct MeasurementSummaryTests {
  @Test("is the median over the frames that have a value")
  func medians() {
    var clip = ClipMeasurements.good(seconds: 0.5)
    for (index, yaw) in [-30.0, -4, -2, 0, 50].enumerated() { clip.frames[index].face?.yaw = yaw }
    clip.frames[0].face?.light.mean = 10
    clip.frames[1].face?.light.mean = 20
    clip.frames[4].face = nil
    clip.frames[4].noise = nil
    let summary = MeasurementSummary(clip)
    #expect(summary.framesMeasured == 5)
    #expect(summary.face?.yaw == -3)
    #expect(summary.brightness.faceMean == 70)
    #expect(summary.noise == 1)
    #expect(summary.face?.framesWithFaceShare == 0.8)
  }

  @Test("is the largest for other faces, and the clip's own for blinks and the mouth")
  func extremes() {
    var clip = ClipMeasurements.good(seconds: 1)
    clip.frames[3].faceCount = 3
    clip.frames[3].secondFaceAreaShare = 0.07
    let face = MeasurementSummary(clip).face
    #expect(face?.maxCount == 3)
    #expect(face?.secondFaceAreaShare == 0.07)
    #expect(face?.blinks == 2)
    #expect(face?.mouthMovement == 0.1)
  }

  @Test("takes the frames of the judged window alone")
  func window() {
    var clip = ClipMeasurements.good(seconds: 4)
    for index in clip.frames.indices where index < 20 { clip.frames[index].face?.roll = 30 }
    let summary = MeasurementSummary(clip, window: TimeWindow(start: 2, end: 3))
    #expect(summary.framesMeasured == 10)
    #expect(summary.face?.roll == 1)
    #expect(summary.framesDecoded == clip.file.framesDecoded)
  }

  @Test("has no face values when no frame shows a face, and no face without a model")
  func noFace() {
    let clip = ClipMeasurements.good(seconds: 1)
    let none = MeasurementSummary(clip.withoutFace).face
    #expect(none?.framesWithFaceShare == 0)
    #expect(none?.maxCount == 0)
    #expect(none?.widthShare == nil)
    #expect(MeasurementSummary(clip.withoutFaceModel).face == nil)
  }

  @Test("takes both eyes for their openness")
  func eyes() {
    let clip = ClipMeasurements.good(seconds: 1).eachFace {
      $0.leftEyeOpen = 0.25
      $0.rightEyeOpen = 0.75
    }
    #expect(MeasurementSummary(clip).face?.eyesOpen == 0.5)
  }

  @Test("covers occlusion by the region that is covered most")
  func occlusion() {
    let clip = ClipMeasurements.good(seconds: 1)
    let both = clip.eachFace {
      $0.eyeOcclusion = 0.2
      $0.lowerFaceOcclusion = 0.6
    }
    #expect(MeasurementSummary(both).face?.occlusion == 0.6)
    let one = clip.eachFace {
      $0.eyeOcclusion = 0.2
      $0.lowerFaceOcclusion = nil
    }
    #expect(MeasurementSummary(one).face?.occlusion == 0.2)
  }

  @Test("leaves out what is no number, so that it can be written")
  func notANumber() throws {
    var clip = ClipMeasurements.good(seconds: 1).eachFace { $0.sharpness = .nan }
    clip.audio?.loudnessLUFS = -.infinity
    clip.motion?.headMotion = .nan
    let summary = MeasurementSummary(clip)
    #expect(summary.sharpness.face == nil)
    #expect(summary.audio?.loudnessLUFS == nil)
    let data = try JSONEncoder().encode(summary)
    #expect(try JSONDecoder().decode(MeasurementSummary.self, from: data) == summary)
  }

  @Test("is written with four decimals")
  func decimals() throws {
    var clip = ClipMeasurements.good(seconds: 1).eachFace { $0.yaw = -1.234567891 }
    clip.motion?.mouthMovement = 1.0 / 3
    clip.audio?.loudnessLUFS = -20.572431876406135
    let data = try JSONEncoder().encode(MeasurementSummary(clip))
    let read = try JSONDecoder().decode(MeasurementSummary.self, from: data)
    #expect(read.face?.yaw == -1.2346)
    #expect(read.face?.mouthMovement == 0.3333)
    #expect(read.audio?.loudnessLUFS == -20.5724)
    let values = [ReportValue.number(0.12345678), .number(20_000_001), .number(-1e300)]
    let written = try JSONDecoder().decode(
      [ReportValue].self, from: JSONEncoder().encode(values))
    #expect(written == [.number(0.1235), .number(20_000_001), .number(-1e300)])
  }
}
