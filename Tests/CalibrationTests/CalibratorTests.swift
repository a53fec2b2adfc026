import Services
import Testing

@testable import Calibration

@Suite("Limits that are learned from answers")
struct CalibratorTests {
  static let service = Service(.tencent, mode: .silent) ?? Service(.tencent)
  let table = LimitTable(CalibratorTests.service, overrides: .none)

  /// Three rules with different codes, whose limits for failing no document gives.
  var places: [LimitTable.Place] {
    var codes: Set<Int> = []
    let own = table.places.filter { place in
      guard place.severity == .fail, let code = table.codes[place.rule] else { return false }
      return codes.insert(code).inserted
    }
    return Array(own.prefix(3))
  }

  private func promise(failing: Double, doubt: Double) -> Promise {
    var promise = Promise()
    promise.failing = failing
    promise.doubt = doubt
    return promise
  }

  private func limit(
    _ place: LimitTable.Place, in limits: [CalibratedLimit]
  ) throws -> CalibratedLimit {
    limits[try #require(table.places.firstIndex(of: place))]
  }

  @Test("keep the promise in all but the allowed share of 1,000 logs of 300 clips")
  func promised() throws {
    #expect(places.count == 3)
    let calibrator = Calibrator(promise(failing: 0.05, doubt: 0.1))
    var (broken, moved, logs) = (0, 0, 0)
    // Some services are looser than vprep's limits, some are stricter; clips are good or mediocre.
    for (looser, better) in [-0.5, 0.4, 1.2].flatMap({ looser in
      [0.5, 1.2, 2].map { (looser, $0) }
    }) {
      let rules = places.map { (place: $0, looser: looser, better: better) }
      var same = SimulatedService(table, rules: rules, noise: 0.3, seed: 1)
      let sample = (0..<10_000).map { same.clip(at: Double($0)) }
      for seed in 0..<(logs == 0 ? 112 : 111) {
        var world = SimulatedService(
          table, rules: rules, noise: 0.3, seed: UInt64(logs * 1000 + seed) &* 7919)
        let limits = calibrator.limits(from: world.log(300, Self.service)).filter {
          $0.isProven && $0.severity == .fail
        }
        moved += limits.count { $0.finding == .moved }
        let isBroken = try limits.contains { found in
          let place = try #require(
            places.first {
              table.rules[$0.rule].code == found.code
                && table.rules[$0.rule].measure.name == found.measure
            })
          // The sample's own error is not the promise's: three of its deviations.
          return world.acceptedBeyond(found.new, place, clips: sample) > 0.05 + 3 * 0.0025
        }
        broken += isBroken ? 1 : 0
      }
      logs += 1
    }
    #expect(broken <= 100, "\(broken) of 1000 logs")
    // A calibrator that never says anything keeps its promise too.
    #expect(moved > 300, "\(moved) limits moved")
  }

  @Test("come within one deviation of the noise to the service's own, after 10,000 answers")
  func recovered() throws {
    for (seed, looser) in [(1, 1.0), (2, 1.5), (3, 0.7)] {
      var world = SimulatedService(
        table, rules: places.map { ($0, looser, 0.8) }, noise: 0.3, seed: UInt64(seed))
      let limits = Calibrator(promise(failing: 0.05, doubt: 0.05)).limits(
        from: world.log(10_000, Self.service))
      for rule in world.hidden {
        let found = try limit(rule.place, in: limits)
        #expect(found.finding == .moved, "\(found)")
        let distance = (found.new - rule.limit).magnitude / rule.deviation
        #expect(distance <= 0.3, "\(found.measure): \(found.new) for \(rule.limit)")
      }
    }
  }

  @Test("do not move after 40 answers, and say how many more are needed")
  func tooFew() throws {
    var world = SimulatedService(
      table, rules: places.map { ($0, 1, 1) }, noise: 0.3, seed: 11)
    let limits = Calibrator().limits(from: world.log(40, Self.service))
    #expect(limits.allSatisfy { $0.finding == .tooFew && $0.new == $0.old })
    // Each limit of which there are values has its part of the doubt; 40 clips are there already, of
    // which some were refused.
    let found = try limit(places[0], in: limits)
    let tried = table.places.count { place in places.contains { $0.rule == place.rule } }
    let needed = ExactInterval.fewestTrials(share: 0.01, doubt: 0.05 / Double(tried))
    #expect((2 * needed - 40...2 * needed).contains(found.missing), "\(found.missing)")
  }

  @Test("do not move where no clip beyond them was ever sent")
  func untested() throws {
    var world = SimulatedService(table, rules: [(places[0], 1, 1)], noise: 0, seed: 3)
    var log = AnswerLog(Self.service, now: 1e9)
    let old = try #require(table.limit(places[0])).value
    for index in 0..<4000 {
      let clip = world.clip(at: Double(index))
      // What vprep foretells to fail is not sent.
      if let value = clip.value(places[0]),
        !table.isCrossed(places[0], by: value, limit: Float(old))
      {
        log.add(clip)
      }
    }
    let found = try limit(places[0], in: Calibrator().limits(from: log))
    #expect(found.finding == .untested)
    #expect(found.new == found.old)
  }

  @Test("become stricter only where the service refuses most of what is between")
  func stricter() throws {
    // Stricter than ours by one deviation: the clips between were sent, and refused.
    var world = SimulatedService(
      table, rules: [(places[0], -1, 1)], noise: 0.05, seed: 5)
    let found = try limit(
      places[0],
      in: Calibrator(promise(failing: 0.02, doubt: 0.05)).limits(
        from: world.log(6000, Self.service)))
    #expect(found.finding == .moved)
    #expect(!LimitEvidence([], places[0], table).isLooser(Float(found.new), than: Float(found.old)))

    // Refused for reasons of its own, nothing speaks for a stricter limit.
    world.hidden[0].limit -=
      100 * world.hidden[0].deviation
      * (table.rules[places[0].rule].side == .min ? 1 : -1)
    world.otherRefusals = 0.5
    let kept = try limit(
      places[0],
      in: Calibrator(promise(failing: 0.9, doubt: 0.05)).limits(
        from: world.log(3000, Self.service)))
    #expect(kept.new == kept.old, "\(kept)")
  }

  @Test("foretell more answers rightly after 600 of them")
  func fewerWrong() throws {
    for (seed, looser) in [(21, 1.0), (22, 1.5), (23, -0.7)] {
      var world = SimulatedService(
        table, rules: places.map { ($0, looser, 0.8) }, noise: 0.3, seed: UInt64(seed))
      let limits = Calibrator(promise(failing: 0.05, doubt: 0.05)).limits(
        from: world.log(600, Self.service))
      let old = try places.map { ($0, try #require(table.limit($0)).value) }
      let new = try places.map { ($0, try limit($0, in: limits).new) }
      let later = (0..<4000).map { world.clip(at: 1000 + Double($0)) }
      let (before, after) = (wrong(old, later), wrong(new, later))
      #expect(after < before - 0.02, "\(looser): \(before) before, \(after) after")
    }
  }

  /// The share of clips of which limits foretell the wrong answer.
  private func wrong(
    _ limits: [(place: LimitTable.Place, value: Double)], _ clips: [AnsweredClip]
  ) -> Double {
    let wrong = clips.count { clip in
      let fails = limits.contains { limit in
        clip.value(limit.place).map {
          table.isCrossed(limit.place, by: $0, limit: Float(limit.value))
        } ?? false
      }
      return fails == (clip.answer == .accepted)
    }
    return Double(wrong) / Double(clips.count)
  }

  @Test("count every clip alike where only a share of foretold failures was sent")
  func explored() throws {
    var world = SimulatedService(table, rules: [(places[0], 1, 1)], noise: 0.1, seed: 8)
    let old = Float(try #require(table.limit(places[0])).value)
    var (all, explored) = (AnswerLog(Self.service, now: 1e9), AnswerLog(Self.service, now: 1e9))
    for index in 0..<60_000 {
      let clip = world.clip(at: Double(index))
      all.add(clip)
      let isForetold = clip.value(places[0]).map {
        table.isCrossed(places[0], by: $0, limit: old)
      }
      guard isForetold == true else {
        explored.add(clip)
        continue
      }
      // One in five is sent.
      if world.clip(at: 0).lot < 0.2 {
        explored.add(
          AnsweredClip(
            time: clip.time, answer: clip.answer, forecast: .fail, inclusion: 0.2, lot: clip.lot,
            values: clip.values, fails: clip.fails, warns: clip.warns))
      }
    }
    let calibrator = Calibrator(promise(failing: 0.05, doubt: 0.05))
    let whole = try limit(places[0], in: calibrator.limits(from: all))
    let part = try limit(places[0], in: calibrator.limits(from: explored))
    #expect(part.finding == .moved)
    let deviation = world.hidden[0].deviation
    #expect((part.new - whole.new).magnitude < 0.15 * deviation, "\(part.new) \(whole.new)")
    // A fifth of all clips, whatever was foretold of them; the spread of that count is 98.
    #expect((11_600...12_400).contains(explored.evenlyIncluded.count))
  }
}
