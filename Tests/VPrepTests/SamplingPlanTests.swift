import MediaIO
import Services
import Testing

@testable import VPrep

@Suite("The plan of a sampling pass")
struct SamplingPlanTests {
  @Test("takes the key frames alone, where the state of the face is asked for and there are eight")
  func keyFrames() throws {
    let index = Self.index(seconds: 10, rate: 30, group: 30)
    let plan = try #require(
      SamplingPlan(index, codec: .h264, duration: 10, for: .state))
    #expect(Self.decoded(plan) == index.keys)
  }

  @Test("takes more of each group where there are fewer key frames")
  func fewKeyFrames() throws {
    let plan = try #require(
      SamplingPlan(
        Self.index(seconds: 3, rate: 30, group: 30), codec: .h264, duration: 3, for: .state))
    // Three groups, three measured frames in each at ten a second.
    var sampler = Sampler(rate: plan.rate)
    let taken = Self.decoded(plan).map { Double($0) / 30 }.filter { sampler.takes($0) }
    #expect(taken.count == 9)
    #expect(Self.decoded(plan).count == 3 * 8)
  }

  @Test("measures ten frames a second, where movement is asked for, with short gaps")
  func movement() throws {
    for rate in [24.0, 25, 30, 60] {
      let index = Self.index(seconds: 6, rate: rate, group: Int(rate))
      let plan = try #require(
        SamplingPlan(index, codec: .h264, duration: 6, for: .movement))
      let times = Self.decoded(plan).map { Double($0) / rate }
      var sampler = Sampler(rate: plan.rate)
      let taken = times.filter { sampler.takes($0) }
      for second in 0..<6 {
        let count = taken.count { Int($0 + 1e-9) == second }
        #expect(count >= 8, "\(count) in second \(second) of a clip of \(rate) a second")
      }
      let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
      #expect((gaps.max() ?? 0) <= 0.75)
    }
  }

  @Test("is none where a gap in the looks would be long, however little it would cost")
  func longGroups() {
    let index = Self.index(seconds: 10, rate: 30, group: 60)
    #expect(SamplingPlan(index, codec: .h264, duration: 10, for: .state) == nil)
    let single = Self.index(seconds: 10, rate: 30, group: 300)
    #expect(SamplingPlan(single, codec: .h264, duration: 10, for: .state) == nil)
    #expect(SamplingPlan(single, codec: .h264, duration: 10, for: .movement) == nil)
  }

  @Test("leaves pictures between key frames alone where a codec may tie them to earlier groups")
  func openGroups() {
    let long = Self.index(seconds: 10, rate: 30, group: 30)
    #expect(SamplingPlan(long, codec: .hevc, duration: 10, for: .state) != nil)
    #expect(SamplingPlan(long, codec: .hevc, duration: 10, for: .movement) == nil)
    let short = Self.index(seconds: 3, rate: 30, group: 30)
    #expect(SamplingPlan(short, codec: .hevc, duration: 3, for: .state) == nil)
  }

  @Test("is none where most would be decoded anyway")
  func slowClips() {
    let index = Self.index(seconds: 4, rate: 10, group: 10)
    #expect(SamplingPlan(index, codec: .h264, duration: 4, for: .movement) == nil)
    let intra = Self.index(seconds: 4, rate: 30, group: 1)
    #expect(SamplingPlan(intra, codec: .mjpeg, duration: 4, for: .state) == nil)
  }

  @Test("asks what a mode needs")
  func questions() {
    func question(_ service: Service) -> SamplingPlan.Question {
      SamplingPlan.Question(service.profile.needs)
    }
    #expect(question(.tencent(.silent)) == .state)
    #expect(question(.megvii) == .state)
    #expect(question(.tencent(.lip)) == .movement)
    #expect(question(.tencent(.action)) == .movement)
  }

  private static func index(seconds: Double, rate: Double, group: Int) -> VideoIndex {
    let count = Int(seconds * rate)
    return VideoIndex(
      times: (0..<count).map { Double($0) / rate },
      keys: Array(stride(from: 0, to: count, by: group)))
  }

  private static func decoded(_ plan: SamplingPlan) -> [Int] {
    plan.decodes.indices.filter { plan.decodes[$0] }
  }
}
