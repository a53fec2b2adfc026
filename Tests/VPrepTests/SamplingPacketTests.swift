import MediaIO
import Services
import Testing

@testable import VPrep

@Suite("Packets of a sampling pass")
struct SamplingPacketTests {
  @Test("are left out at once where the state is asked for")
  func state() throws {
    var sampling = try Self.sampling(.state) { _ in false }
    let taken = (0..<300).filter { _ in sampling.decodesNext(Self.nothing) }
    #expect(taken.count == 10)
    #expect(sampling.leftOut == 290)
    #expect(sampling.isPartial)
  }

  @Test("are all taken where movement is asked for and a failure is possible")
  func unsteady() throws {
    var sampling = try Self.sampling(.movement) { _ in false }
    #expect((0..<300).allSatisfy { _ in sampling.decodesNext(Self.nothing) })
    #expect(sampling.leftOut == 0)
  }

  @Test("are left out until the next key frame once no failure is possible")
  func steady() throws {
    var sampling = try Self.sampling(.movement) { _ in true }
    let taken = (0..<300).filter { _ in sampling.decodesNext(Self.nothing) }
    #expect(taken == (0..<300).filter { $0 % 30 < 10 })
  }

  @Test("are taken for as long as a movement is under way that steadiness does not need")
  func followed() throws {
    // Asked at the end of each group's tenth picture, and after five more each time.
    let answers = Answers([true, true, false] + [Bool](repeating: false, count: 100))
    var sampling = try Self.sampling(.movement, isUnderWay: { _ in answers.next() }) { _ in true }
    let taken = (0..<60).filter { _ in sampling.decodesNext(Self.nothing) }
    #expect(taken == Array(0..<20) + Array(30..<40))
  }

  @Test("are measured without the eyes once nothing that these may do changes the verdict")
  func eyes() throws {
    let answers = Answers([false, false, true] + [Bool](repeating: false, count: 100))
    var sampling = try Self.sampling(.movement) { _ in answers.next() }
    let followed = (0..<50).filter { _ in
      _ = sampling.decodesNext(Self.nothing)
      return sampling.followsEyes
    }
    // Asked at 10, 15 and 20, where the rest is left out, and again at 40.
    #expect(followed == Array(0..<20) + Array(40..<50))
  }

  @Test("are measured without the eyes where nothing is asked of these")
  func lips() throws {
    var sampling = try Self.sampling(.movement, asksForEyes: false) { _ in false }
    _ = sampling.decodesNext(Self.nothing)
    #expect(!sampling.followsEyes)
  }

  @Test("of a group of which one was left out are never taken again")
  func chain() throws {
    let answers = Answers([true] + [Bool](repeating: false, count: 100))
    var sampling = try Self.sampling(.movement) { _ in answers.next() }
    let taken = (0..<60).filter { _ in sampling.decodesNext(Self.nothing) }
    #expect(taken == Array(0..<10) + Array(30..<60))
  }

  @Test("that were not planned for are taken")
  func unplanned() throws {
    var sampling = try Self.sampling(.state) { _ in true }
    for _ in 0..<300 { _ = sampling.decodesNext(Self.nothing) }
    let isTaken = sampling.decodesNext(Self.nothing)
    #expect(isTaken)
  }

  private static func nothing() -> ClipMeasurements { ClipMeasurements(file: .unknown) }

  private static func sampling(
    _ question: SamplingPlan.Question,
    isUnderWay: @escaping @Sendable (ClipMeasurements) -> Bool = { _ in false },
    asksForEyes: Bool = true, isSettled: @escaping @Sendable (ClipMeasurements) -> Bool
  ) throws -> Sampling {
    let index = VideoIndex(
      times: (0..<300).map { Double($0) / 30 }, keys: Array(stride(from: 0, to: 300, by: 30)))
    var sampling = Sampling(
      rate: 10, coverage: .settling, threads: 2,
      judge: SampleJudge(
        question: question, isSettled: isSettled, isUnderWay: isUnderWay, asksForEyes: asksForEyes))
    sampling.begin(index, codec: .h264, duration: 10)
    return sampling
  }

  /// Answers one after another.
  private final class Answers: @unchecked Sendable {
    private var answers: [Bool]

    init(_ answers: [Bool]) { self.answers = answers }

    func next() -> Bool { answers.removeFirst() }
  }
}
