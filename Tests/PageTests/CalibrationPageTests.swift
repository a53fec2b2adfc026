import Calibration
import Foundation
import Testing
import VPrep

@testable import ReportPage

@Suite("The page of a calibration")
struct CalibrationPageTests {
  /// A log of a service that refuses faces with luma below 40, and of a code with a tag in it.
  private func log() throws -> AnswerLog {
    var log = try AnswerLog(.tencent(.silent), rules: "{}", now: 2e9)
    for index in 0..<3000 {
      let luma = 20 + index * 37 % 100
      let code = luma < 40 ? "FailedOperation.ActionLightDark" : "Success"
      let line = """
        {"answer": {"code": "\(index == 0 ? "<b>" : code)", "time": \(1.7e9 + Double(index) * 600)}, \
        "verdict": {"mode": "silent", "outcome": "pass", "provider": "tencent", "readings": [{"code": \
        "FailedOperation.ActionLightDark", "counts": ["fail", "warn"], "measure": \
        "brightness.faceMean", "side": "min", "value": \(luma)}]}}
        """
      log.add(line: Array(line.utf8))
    }
    return log
  }

  @Test("shows forecasts, values with their limits, probabilities and weeks, and asks for nothing")
  func whole() throws {
    let calibration = Calibration(try log())
    let html = try CalibrationPage.html(calibration, service: .tencent(.silent))
    for text in [
      "tencent silent", "2999 answers, 2023-11-14", "brightness.faceMean",
      "Probability of a refusal", "Lines that were not used", "unknownCode",
    ] {
      #expect(html.contains(text), "\(text)")
    }
    for text in ["<b>", "<script", "http:", "https:", "nan", "{{"] {
      #expect(!html.contains(text), "\(text)")
    }
  }

  @Test("of an empty log says so")
  func empty() throws {
    let log = try AnswerLog(.tencent(.silent), rules: "{}", now: 2e9)
    let html = try CalibrationPage.html(Calibration(log), service: .tencent(.silent))
    #expect(html.contains("0 answers: 0 accepted, 0 refused"))
    #expect(!html.contains("Probability of a refusal"))
  }
}
