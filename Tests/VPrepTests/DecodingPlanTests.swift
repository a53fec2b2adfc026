import MediaIO
import Services
import Testing

@testable import VPrep

@Suite("A first look at a clip")
struct DecodingPlanTests {
  @Test("takes the key frames alone, where the state of the face is asked for and there are eight")
  func keyFrames() throws {
    let index = Self.index(seconds: 10, rate: 30, group: 30)
    let plan = try #require(
      DecodingPlan(index, codec: "h264", duration: 10, for: .state))
    #expect(Self.decoded(plan) == index.keys)
  }

  @Test("takes more of each group where there are fewer key frames")
  func fewKeyFrames() throws {
    let plan = try #require(
      DecodingPlan(
        Self.index(seconds: 3, rate: 30, group: 30), codec: "h264", duration: 3, for: .state))
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
        DecodingPlan(index, codec: "h264", duration: 6, for: .movement))
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
    #expect(DecodingPlan(index, codec: "h264", duration: 10, for: .state) == nil)
    let single = Self.index(seconds: 10, rate: 30, group: 300)
    #expect(DecodingPlan(single, codec: "h264", duration: 10, for: .state) == nil)
    #expect(DecodingPlan(single, codec: "h264", duration: 10, for: .movement) == nil)
  }

  @Test("leaves pictures between key frames alone where a codec may tie them to earlier groups")
  func openGroups() {
    let long = Self.index(seconds: 10, rate: 30, group: 30)
    #expect(DecodingPlan(long, codec: "hevc", duration: 10, for: .state) != nil)
    #expect(DecodingPlan(long, codec: "hevc", duration: 10, for: .movement) == nil)
    let short = Self.index(seconds: 3, rate: 30, group: 30)
    #expect(DecodingPlan(short, codec: "hevc", duration: 3, for: .state) == nil)
  }

  @Test("is none where most would be decoded anyway")
  func slowClips() {
    let index = Self.index(seconds: 4, rate: 10, group: 10)
    #expect(DecodingPlan(index, codec: "h264", duration: 4, for: .movement) == nil)
    let intra = Self.index(seconds: 4, rate: 30, group: 1)
    #expect(DecodingPlan(intra, codec: "mjpeg", duration: 4, for: .state) == nil)
  }

  @Test("asks what a mode needs")
  func questions() {
    func question(_ service: Service) -> DecodingPlan.Question {
      DecodingPlan.Question(service.profile.needs)
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

  private static func decoded(_ plan: DecodingPlan) -> [Int] {
    plan.decodes.indices.filter { plan.decodes[$0] }
  }
}

@Suite("Packets of a first look")
struct PacketChoiceTests {
  @Test("are left out at once where the state is asked for")
  func state() throws {
    var choice = try Self.choice(.state) { _ in false }
    let taken = (0..<300).filter { _ in choice.takesNext(Self.nothing) }
    #expect(taken.count == 10)
    #expect(choice.leftOut == 290)
    #expect(!choice.isContradicted)
  }

  @Test("are all taken where movement is asked for and a failure is possible")
  func unsteady() throws {
    var choice = try Self.choice(.movement) { _ in false }
    #expect((0..<300).allSatisfy { _ in choice.takesNext(Self.nothing) })
    #expect(choice.leftOut == 0)
  }

  @Test("are left out until the next key frame once no failure is possible")
  func steady() throws {
    var choice = try Self.choice(.movement) { _ in true }
    let taken = (0..<300).filter { _ in choice.takesNext(Self.nothing) }
    #expect(taken == (0..<300).filter { $0 % 30 < 10 })
  }

  @Test("are taken for as long as a movement is under way that steadiness does not need")
  func followed() throws {
    // Asked at the end of each group's tenth picture, and after five more each time.
    let answers = Answers([true, true, false] + [Bool](repeating: false, count: 100))
    var choice = try Self.choice(.movement, isUnderWay: { _ in answers.next() }) { _ in true }
    let taken = (0..<60).filter { _ in choice.takesNext(Self.nothing) }
    #expect(taken == Array(0..<20) + Array(30..<40))
  }

  @Test("are measured without the eyes once nothing that these may do changes the verdict")
  func eyes() throws {
    let answers = Answers([false, false, true] + [Bool](repeating: false, count: 100))
    var choice = try Self.choice(.movement) { _ in answers.next() }
    let followed = (0..<50).filter { _ in
      _ = choice.takesNext(Self.nothing)
      return choice.followsEyes
    }
    // Asked at 10, 15 and 20, where the rest is left out, and again at 40.
    #expect(followed == Array(0..<20) + Array(40..<50))
  }

  @Test("are measured without the eyes where nothing is asked of these")
  func lips() throws {
    var choice = try Self.choice(.movement, asksForEyes: false) { _ in false }
    _ = choice.takesNext(Self.nothing)
    #expect(!choice.followsEyes)
  }

  @Test("of a group of which one was left out are never taken again")
  func chain() throws {
    let answers = Answers([true] + [Bool](repeating: false, count: 100))
    var choice = try Self.choice(.movement) { _ in answers.next() }
    let taken = (0..<60).filter { _ in choice.takesNext(Self.nothing) }
    #expect(taken == Array(0..<10) + Array(30..<60))
  }

  @Test("contradict their plan when there are fewer or more")
  func contradiction() throws {
    var choice = try Self.choice(.state) { _ in true }
    for _ in 0..<299 { _ = choice.takesNext(Self.nothing) }
    #expect(choice.isContradicted)
    _ = choice.takesNext(Self.nothing)
    #expect(!choice.isContradicted)
    // What was not planned for is taken.
    let isTaken = choice.takesNext(Self.nothing)
    #expect(isTaken)
    #expect(choice.isContradicted)
  }

  private static func nothing() -> ClipMeasurements { ClipMeasurements(file: .unknown) }

  private static func choice(
    _ question: DecodingPlan.Question,
    isUnderWay: @escaping @Sendable (ClipMeasurements) -> Bool = { _ in false },
    asksForEyes: Bool = true, isSteady: @escaping @Sendable (ClipMeasurements) -> Bool
  ) throws -> PacketChoice {
    let index = VideoIndex(
      times: (0..<300).map { Double($0) / 30 }, keys: Array(stride(from: 0, to: 300, by: 30)))
    let plan = try #require(
      DecodingPlan(index, codec: "h264", duration: 10, for: question))
    return PacketChoice(
      plan,
      FirstLook(
        question: question, isSteady: isSteady, isUnderWay: isUnderWay, asksForEyes: asksForEyes))
  }

  /// Answers one after another.
  private final class Answers: @unchecked Sendable {
    private var answers: [Bool]

    init(_ answers: [Bool]) { self.answers = answers }

    func next() -> Bool { answers.removeFirst() }
  }
}
