import Testing

@testable import MediaIO
@testable import VPrep

@Suite("Frames of uneven spacing")
struct VariableFrameRateTests {
  @Test("are not made by a container's rounding to milliseconds")
  func rounding() {
    // 30 and 29.97 frames a second on clocks of 1/1000 and 1/90000 s.
    for (rate, ticks) in [(30.0, 1000.0), (29.97, 1000), (60, 1000), (29.97, 90_000)] {
      let times = (0..<100).map { Ticks(clamping: Int64((Double($0) / rate * ticks).rounded())) }
      #expect(!ShownFrames.isUneven(times), "\(rate) frames a second in \(ticks) ticks")
    }
  }

  @Test("are not made by B-frames, whose times come out of order")
  func reordering() {
    #expect(!ShownFrames.isUneven([0, 9000, 3000, 6000, 18_000, 12_000, 15_000]))
  }

  @Test("are found by one missing frame and by a pause")
  func gaps() {
    var times = (0..<100).map { Ticks(clamping: $0 * 3000) }
    times.remove(at: 50)
    #expect(ShownFrames.isUneven(times))
    let paused = (0..<100).map { (frame: Int64) in
      Ticks(clamping: frame * 33 + (frame < 50 ? 0 : 850))
    }
    #expect(ShownFrames.isUneven(paused))
  }

  @Test("are found where a recorder's steps differ by more than a tenth")
  func jitter() {
    let steps = (0..<60).map { Ticks(clamping: $0 % 2 == 0 ? 3000 : 3450) }
    var times: [Ticks] = [0]
    for step in steps { times.append((times.last ?? 0) + step) }
    #expect(ShownFrames.isUneven(times))
  }

  @Test("need three frames to be told")
  func fewFrames() {
    #expect(!ShownFrames.isUneven([]))
    #expect(!ShownFrames.isUneven([0]))
    #expect(!ShownFrames.isUneven([0, 100_000]))
  }
}

@Suite("The sampler")
struct SamplerTests {
  @Test("takes the asked number of frames a second, whatever the clip's rate")
  func rate() {
    for frameRate in [10.0, 15, 24, 25, 29.97, 30, 60, 120] {
      let taken = taken(rate: 10, frames: (0..<Int(frameRate * 5)).map { Double($0) / frameRate })
      #expect((48...51).contains(taken.count), "\(taken.count) of \(frameRate) a second")
    }
  }

  @Test("takes every frame of a clip that has fewer")
  func slowClip() {
    let times = (0..<20).map { Double($0) / 8 }
    #expect(taken(rate: 10, frames: times) == times)
  }

  @Test("takes every frame when it is asked to")
  func exhaustive() {
    let times = (0..<60).map { Double($0) / 60 }
    #expect(taken(rate: nil, frames: times) == times)
  }

  @Test("always takes the first frame, wherever its clock starts")
  func firstFrame() {
    #expect(taken(rate: 10, frames: [-3, -2.99, -2.9]) == [-3, -2.9])
    #expect(taken(rate: 10, frames: [5, 5.01]) == [5])
  }

  @Test("forgives a camera's jitter and does not catch up after a pause")
  func jitter() {
    #expect(taken(rate: 10, frames: [0, 0.095, 0.2, 0.295, 0.4]).count == 5)
    // Twenty were missed; at most one comes early.
    let afterPause = (0..<60).map { 2 + Double($0) / 60 }
    #expect((10...11).contains(taken(rate: 10, frames: [0, 0.1] + afterPause).count - 2))
  }

  private func taken(rate: Double?, frames: [Double]) -> [Double] {
    var sampler = Sampler(rate: rate)
    return frames.filter { sampler.takes($0) }
  }
}
