import Services
import Testing

@testable import VPrep

@Suite("The choice of previews")
struct PreviewPickerTests {
  @Test("takes the sharpest of equally lit frames, the earlier of equal ones")
  func sharpest() {
    let frames = [frame(0, sharpness: 20), frame(0.5, sharpness: 200), frame(1, sharpness: 200)]
    #expect(choose(frames, 1).map(\.time) == [0.5])
  }

  @Test("prefers light to darkness and to glare")
  func light() {
    for mean in [8.0, 250] {
      let frames = [frame(0, mean: mean), frame(1, mean: 120)]
      #expect(choose(frames, 1).map(\.time) == [1])
    }
  }

  @Test("goes by the caller's own limits of light")
  func overrides() throws {
    var (bright, dim) = (frame(0, mean: 200), frame(1, mean: 120))
    bright.face = .made
    bright.face?.light.mean = 200
    dim.face = .made
    dim.face?.sharpness = 420
    #expect(choose([bright, dim], 1).map(\.time) == [1])
    let rules = try RuleOverrides(
      json: """
        {"VIDEO_LOW_FACE_QUALITY":
          {"brightness.faceMean": {"min": {"warn": 180, "fail": 150}}}}
        """)
    #expect(choose([bright, dim], 1, rules).map(\.time) == [0])
  }

  @Test("keeps the second one apart in time, even where better ones are near the first")
  func apart() throws {
    let frames = (0..<30).map { frame(Double($0) / 10, sharpness: 300 - Double($0) * 3) }
    let times = choose(frames, 2).map(\.time)
    #expect(times.first == 0)
    #expect(try #require(times.last) >= 0.5 - 1e-9)
  }

  @Test("has no second one where none is nearly as good")
  func notAsGood() {
    let frames = (0..<30).map { frame(Double($0) / 10, sharpness: $0 == 3 ? 900 : 5) }
    #expect(choose(frames, 2).map(\.time) == [0.3])
  }

  @Test("has one for one frame, none for none")
  func few() {
    #expect(choose([frame(0)], 2).count == 1)
    #expect(choose([frame(0), frame(0)], 2).count == 1)
    #expect(choose([], 2).isEmpty)
  }

  @Test("scores between 0 and 1")
  func scores() {
    for sharpness in [0.0, 1, 100, 1e6] {
      for mean in [0.0, 64, 128, 255] {
        let frames = [frame(0, sharpness: sharpness, mean: mean)]
        let scores = choose(frames, 1).map(\.score)
        #expect(scores.allSatisfy { (0...1).contains($0) })
      }
    }
  }

  private func choose(
    _ frames: [FrameMeasurement], _ count: Int, _ rules: RuleOverrides = .none
  ) -> [PreviewPicker.Choice] {
    PreviewPicker.choose(
      frames, count: count, by: Judge(.megvii, overrides: rules).frameLimits)
  }

  private func frame(
    _ time: Double, sharpness: Double = 100, mean: Double = 120
  ) -> FrameMeasurement {
    let light = LightMeasurement(
      mean: mean, p05: mean, p50: mean, p95: mean, darkShare: 0, brightShare: 0, clippedShare: 0,
      unevenness: 0)
    return FrameMeasurement(time: time, light: light, sharpness: sharpness, difference: nil)
  }
}
