import Testing

@testable import Services

@Suite("A judged stretch of a clip")
struct JudgedWindowTests {
  /// Ten seconds: eyes shut and mouth open in the fourth second, speech in the last three.
  private var clip: ClipMeasurements {
    var clip = ClipMeasurements.good(seconds: 10)
    for index in clip.frames.indices {
      clip.frames[index].face?.mouthOpen = 0.05
      if (32...33).contains(index) {
        clip.frames[index].face?.leftEyeOpen = 0.1
        clip.frames[index].face?.rightEyeOpen = 0.1
      }
      if (35...38).contains(index) { clip.frames[index].face?.mouthOpen = 0.5 }
    }
    clip.motion = MotionMeasurement(clip.frames)
    clip.audio?.frames = (0..<500).map { index in
      AudioFrame(
        time: Double(index) * 0.02, duration: 0.02, power: index < 350 ? 1e-6 : 1e-2,
        peak: index < 350 ? 0.001 : 0.5, isVoiced: index >= 350)
    }
    return clip
  }

  private func part(_ start: Double, _ end: Double) -> ClipMeasurements {
    clip.restricted(to: TimeWindow(start: start, end: end))
  }

  @Test("counts the blinks in it and no others")
  func blinks() {
    #expect(clip.motion?.blinks == 1)
    #expect(part(3, 4).motion?.blinks == 1)
    #expect(part(5, 9).motion?.blinks == 0)
  }

  @Test("knows the actions in it and no others")
  func actions() {
    #expect(part(3, 4).motion?.actions?.map(\.kind) == [.eyesClosed, .mouthOpen])
    #expect(part(3.4, 4).motion?.actions?.map(\.kind) == [.mouthOpen])
    #expect(part(5, 9).motion?.actions == [])
  }

  @Test("hears what is said in it and nothing else")
  func speech() throws {
    let (silent, spoken) = (part(0, 5), part(6, 10))
    #expect(silent.audio?.voicedShare == 0)
    #expect(silent.audio?.voicedLoudnessLUFS == nil)
    #expect(abs((silent.audio?.peakDBFS ?? 0) - -60) < 1e-6)
    #expect(abs((spoken.audio?.voicedShare ?? 0) - 0.75) < 0.01)
    #expect(abs((spoken.audio?.voicedLoudnessLUFS ?? 0) - -20.691) < 1e-6)
    #expect(abs((spoken.audio?.peakDBFS ?? 0) - -6.0206) < 1e-4)
  }

  @Test("has no sound where the track ends before it")
  func soundEndsBefore() {
    var clip = clip
    clip.audio?.frames.removeLast(400)
    let part = clip.restricted(to: TimeWindow(start: 5, end: 9))
    #expect(part.audio?.present == false)
  }

  @Test("is judged for what happens in it: an eye that shut before it did not blink in it")
  func verdict() {
    var options = JudgeOptions(window: TimeWindow(start: 5, end: 9))
    options.actions = [2]
    let codes = Judge.judge(clip, provider: .tencent, mode: .action, options: options)
      .predictions.map(\.code)
    #expect(codes.contains("FailedOperation.ActionCloseEye"))
    options.window = nil
    let whole = Judge.judge(clip, provider: .tencent, mode: .action, options: options)
      .predictions.map(\.code)
    #expect(!whole.contains("FailedOperation.ActionCloseEye"))
  }

  @Test("keeps what came without the values it was told from")
  func bare() {
    let bare = ClipMeasurements.good(seconds: 4)
    let part = bare.restricted(to: TimeWindow(start: 0, end: 2))
    #expect(part.audio == bare.audio)
    #expect(part.motion?.mouthMovementWhileVoiced == bare.motion?.mouthMovementWhileVoiced)
  }

  @Test(
    "is as loud as the mathematical library says",
    arguments: [1, 0.5, 0.25, 1e-12, 1.999_999_9, 3.7e5, .leastNormalMagnitude])
  func decibels(_ value: Double) {
    // 10^(log10 x) by repeated squaring would hide an error: compare with exact powers instead.
    #expect(abs(Decibels.log10(value * 10) - Decibels.log10(value) - 1) < 1e-12)
    #expect(
      abs(Decibels.log10(value * 2) - Decibels.log10(value) - 0.301_029_995_663_981_2) < 1e-12)
  }

  @Test("measures silence as the lowest level")
  func silence() {
    #expect(Decibels.amplitude(0) == -120)
    #expect(Decibels.amplitude(1) == 0)
    #expect(Decibels.loudness(0) == nil)
    #expect(Decibels.log10(1) == 0)
  }
}
