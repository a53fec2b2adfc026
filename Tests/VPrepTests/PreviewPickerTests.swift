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
    var (bright, dim) = (frame(0, mean: 200), frame(1, mean: 130))
    bright.face?.sharpness = 400
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

  @Test("takes up to ten that are nearly as good, closer together where the clip is short")
  func many() {
    let frames = (0..<60).map { frame(Double($0) / 10, sharpness: 300 - Double($0)) }
    let times = choose(frames, 10).map(\.time)
    #expect(times.count == 10)
    let gaps = zip(times.sorted(), times.sorted().dropFirst()).map { $1 - $0 }
    #expect(gaps.allSatisfy { $0 >= 0.3 - 1e-9 })
    #expect(choose(Array(frames.prefix(10)), 10).count == 10)
  }

  @Test("says why each was taken, and what costs its face most")
  func reasons() {
    var frames = (0..<20).map { frame(Double($0) / 10, sharpness: 5000) }
    for index in frames.indices { frames[index].face?.mouthOpen = 0 }
    frames[7].face?.yaw = 1
    frames[15].face?.yaw = 30
    for index in frames.indices where index != 7 && index != 15 { frames[index].face = nil }
    #expect(
      choose(frames, 2).map(\.reason) == [
        "The best of 2 frames with a face.",
        "Another moment, 75 % as good as the best; what costs it most is that the head is turned.",
      ])
  }

  @Test("takes no frame without a face, and none whose face nobody would recognise")
  func unusable() {
    var (empty, black) = (frame(0), frame(1))
    empty.face = nil
    black.face?.light.mean = 2
    #expect(choose([empty], 2).isEmpty)
    #expect(choose([empty, black], 2).isEmpty)
    #expect(choose([empty, black, frame(2)], 3).map(\.time) == [2])
    let limits = Judge(.megvii).frameLimits
    func obstacle(_ frames: [FrameMeasurement], facesMeasured: Bool = true) -> NoPreviews? {
      var clip = JudgedTimeline.made(seconds: 1, .megvii).measurements
      (clip.frames, clip.facesMeasured) = (frames, facesMeasured)
      return PreviewPicker.obstacle(clip, by: limits)
    }
    #expect(obstacle([empty]) == .noFace)
    #expect(obstacle([empty, black]) == .noUsableFace)
    #expect(obstacle([empty, black, frame(2)]) == nil)
    #expect(obstacle([empty], facesMeasured: false) == .facesNotMeasured)
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
    var face = FaceMeasurement.made
    face.sharpness = sharpness
    face.light.mean = mean
    return FrameMeasurement(
      time: time, light: .made, sharpness: sharpness, difference: nil, face: face, faceCount: 1)
  }
}
