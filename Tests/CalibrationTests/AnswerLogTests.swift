import Foundation
import Services
import Testing

@testable import Calibration

@Suite("A log of answers")
struct AnswerLogTests {
  static let service = CalibratorTests.service

  private func log(_ lines: [String], now: Double = 2e9) -> AnswerLog {
    var log = AnswerLog(Self.service, now: now)
    for line in lines { log.add(line: Array(line.utf8)) }
    return log
  }

  /// A line as an integrator's log has it.
  private func line(
    code: String = "Success", time: String = "1000", provider: String = "tencent",
    mode: String = "silent", md5: String = "aa", extra: String = ""
  ) -> String {
    """
    {"answer": {"code": "\(code)", "time": \(time)}, "input": {"md5": "\(md5)"}, "verdict": {"mode": "\(mode)", \
    "outcome": "pass", "provider": "\(provider)", "readings": [{"code": "FailedOperation.ActionLightDark", \
    "counts": ["fail", "warn"], "measure": "brightness.faceMean", "side": "min", "value": 97.25}]}\(extra)}
    """
  }

  @Test("takes what reports say, and the answer")
  func plain() throws {
    let log = log([line(), line(code: "FailedOperation.ActionLightDark", md5: "bb")])
    #expect(log.unused.isEmpty, "\(log.unused)")
    #expect(log.clips.map(\.answer) != [.accepted, .accepted])
    let place = try #require(
      log.table.places.first { place in
        let rule = log.table.rules[place.rule]
        return rule.measure.name == "brightness.faceMean" && rule.valueSide == .min
          && rule.code == "FailedOperation.ActionLightDark"
      })
    #expect(log.clips.first?.value(place) == 97.25)
  }

  @Test("knows a code by every spelling of the service")
  func spellings() {
    let log = log([
      line(code: "InternalError.ActionLightDark", md5: "1"),
      line(code: "FailedOperation.ActionLightDark", md5: "2"),
    ])
    #expect(log.clips.count == 2)
    #expect(log.clips.first?.answer == log.clips.last?.answer)
    #expect(log.clips.first?.answer != .accepted)
  }

  @Test("takes times in seconds and by ISO 8601")
  func times() {
    let log = log([line(time: "\"2026-01-31T12:00:00Z\""), line(time: "1769860800.5")])
    #expect(log.clips.map { Int($0.time) } == [1_769_860_800, 1_769_860_800])
  }

  @Test("counts what it cannot use, and why")
  func unused() {
    let log = log([
      "no JSON", "[1]", "{}", line(provider: "megvii"), line(mode: "lip"),
      line(code: "FailedOperation.NoSuchCode"), line(time: "3e9"), line(), line(),
      line(md5: "cc", extra: "").replacing("\"readings\": [", with: "\"readings\": null, \"x\": ["),
      "", "   ",
    ])
    #expect(log.lines == 10)
    #expect(
      log.unused == [
        .unreadable: 2, .unanswered: 1, .otherService: 2, .unknownCode: 1, .future: 1,
        .repeated: 1, .noReadings: 1,
      ])
    #expect(log.unknownCodes == ["FailedOperation.NoSuchCode": 1])
    #expect(log.clips.count == 1)
  }

  @Test("keeps the newest answers where there are more than prove anything")
  func newest() {
    var log = AnswerLog(Self.service, now: 2e9, most: 10)
    for index in 0..<35 {
      log.add(line: Array(line(time: "\(1000 + index * 8 % 35)", md5: "\(index)").utf8))
    }
    log.close()
    #expect(log.clips.map(\.time) == (1025..<1035).map { Double($0) })
    #expect(log.unused == [.older: 25])
  }

  @Test("reads any bytes without an end")
  func hostile() {
    var random = SplitMix(state: 1)
    let valid = Array(line().utf8)
    for _ in 0..<500 {
      var bytes = valid
      for _ in 0..<3 {
        let index = Int(random.next() % UInt64(bytes.count))
        bytes[index] = UInt8(truncatingIfNeeded: random.next())
      }
      var log = AnswerLog(Self.service, now: 2e9)
      log.add(line: bytes)
      #expect(log.lines <= 1)
    }
    var log = AnswerLog(Self.service, now: 2e9)
    for time in ["1e308", "-1e308", "0", "-1"] {
      log.add(line: Array(line(time: time, md5: time).utf8))
    }
    for value in ["1e300", "-1e300", "3e38", "-3e38", "0"] {
      log.add(line: Array(line(md5: value).replacing("97.25", with: value).utf8))
    }
    #expect(log.clips.count == 6)
    #expect(log.unused == [.future: 1, .unreadable: 2])
    #expect(Calibration(log).limits.allSatisfy { $0.new == $0.old })
  }
}
