import Foundation
import TestSupport
import Testing

@testable import Services
@testable import VPrep
@testable import VPrepCLI

@Suite("The text report")
struct TextReportTests {
  /// Widths of terminals in columns.
  static let widths = [50, 80, 160]

  static func text(_ report: ReportDocument, width: Int = 80, isVerbose: Bool = false) -> String {
    TextReport(report, page: TextPage(width: width), isVerbose: isVerbose).text
  }

  /// A text's words, however its lines are broken.
  static func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }

  /// A text on one line.
  static func flat(_ text: String) -> String { words(text).joined(separator: " ") }

  /// What is wrong with a report's text, one sentence each.
  ///
  /// At every width no line is wider, no word is broken and nothing is left out; the outcome and the
  /// worst problem of what will be sent come first, then what to do.
  static func loggedErrors(about report: ReportDocument) -> [String] {
    // Paths may be longer than a line; pages of text have their own tests of them.
    var report = report
    report.input.path = "clip.mp4"
    report.fit?.output?.path = "out.mp4"
    report.photo?.path = "photo.jpg"
    var endless = TextPage()
    endless.width = 1_000_000
    var loggedErrors: [String] = []
    for isVerbose in [false, true] {
      let whole = words(TextReport(report, page: endless, isVerbose: isVerbose).text)
      for width in widths {
        let text = text(report, width: width, isVerbose: isVerbose)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        loggedErrors += lines.filter { String($0).columns > width }.map {
          "\(width) columns: \($0)"
        }
        loggedErrors += lines.filter { $0.hasSuffix(" ") }.map { "ends with a space: \($0)" }
        if words(text) != whole { loggedErrors.append("other words at \(width) columns:\n\(text)") }
      }
    }
    let brief = flat(text(report))
    let full = flat(text(report, isVerbose: true))
    func expect(_ part: String, in text: String) {
      if !text.contains(flat(part)) { loggedErrors.append("does not say \"\(part)\":\n\(text)") }
    }
    for part in (report.fit?.reasons ?? []) + report.input.warnings {
      expect(part.printable, in: brief)
    }
    let verdict = report.fit?.action == .passthrough ? report.verdict : report.outputVerdict
    guard let verdict = verdict ?? report.verdict else { return loggedErrors }
    let prefix = verdict.provider.codePrefix
    for prediction in verdict.predictions {
      expect(prediction.code.replacing(prefix, with: ""), in: brief)
      for part in [
        prediction.code, prediction.measure, prediction.source, prediction.integratorAdvice,
        prediction.advice,
      ] { expect(part, in: full) }
    }
    let lines = text(report, width: 100).split(separator: "\n")
    if let worst = report.lint?.first?.code ?? verdict.predictions.first?.code,
      lines.first?.hasSuffix(": " + worst.replacing(prefix, with: "")) != true
    {
      loggedErrors.append("\(worst) is not in the first line: \(lines)")
    }
    if let step = verdict.nextStep, lines.dropFirst().first?.hasPrefix("→ \(step.text)") != true {
      loggedErrors.append("what to do is not in the second line: \(lines)")
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
    text(report).split(separator: "\n")
  }

  private static func prediction(
    _ code: String, _ advice: Advice, _ measure: String, _ value: Double, _ limit: Double,
    severity: Severity = .fail
  ) -> Prediction {
    Prediction(
      code: code, severity: severity, measure: measure, value: .number(value),
      limit: .number(limit), provenance: .heuristic, source: "the reason", window: nil,
      advice: advice, integratorAdvice: "What to change.")
  }

  @Test(
    "of a prepared clip breaks no word and leaves nothing out, at 50, 80 and 160 columns",
    arguments: ["webm-vp8", "small-2", "extra-streams", "short-0.4"])
  func prepared(id: String) async throws {
    let report = try await Self.prepared(id)
    #expect(Self.loggedErrors(about: report) == [])
  }

  @Test("with everything at its longest is whole too, and names the worst problem first")
  func longest() async throws {
    var report = try await Self.prepared("webm-vp8")
    report.input.warnings = Array(
      repeating: String(repeating: "words and words ", count: 20), count: 9)
    report.fit?.reasons = Array(repeating: "the reason is a long one", count: 20)
    report.fit?.window = FitReport.Window(
      start: 12.345, end: 67.891, why: String(repeating: "a long reason ", count: 20))
    report.fit?.worsened = (0..<30).map { "FailedOperation.Code\($0)" }
    report.photo = PhotoReport(
      path: "photo.jpg", bytes: 1, base64Bytes: 4, md5: "", format: "jpeg", width: 1, height: 1,
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
    let many = (0..<30).map {
      Self.prediction(
        "FailedOperation.SomethingIsWrong\($0)", Advice.allCases[$0],
        "face.framesWithCompleteFaceShare", 0.123_45, 0.5)
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

  @Test("begins with outcome, service and worst code; then what to do; files come last")
  func order() async throws {
    let report = try await FaceClips.shared.report("dark-3")
    let lines = Self.lines(report)
    #expect(lines[0] == "fail for tencent silent: ActionLightDark")
    #expect(lines[1] == "→ Face a window or a lamp: there is too little light on your face.")
    #expect(
      lines[2] == "fail     ActionLightDark, SilentFaceQualityFail: brightness.faceDarkShare 98 %,")
    #expect(lines[3] == "         limit 50 %")
    #expect(lines[4].hasPrefix("clip     ") && lines.count <= 7)
  }

  @Test("has one line for a cause, which names its codes and the worst measurement")
  func causes() async throws {
    var report = try await Self.prepared("short-0.4", .megvii)
    report.verdict?.predictions = [
      Self.prediction("A", .moveCloser, "face.widthPixels", 80, 150),
      Self.prediction("A", .moveCloser, "face.interEyePixels", 20, 40, severity: .warn),
      Self.prediction("B", .moveCloser, "face.widthPixels", 80, 150, severity: .warn),
      Self.prediction("D", .stayInPicture, "face.widthPixels", 80, 100, severity: .warn),
      Self.prediction("C", .keepEyesOpen, "eyes.openShare", 0.1, 0.5, severity: .warn),
    ]
    let causes = Self.lines(report).filter { $0.hasPrefix("fail ") || $0.hasPrefix("warn ") }
    #expect(
      causes.dropFirst() == [
        "fail     A, B, D: face.widthPixels 80 pixels, limit 150 pixels",
        "warn     C: eyes.openShare 0.1000, limit 0.5000",
      ])
  }

  @Test("never shows a value and the limit that it crosses as the same number")
  func nearLimit() {
    let near = Self.prediction("A", .faceTheLight, "brightness.faceDarkShare", 0.504, 0.5)
    #expect(near.comparison == "0.5040, limit 0.5000")
    let far = Self.prediction("A", .faceTheLight, "brightness.faceDarkShare", 0.98, 0.5)
    #expect(far.comparison == "98\u{A0}%, limit 50\u{A0}%")
  }

  @Test("says of a clip that was fitted what was mended, and judges what will be sent")
  func repaired() async throws {
    let report = try await Self.prepared("webm-vp8")
    #expect(report.verdict?.outcome == .fail)
    let lines = Self.lines(report)
    #expect(lines[0] == "pass for tencent silent")
    #expect(
      lines.contains("repaired LipVideoInvalid: input.container webm, accepted: mp4, avi, flv"))
    #expect(!lines.contains { $0.contains("→") })
  }

  @Test("says of a clip that was only checked what fit and prep can mend")
  func repair() async throws {
    var report = try await FaceClips.shared.report("webm-vp8")
    let line = "repair   vprep fit and vprep prep mend LipVideoInvalid"
    #expect(Self.lines(report).contains { $0 == line })
    report.verdict?.predictions.append(
      Self.prediction("A", .moveCloser, "face.widthPixels", 80, 150))
    #expect(Self.lines(report).contains { $0 == line + ", but not the rest" })
  }

  @Test("explains itself only with --verbose: every prediction in full, and each word once")
  func verbose() async throws {
    let report = try await FaceClips.shared.report("dark-3")
    let text = Self.text(report, isVerbose: true)
    #expect(text.hasPrefix(Self.text(report)))
    let legend = "carried: the limit is taken from another published product, SDK or standard"
    #expect(Self.words(text).count { $0 == "remedy" } == report.verdict?.predictions.count)
    #expect(Self.flat(text).split(separator: legend).count == 2)
    #expect(!Self.flat(Self.text(report)).contains("carried"))
  }

  @Test("says the next step in the language asked for, without breaking it between marks")
  func languages() async throws {
    let verdict = try #require(try await FaceClips.shared.report("no-face").verdict)
    for language in AdviceCatalogue.languages {
      let catalogue = try #require(AdviceCatalogue.speaking(language))
      var report = try await FaceClips.shared.report("no-face")
      for advice in Advice.allCases {
        let said = catalogue.sentence(advice, ["seconds": "3"])
        report.verdict = verdict
        report.verdict?.predictions[0].adviceID = advice
        report.verdict?.predictions[0].advice = said
        report.verdict?.predictions.removeSubrange(1...)
        let lines = Self.text(report, width: 40).split(separator: "\n")
          .drop { !$0.hasPrefix("→") }
        let end = lines.firstIndex { $0.hasPrefix("fail ") || $0.hasPrefix("warn ") }
        let step = lines[..<(end ?? lines.endIndex)]
        #expect(step.allSatisfy { String($0).columns <= 40 })
        #expect(step.dropFirst().allSatisfy { !"、。，：！？ ".contains($0.dropFirst(2).prefix(1)) })
        let joined = step.map { $0.dropFirst(2) }.joined().filter { $0 != " " }
        #expect(joined == said.filter { $0 != " " })
      }
    }
  }

  @Test("passes nothing from a file's name to the terminal")
  func controls() async throws {
    var report = try await Self.prepared("short-0.4", .megvii)
    report.input.path = "a\u{1B}[31m\nb\u{202E}c.mp4"
    let text = Self.text(report)
    #expect(text.contains("c.mp4"))
    #expect(!text.unicodeScalars.contains { [0x1B, 0x202E].contains($0.value) })
    #expect(text.contains("\\u{A}b"))
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
