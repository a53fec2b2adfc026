import MediaIO
import Services
import TestSupport
import Testing

@testable import VPrep

/// What follows the first pass over a clip.
@Suite("After a sampling pass")
struct SamplingPassesTests {
  /// What the judge says of the first pass, and whether the container has an index to leave frames out by.
  private static func sampling(
    isSettled: Bool = true, isNearFailure: Bool = false, coverage: Sampling.Coverage = .settling,
    rate: Double? = 10, threads: Int = 2, hasIndex: Bool = true, packets: Int = 300
  ) -> Sampling {
    let index = VideoIndex(
      times: (0..<300).map { Double($0) / 30 }, keys: Array(stride(from: 0, to: 300, by: 30)))
    var sampling = Sampling(
      rate: rate, coverage: coverage, threads: threads,
      judge: SampleJudge(
        question: .state, isSettled: { _ in isSettled }, isNearFailure: { _ in isNearFailure }))
    sampling.begin(hasIndex ? index : nil, codec: .h264, duration: 10)
    for _ in 0..<packets { _ = sampling.decodesNext { ClipMeasurements(file: .unknown) } }
    return sampling
  }

  /// The second pass; `nil` where none follows.
  private static func second(
    _ first: Sampling, _ damage: Sampling.Damage = .none
  ) -> Sampling.Pass? {
    var sampling = first
    let goesOn = sampling.goesOn(after: ClipMeasurements(file: .unknown), damage)
    return goesOn ? sampling.pass : nil
  }

  @Test("none follows where the verdict is settled")
  func settled() {
    #expect(Self.second(Self.sampling()) == nil)
    #expect(Self.second(Self.sampling(hasIndex: false)) == nil)
  }

  @Test("all frames are decoded where more of them may change the verdict")
  func unsettled() throws {
    let second = try #require(Self.second(Self.sampling(isSettled: false)))
    #expect(second.rate == 10 && !second.mayLeaveOut && second.reusesAudio)
    #expect(Self.second(Self.sampling(isSettled: false, hasIndex: false)) == nil)
  }

  @Test("every frame is measured where a measure is near a failure")
  func nearFailure() throws {
    for hasIndex in [true, false] {
      let first = Self.sampling(isSettled: false, isNearFailure: true, hasIndex: hasIndex)
      let second = try #require(Self.second(first))
      #expect(second.rate == nil && second.reusesAudio)
    }
    #expect(Self.second(Self.sampling(isNearFailure: true, rate: nil)) == nil)
  }

  @Test("one thread decodes damaged frames, which several would show by chance")
  func damaged() throws {
    for (hasIndex, rate) in [(true, 10.0), (false, 10), (false, nil)] {
      let first = Self.sampling(isNearFailure: true, rate: rate, hasIndex: hasIndex)
      let second = try #require(Self.second(first, .some))
      #expect(second.threads == 1 && second.rate == rate && !second.reusesAudio)
      // Whether single frames decide is not known before they are decoded for good.
      #expect(second.takesBoth == (rate != nil))
    }
  }

  @Test("a damaged movement that was followed to its end is followed again, with nothing left out")
  func damagedMovement() throws {
    var sampling = Sampling(
      rate: 25, coverage: .settling, threads: 2,
      judge: SampleJudge(question: .movement, isSettled: { _ in false }))
    let index = VideoIndex(
      times: (0..<300).map { Double($0) / 30 }, keys: Array(stride(from: 0, to: 300, by: 30)))
    for isSecond in [false, true] {
      sampling.begin(index, codec: .h264, duration: 10)
      let taken = (0..<300).filter { _ in
        sampling.decodesNext { ClipMeasurements(file: .unknown) }
      }
      #expect(taken.count == 300 && sampling.pictureRate != nil)
      let goesOn = sampling.goesOn(after: ClipMeasurements(file: .unknown), .some)
      #expect(goesOn == !isSecond)
    }
    #expect(sampling.pass.isPlanned && !sampling.pass.mayLeaveOut && sampling.pass.threads == 1)
  }

  @Test("one thread decodes what the first left out, for nobody knows whether it is damaged")
  func unseen() throws {
    #expect(try #require(Self.second(Self.sampling(isSettled: false))).threads == 1)
    #expect(try #require(Self.second(Self.sampling(coverage: .whole))).threads == 1)
    let seen = Self.sampling(isNearFailure: true, hasIndex: false)
    #expect(try #require(Self.second(seen)).threads == nil)
  }

  @Test("the passes are the same with one thread, but for damage that one thread has read already")
  func oneThread() {
    #expect(Self.second(Self.sampling(threads: 1, hasIndex: false), .some) == nil)
    let near = Self.sampling(isNearFailure: true, threads: 1, hasIndex: false)
    #expect(Self.second(near, .some)?.rate == .some(nil))
    #expect(Self.second(Self.sampling(threads: 1), .some) != nil)
  }

  @Test("the clip is read anew where it is not what its index says")
  func contradiction() throws {
    for packets in [299, 301] {
      let second = try #require(Self.second(Self.sampling(packets: packets)))
      #expect(second.rate == 10 && !second.reusesAudio)
    }
  }

  @Test("what is wanted beside the verdict leaves it settled", arguments: [true, false])
  func coverage(hasIndex: Bool) {
    for coverage in [Sampling.Coverage.whole, .even] {
      var sampling = Self.sampling(coverage: coverage, hasIndex: hasIndex)
      let goesOn = sampling.goesOn(after: ClipMeasurements(file: .unknown), .none)
      #expect(goesOn == hasIndex)
      #expect(sampling.isSettled)
    }
  }

  @Test("frames are shown once, evenly spaced")
  func shown() {
    #expect(!Self.sampling().isShown)
    #expect(Self.sampling(hasIndex: false).isShown)
    #expect(Self.second(Self.sampling(coverage: .even))?.isShown == true)
    let near = Self.sampling(isNearFailure: true, coverage: .even, hasIndex: false)
    #expect(Self.second(near)?.isShown == false)
  }

  @Test("there is never a third", arguments: [Sampling.Damage.none, .some])
  func third(damage: Sampling.Damage) {
    var sampling = Self.sampling(isSettled: false, isNearFailure: true, coverage: .even)
    let nothing = ClipMeasurements(file: .unknown)
    let hasSecond = sampling.goesOn(after: nothing, damage)
    sampling.begin(nil, codec: .h264, duration: 10)
    let hasThird = sampling.goesOn(after: nothing, .some)
    #expect(hasSecond && !hasThird)
  }
}

extension Sampling.Damage {
  fileprivate static let none = Sampling.Damage()
  fileprivate static let some = Sampling.Damage(isFound: true, pictureErrors: 1)
}
