import Services
import Testing

@Suite("Which frames decide")
struct JudgedFramesTests {
  /// A clip of five seconds in which the given share of the frames, the first ones, is changed.
  func clip(
    seconds: Double = 2.5, changed share: Double, _ change: (inout FaceMeasurement) -> Void
  ) -> ClipMeasurements {
    var clip = ClipMeasurements.good(seconds: seconds)
    let count = Int(share * Double(clip.frames.count))
    for index in clip.frames.indices.prefix(count) {
      guard var face = clip.frames[index].face else { continue }
      change(&face)
      clip.frames[index].face = face
    }
    return clip
  }

  @Test("Megvii scores its best frame: a few good frames are enough for quality")
  func bestFrames() {
    let mostlyBlurred = clip(changed: 0.8) { $0.sharpness = 1 }
    #expect(Judge.judge(mostlyBlurred, provider: .megvii).outcome == .pass)
    let allBlurred = clip(changed: 1) { $0.sharpness = 1 }
    #expect(Judge.judge(allBlurred, provider: .megvii).codes(.fail) == ["VIDEO_LOW_FACE_QUALITY"])
  }

  @Test("The best frame must be good in every respect at once")
  func bestInEveryRespect() {
    var clip = ClipMeasurements.good(seconds: 2.5)
    for index in clip.frames.indices {
      if index.isMultiple(of: 2) {
        clip.frames[index].face?.sharpness = 1
      } else {
        clip.frames[index].face?.yaw = 45
      }
    }
    #expect(Judge.judge(clip, provider: .megvii).codes(.fail) == ["VIDEO_LOW_FACE_QUALITY"])
  }

  @Test("One lucky frame does not decide alone")
  func luckyFrame() {
    var clip = clip(changed: 1) { $0.yaw = 45 }
    clip.frames[7].face?.yaw = 0
    #expect(Judge.judge(clip, provider: .megvii).outcome == .fail)
  }

  @Test("The median decides where the server looks at the clip as a whole")
  func median() {
    let fewFar = clip(seconds: 5, changed: 0.4) { $0.widthShare = 0.05 }
    #expect(Judge.judge(fewFar, provider: .tencent, mode: .action).outcome == .pass)
    let mostFar = clip(seconds: 5, changed: 0.6) { $0.widthShare = 0.05 }
    #expect(
      Judge.judge(mostFar, provider: .tencent, mode: .action).codes(.fail)
        == ["FailedOperation.ActionFaceFar"])
  }

  @Test("A face counts as covered only when every frame shows it covered")
  func everyFrame() {
    let options = JudgeOptions(faceOcclusionDetection: true)
    let almost = clip(changed: 0.96) { $0.lowerFaceOcclusion = 1 }
    #expect(Judge.judge(almost, provider: .megvii, options: options).outcome == .pass)
    let always = clip(changed: 1) { $0.lowerFaceOcclusion = 1 }
    #expect(
      Judge.judge(always, provider: .megvii, options: options).codes(.fail)
        == ["VIDEO_FACE_OCCLUDE"])
  }

  @Test("Frames in which faces were not looked for do not count as frames without a face")
  func unsearchedFrames() {
    var clip = ClipMeasurements.good(seconds: 2.5)
    for index in clip.frames.indices where !index.isMultiple(of: 5) {
      clip.frames[index].face = nil
      clip.frames[index].faceCount = nil
    }
    #expect(Judge.judge(clip, provider: .megvii).outcome == .pass)
  }

  @Test("A window is judged as if the clip were cut to it")
  func window() {
    var clip = ClipMeasurements.good(seconds: 8)
    for index in clip.frames.indices where index >= 30 { clip.frames[index].face?.yaw = 60 }
    let good = JudgeOptions(window: TimeWindow(start: 0, end: 2.5))
    #expect(Judge.judge(clip, provider: .megvii, options: good).outcome == .pass)
    let bad = JudgeOptions(window: TimeWindow(start: 4, end: 6.5))
    let verdict = Judge.judge(clip, provider: .megvii, options: bad)
    #expect(verdict.codes(.fail) == ["VIDEO_LOW_FACE_QUALITY"])
    #expect(verdict.predictions.first?.window == TimeWindow(start: 4, end: 6.5))
  }

  @Test("Frames are ranked by failures, warnings, excess, then sharpness")
  func ranking() {
    var clip = ClipMeasurements.good(seconds: 0.7)
    clip.frames[0].face?.yaw = 45
    clip.frames[1].face?.yaw = 29
    clip.frames[2].face?.yaw = 21
    clip.frames[3].face?.sharpness = 500
    clip.frames[4].face = nil
    clip.frames[6].face?.yaw = 20.1
    clip.frames[6].face?.roll = 20.1
    let ranks = Judge.rankFrames(clip, provider: .megvii)
    #expect(ranks.map(\.index) == [3, 5, 2, 1, 6, 0])
    #expect(ranks.map(\.failures) == [0, 0, 0, 0, 0, 1])
    #expect(ranks.map(\.warnings) == [0, 0, 1, 1, 2, 0])
    let late = JudgeOptions(window: TimeWindow(start: 0.35, end: 1))
    #expect(Judge.rankFrames(clip, provider: .tencent, options: late).map(\.index) == [5, 6])
    #expect(Judge.rankFrames(clip.withoutFaceModel, provider: .megvii).isEmpty)
  }
}
