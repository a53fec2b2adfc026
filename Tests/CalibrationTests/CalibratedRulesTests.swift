import Foundation
import Services
import Testing

@testable import Calibration

@Suite("Rules that were calibrated")
struct CalibratedRulesTests {
  private let table = LimitTable(CalibratorTests.service, overrides: .none)

  private func calibration() -> Calibration {
    let places = CalibratorTests().places
    var world = SimulatedService(
      table, rules: places.map { ($0, 1, 0.8) }, noise: 0.3, seed: 4)
    var promise = Promise()
    promise.failing = 0.05
    return Calibration(world.log(6000, CalibratorTests.service), keeping: promise)
  }

  @Test("are read by --rules, move the limits, and say what proves them")
  func roundTrip() throws {
    let calibration = calibration()
    let moved = calibration.limits.filter { $0.finding == .moved }
    #expect(moved.count == 3)
    let text = String(decoding: try calibration.rules(), as: UTF8.self)
    let overrides = try RuleOverrides(json: text)
    let after = LimitTable(CalibratorTests.service, overrides: overrides)
    for limit in moved {
      let place = try #require(
        after.places.first { place in
          let rule = after.rules[place.rule]
          return rule.code == limit.code && rule.measure.name == limit.measure
            && place.severity == limit.severity
        })
      let now = try #require(after.limit(place))
      #expect(now.value == limit.new)
      #expect(now.citation.provenance == .calibrated)
      #expect(now.citation.source.contains("of \(limit.accepted) accepted clips"))
      #expect(now.citation.source.contains("1970-01-01"))
    }
  }

  @Test("hold no limit about which the log says too little")
  func onlyProven() throws {
    let empty = Calibration(AnswerLog(CalibratorTests.service, now: 0))
    #expect(String(decoding: try empty.rules(), as: UTF8.self).filter { !$0.isWhitespace } == "{}")
    #expect(empty.used == 0)
    #expect(empty.first == nil)
  }

  @Test("that are damaged are refused with the place")
  func damaged() {
    for (json, place) in [
      (#"{"fail": 3}"#, "fail"), (#"{"good": {}}"#, "good"), (#"[]"#, "calibrated"),
      (#"{"fail": {"accepted": -1}}"#, "accepted"),
    ] {
      let text = """
        {"VIDEO_LOW_FACE_QUALITY": {"face.widthPixels": {"fail": 70, "calibrated": \(json)}}}
        """
      do {
        _ = try RuleOverrides(json: text)
        Issue.record("\(json) was taken")
      } catch {
        #expect("\(error)".contains(place), "\(error)")
      }
    }
  }
}
