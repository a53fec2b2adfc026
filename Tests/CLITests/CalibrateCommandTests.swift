import Foundation
import TestSupport
import Testing

@Suite("vprep calibrate and drift")
struct CalibrateCommandTests {
  private func run(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(Repository.vprep.path(percentEncoded: false), arguments)
  }

  /// Reports of clips whose faces have luma 20 to 119, in an order without a pattern, and answers of a
  /// service that refuses those below 40.
  private func log(_ count: Int, answered: Bool = true) -> [(report: String, answer: String)] {
    (0..<count).map { index in
      let luma = 20 + index * 37 % 100
      let code = luma < 40 ? "FailedOperation.ActionLightDark" : "Success"
      let answer = #""answer": {"code": "\#(code)", "time": \#(1_700_000_000 + index * 600)}, "#
      let report = """
        {\(answered ? answer : "")"input": {"md5": "\(index)"}, "verdict": {"mode": "silent", \
        "outcome": "pass", "provider": "tencent", "readings": [{"code": \
        "FailedOperation.ActionLightDark", "counts": ["fail", "warn"], "measure": \
        "brightness.faceMean", "side": "min", "value": \(luma)}]}}
        """
      return (report, "\(index),\(code),\(1_700_000_000 + index * 600)")
    }
  }

  private let service = ["--provider", "tencent", "--mode", "silent"]

  @Test("writes limits that --rules takes, and says what proves them")
  func whole() throws {
    let folder = try TemporaryFolder()
    let (log, rules) = (folder.path("log.ndjson"), folder.path("rules.json"))
    try self.log(4000).map(\.report).joined(separator: "\n").write(
      toFile: log, atomically: true, encoding: .utf8)
    let result = try run(["calibrate", log, "-o", rules] + service)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.outputText.contains("4000 answers of 2023-11-14 to 2023-12-12, 3200 accepted"))
    #expect(result.outputText.contains("ActionLightDark  brightness.faceMean  fail"))

    let codes = try run(["codes", "--provider", "tencent", "--rules", rules])
    #expect(codes.status == 0, "\(codes.errorText)")
    #expect(codes.outputText.contains("(calibrated)"), "\(codes.outputText)")

    let clip = try TestClips.named("good-silent").path
    let check = try run(["check", clip, "--rules", rules] + service)
    #expect(check.status == 0, "\(check.errorText)")
  }

  @Test("joins answers in CSV with reports of their own")
  func joined() throws {
    let folder = try TemporaryFolder()
    let (reports, answers) = (folder.path("report.ndjson"), folder.path("answers.csv"))
    let log = log(300, answered: false)
    try log.map(\.report).joined(separator: "\n").write(
      toFile: reports, atomically: true, encoding: .utf8)
    let rows = ["md5,code,time"] + log.dropFirst(10).map(\.answer) + ["none,Success,1", "x,,"]
    try rows.joined(separator: "\n").write(toFile: answers, atomically: true, encoding: .utf8)
    let result = try run(
      ["calibrate", "--join", reports, answers, "--by", "md5", "--json"] + service)
    #expect(result.status == 0, "\(result.errorText)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.outputText.utf8)) as? [String: Any])
    #expect(report["schema"] as? String == "vprep.calibration/1")
    #expect(report["used"] as? Int == 290)
    #expect(
      report["unused"] as? [String: Int] == ["unanswered": 10, "unmatched": 1, "unreadable": 1])
  }

  @Test("of a short log moves nothing and says what is missing")
  func short() throws {
    let folder = try TemporaryFolder()
    let (log, rules) = (folder.path("log.ndjson"), folder.path("rules.json"))
    try self.log(40).map(\.report).joined(separator: "\n").write(
      toFile: log, atomically: true, encoding: .utf8)
    let result = try run(["calibrate", log, "-o", rules] + service)
    #expect(result.outputText.contains("more accepted clips"), "\(result.outputText)")
    let written = try String(contentsOfFile: rules, encoding: .utf8)
    #expect(written.filter { !$0.isWhitespace } == "{}")
  }

  @Test("says with status 1 that a service has changed, and with 0 that it has not")
  func drift() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("log.ndjson")
    let log = log(2000).map(\.report)
    try log.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try run(["drift", path] + service).status == 0)
    let changed =
      log.prefix(1000)
      + log.suffix(1000).map {
        $0.replacing("Success", with: "FailedOperation.ActionLightDark")
      }
    try changed.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let result = try run(["drift", path] + service)
    #expect(result.status == 1, "\(result.outputText)")
    #expect(result.outputText.contains("since about 2023-11-21"), "\(result.outputText)")
  }

  @Test("is preceded by --shadow, which lets a clip through and says so")
  func shadow() throws {
    let arguments = ["check", try TestClips.named("dark-4").path] + service
    let held = try run(arguments)
    #expect(held.status == 1)
    #expect(!held.outputText.contains("explore"))
    let shown = try run(arguments + ["--shadow"])
    #expect(shown.status == 0)
    #expect(shown.outputText.hasPrefix("fail for tencent silent"))
    #expect(shown.outputText.contains("explore  send it all the same"))
  }

  @Test("refuses what makes no sense")
  func usage() throws {
    for arguments in [
      ["calibrate", "log"], ["calibrate", "log", "--provider", "megvii", "--mode", "lip"],
      ["calibrate", "log", "--provider", "megvii", "--alpha", "0"],
      ["calibrate", "/no/such/log", "--provider", "megvii"],
      ["calibrate", "-", "--join", "-", "--provider", "megvii"],
      ["check", "clip.mp4", "--provider", "megvii", "--explore", "2"],
      ["check", "clip.mp4", "--provider", "megvii", "--explore", "0.5", "--shadow"],
    ] {
      #expect(try run(arguments).status == 2, "\(arguments)")
    }
  }
}
