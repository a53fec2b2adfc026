import Services
import Testing

@testable import Calibration

@Suite("A service that changes")
struct DriftTests {
  private let table = LimitTable(CalibratorTests.service, overrides: .none)

  private func world(_ seed: Int) -> SimulatedService {
    SimulatedService(
      table, rules: CalibratorTests().places.map { ($0, 0, 1) }, noise: 0.3, seed: UInt64(seed))
  }

  /// Answers of which those from `week` on are by limits that are stricter by so many deviations.
  private func log(_ count: Int, changingAt week: Int?, by shift: Double, seed: Int) -> AnswerLog {
    var world = world(seed)
    var log = AnswerLog(CalibratorTests.service, now: 1e9)
    for index in 0..<count {
      if index == week {
        for rule in world.hidden.indices {
          let good: Double = table.rules[world.hidden[rule].place.rule].side == .min ? 1 : -1
          world.hidden[rule].limit += good * shift * world.hidden[rule].deviation
        }
      }
      log.add(world.clip(at: Double(index)))
    }
    return log
  }

  @Test("is noticed within 500 answers, and about where it changed")
  func noticed() throws {
    for seed in 1...20 {
      let drift = Drift(log(3000, changingAt: 1500, by: 1, seed: seed))
      #expect(drift.hasChanged, "seed \(seed)")
      let seen = try #require(drift.seen)
      #expect((1500...2000).contains(seen), "seed \(seed): \(seen)")
      let changed = try #require(drift.changed)
      #expect((1300...1700).contains(changed), "seed \(seed): \(changed)")
    }
  }

  @Test("is not seen where there is none, in 99 of 100 logs")
  func quiet() {
    let alarms = (0..<300).count { seed in
      Drift(log(600, changingAt: nil, by: 0, seed: 1000 + seed)).hasChanged
    }
    #expect(alarms <= 3, "\(alarms)")
  }

  @Test("is not seen in an empty log, nor in one of equal answers")
  func nothing() {
    #expect(!Drift(AnswerLog(CalibratorTests.service, now: 0)).hasChanged)
    var test = DriftTest()
    test.falseAlarms = 0.01
    var random = SplitMix(state: 3)
    #expect(test.alarm(in: (0..<5000).map { _ in (1, random.unit()) }) == nil)
    #expect(test.alarm(in: []) == nil)
  }
}
