import Foundation
import TestSupport
import Testing

@testable import Services
@testable import VPrep
@testable import VPrepCLI

@Suite("The text report")
struct TextReportTests {
  /// What is wrong with a report's text, one sentence each: it must fit 24 lines of 80 columns, and
  /// name the worst problem of what will be sent.
  static func loggedErrors(about report: ReportDocument) -> [String] {
    let text = TextReport(report, color: false).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var loggedErrors = lines.count > 24 ? ["\(lines.count) lines:\n\(text)"] : []
    loggedErrors += lines.filter { $0.count > 80 }.map { "\($0.count) columns: \($0)" }
    loggedErrors += lines.filter { $0.hasSuffix(" ") }.map { "ends with a space: \($0)" }
    let verdict = report.fit?.action == .passthrough ? report.verdict : report.outputVerdict
    if let worst = (verdict ?? report.verdict)?.predictions.first {
      let code = worst.code.replacing("FailedOperation.", with: "")
      if !text.contains("\(worst.severity.rawValue) \(code) \(worst.measure)") {
        loggedErrors.append("\(code) is not named:\n\(text)")
      }
      if !text.contains("→ \(worst.advice.prefix(12))") {
        loggedErrors.append("no advice about \(code):\n\(text)")
      }
    }
    return loggedErrors
  }

  /// The report of `prepare`, made once for each clip.
  static func prepared(_ id: String, _ provider: Provider = .tencent) async throws -> ReportDocument
  {
    try await PreparedReports.shared.report(id, provider)
  }

  private actor PreparedReports {
    static let shared = PreparedReports()
    private var reports: [String: Task<ReportDocument, any Error>] = [:]

    func report(_ id: String, _ provider: Provider) async throws -> ReportDocument {
      let key = "\(id) \(provider)"
      let task =
        reports[key]
        ?? Task {
          let folder = try TemporaryFolder()
          return try await Gate(provider: provider)
            .prepare(.file(TestClips.named(id).path), writingTo: folder.path("out.mp4")).report
        }
      reports[key] = task
      return try await task.value
    }
  }

  static func lines(_ report: ReportDocument) -> [Substring] {
    TextReport(report, color: false).text.split(separator: "\n")
  }

  @Test(
    "of a prepared clip fits one screen",
    arguments: ["webm-vp8", "small-2", "extra-streams", "short-0.4"])
  func prepared(id: String) async throws {
    let report = try await Self.prepared(id)
    #expect(Self.loggedErrors(about: report) == [])
  }

  @Test("with everything at its longest fits one screen and names the worst problem")
  func longest() async throws {
    var report = try await Self.prepared("webm-vp8")
    let path = "/home/someone/" + String(repeating: "a long folder/", count: 20) + "selfie.webm"
    report.input.path = path
    report.input.warnings = Array(
      repeating: String(repeating: "words and words ", count: 20), count: 9)
    report.fit?.output?.path = path
    report.fit?.reasons = Array(repeating: "the reason is a long one", count: 20)
    report.fit?.window = FitReport.Window(
      start: 12.345, end: 67.891, why: String(repeating: "a long reason ", count: 20))
    report.fit?.worsened = (0..<30).map { "FailedOperation.Code\($0)" }
    report.photo = PhotoReport(
      path: path, bytes: 1, base64Bytes: 4, md5: "", format: "jpeg", width: 1, height: 1,
      faceCount: 3, faceWidthPixels: nil, faceCompleteness: nil, faceMean: nil, faceP95: nil,
      faceClippedShare: nil, faceSharpness: nil)
    report.lint = (0..<9).map {
      LintFinding(
        code: "FailedOperation.InvalidParameterValue", key: "Key\($0)",
        message: String(repeating: "what is wrong ", count: 30))
    }
    report.measured?.summary.motion.actions = (0..<40).map {
      FaceAction(kind: .eyesClosed, start: Double($0), end: Double($0) + 0.5)
    }
    let many = (0..<30).map { number in
      Prediction(
        code: "FailedOperation.SomethingIsWrong\(number)", severity: .fail,
        measure: "face.framesWithCompleteFaceShare", value: .number(0.123_45),
        limit: .text("one, another, a third one, a fourth one"), provenance: .documented,
        source: "", window: nil,
        advice: Advice.allCases[number],
        integratorAdvice: "")
    }
    report.verdict?.predictions = many
    report.verdict?.mode = .action
    report.outputVerdict?.mode = .action
    report.outputVerdict?.predictions = Array(many.reversed())
    #expect(Self.loggedErrors(about: report) == [])
    report.outputVerdict?.predictions = many.map { prediction in
      var other = prediction
      other.measure = "sharpness.face"
      return other
    }
    #expect(Self.loggedErrors(about: report) == [])
  }

  @Test("gives a piece of advice once")
  func adviceOnce() async throws {
    var report = try await Self.prepared("short-0.4", .megvii)
    let one = Prediction(
      code: "A", severity: .warn, measure: "face.widthPixels", value: .number(1),
      limit: .number(2), provenance: .carried, source: "", window: nil,
      advice: .moveCloser, integratorAdvice: "")
    var two = one
    two.measure = "face.interEyePixels"
    report.verdict?.predictions = [one, two]
    #expect(Self.lines(report).filter { $0.contains("→") }.count == 1)
    #expect(Self.lines(report).filter { $0.contains("warn A") }.count == 2)
  }

  @Test("says where the fit leads: what it mended without advice, what is left with it")
  func repaired() async throws {
    let report = try await Self.prepared("webm-vp8")
    #expect(report.verdict?.outcome == .fail)
    let lines = Self.lines(report)
    #expect(lines.contains { $0.contains("fail LipVideoInvalid input.container webm") })
    #expect(!lines.contains { $0.contains("→") })
    #expect(lines.contains("output   pass for tencent silent"))
  }

  @Test("passes nothing from a file's name to the terminal")
  func controls() async throws {
    var report = try await Self.prepared("short-0.4", .megvii)
    report.input.path = "a\u{1B}[31m\nb\u{202E}c.mp4"
    let first = try #require(Self.lines(report).first)
    #expect(first.contains("c.mp4"))
    #expect(!first.unicodeScalars.contains { [0x1B, 0x0A, 0x202E].contains($0.value) })
  }

  @Test("names what was seen when, where movements are asked for")
  func seen() async throws {
    let action = try await FaceClips.shared.report("good-action", mode: .action)
    #expect(Self.lines(action).contains { $0.hasPrefix("seen     eyes closed 0.42–0.46 s") })
    let silent = try await FaceClips.shared.report("good-action")
    #expect(!Self.lines(silent).contains { $0.hasPrefix("seen") })
  }

  @Test("names the codes that could not be decided")
  func undecided() async throws {
    let report = try await FaceClips.shared.report("blur-2")
    let open = try #require(Self.lines(report).first { $0.hasPrefix("open") })
    #expect(open.contains("SilentFaceWithMaskFail"))
  }
}

@Suite("A page of text")
struct TextPageTests {
  let page = TextPage(color: false)

  @Test("breaks lines at spaces, and sets the later ones further in")
  func wraps() {
    let text = String(repeating: "word ", count: 30)
    let lines = page.lines("name", [.init(text)], hanging: 4)
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("name     word") && lines[1].hasPrefix("             word"))
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.joined(separator: " ").split(separator: " ").count == 31)
  }

  @Test("marks what it leaves out")
  func cut() {
    let text = String(repeating: "word ", count: 60)
    let lines = page.lines("", [.init(text)], most: 2)
    #expect(lines.count == 2 && lines[1].hasSuffix(" …"))
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("keeps the end of a long word, and counts two columns for a wide character")
  func shortens() {
    let name = String(repeating: "folder/", count: 30) + "selfie.mp4"
    #expect(TextPage.shortened(name, to: 30).count == 30)
    #expect(TextPage.shortened(name, to: 30).hasSuffix("/selfie.mp4"))
    #expect(TextPage.shortened("short", to: 30) == "short")
    #expect(TextPage.shortened(String(repeating: "视", count: 30), to: 21).count <= 11)
    let lines = page.lines("", [.init(name)])
    #expect(lines.count == 1 && lines[0].count <= 80)
  }

  @Test("paints stretches without widening lines")
  func paints() {
    let spans: [TextPage.Span] = [.init("fail", .red), .init(" CODE", .bold), .init(" value")]
    let plain = TextPage(color: false).lines("", spans)
    let painted = TextPage(color: true).lines("", spans)
    #expect(plain == ["         fail CODE value"])
    #expect(painted[0].contains("\u{1B}[31mfail\u{1B}[0m"))
    #expect(painted[0].replacing(/\u{1B}\[\d+m/, with: "") == plain[0])
  }
}
