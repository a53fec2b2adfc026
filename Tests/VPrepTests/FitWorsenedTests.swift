import Foundation
import TestSupport
import Testing

@testable import Services
@testable import VPrep
@testable import VPrepCLI

@Suite("What a fit made worse")
struct AnnotateWorsenedTests {
  static func verdict(_ predictions: (String, Severity, String)...) -> Verdict {
    Verdict(
      provider: .megvii, mode: nil, outcome: .warn,
      predictions: predictions.map { code, severity, measure in
        Prediction(
          code: code, severity: severity, measure: measure, value: nil, limit: nil,
          provenance: .heuristic, source: "", window: nil, advice: .moveCloser, integratorAdvice: ""
        )
      })
  }

  @Test("is a code that only the output has")
  func new() {
    let before = Self.verdict(("A", .warn, "face.widthPixels"))
    let after = Self.verdict(("B", .warn, "sharpness.face"), ("A", .warn, "face.widthPixels"))
    #expect(after.codesWorse(than: before) == ["B"])
    #expect(before.codesWorse(than: after) == [])
  }

  @Test("is a code whose severity rose, not one whose severity fell")
  func severity() {
    let warn = Self.verdict(("A", .warn, "sharpness.face"))
    let fail = Self.verdict(("A", .fail, "sharpness.face"))
    #expect(fail.codesWorse(than: warn) == ["A"])
    #expect(warn.codesWorse(than: fail) == [])
    #expect(fail.codesWorse(than: fail) == [])
  }

  @Test("is a code that another measure gives as well, named once")
  func measure() {
    let before = Self.verdict(("A", .warn, "sharpness.face"))
    let after = Self.verdict(
      ("A", .warn, "sharpness.face"), ("A", .warn, "face.yaw"), ("A", .warn, "face.roll"))
    #expect(after.codesWorse(than: before) == ["A"])
  }

  @Test("is empty after a passthrough, null where nothing was judged")
  func report() async throws {
    let folder = try TemporaryFolder()
    let path = try TestClips.named("short-0.4").path
    let prepared = try await Gate(provider: .megvii)
      .prepare(.file(path), writingTo: folder.path("out.mp4")).report
    #expect(prepared.fit?.worsened == [])
    let fitted = try await Gate(provider: .megvii)
      .fit(.file(path), writingTo: folder.path("out.mp4")).report
    #expect(fitted.fit != nil && fitted.fit?.worsened == nil)
  }

  @Test("is found on a clip that had to become very small")
  func squeezed() async throws {
    let folder = try TemporaryFolder()
    var gate = Gate(.tencent(.silent))
    gate.fitting.maximumBytes = 25_000
    gate.judging.overrides = try RuleOverrides(
      json: #"{"SilentFaceQualityFail": {"input.video.bitsPerPixel": {"warn": 0.02}}}"#)
    gate.reporting.previewCount = 0
    let report =
      try await gate
      .prepare(.file(TestClips.named("good-silent").path), writingTo: folder.path("out.mp4")).report
    #expect(report.verdict?.outcome == .pass && report.outputVerdict?.outcome == .warn)
    #expect(report.fit?.worsened == ["FailedOperation.SilentFaceQualityFail"])
    #expect(
      TextReport(report).text.contains("the fit made worse: SilentFaceQualityFail"))
  }

  @Test("is one line of the text report, and no line when nothing became worse")
  func text() async throws {
    let folder = try TemporaryFolder()
    var report = try await Gate(provider: .megvii)
      .fit(.file(TestClips.named("short-0.4").path), writingTo: folder.path("out.mp4")).report
    func lines() -> [Substring] {
      TextReport(report).text.split(separator: "\n")
        .filter { $0.contains("the fit made worse") }
    }
    #expect(lines().isEmpty)
    report.fit?.worsened = []
    #expect(lines().isEmpty)
    report.fit?.worsened = ["A", "B"]
    #expect(lines().count == 1 && lines().first?.hasSuffix("the fit made worse: A, B") == true)
  }
}
