import Foundation
import Kernels
import Services
import VPrep

/// What the template of a report's page shows.
struct ReportView {
  let title: String
  /// The verdict on what will be sent: on the output, where there is one.
  let outcome: OutcomeView
  /// The verdict on the clip, where the output is another file.
  let before: OutcomeView?
  /// What speaks against what will be sent.
  let causes: [CauseView]
  /// What spoke against the clip.
  let causesBefore: [CauseView]
  let hasCauses: Bool
  let figures: [FigureView]
  let hasFigures: Bool
  let charts: [ChartView]
  let hasCharts: Bool
  let fit: FitView?
  let previews: [PreviewView]
  let hasPreviews: Bool
  let facts: [FactView]
  let notes: [String]
  let hasNotes: Bool
  let findings: [FindingView]
  let hasFindings: Bool
  let jsonName: String
  let json: String
  let version: String

  init(_ report: ReportDocument) throws {
    let name = report.input.path.split(separator: "/").last.map(String.init) ?? report.input.path
    let shown = name.printable
    title = shown
    let other = report.fit?.action == .passthrough ? nil : report.outputVerdict
    outcome = OutcomeView(other ?? report.verdict)
    before = other.map { _ in OutcomeView(report.verdict) }
    causes = (other ?? report.verdict).map(CauseView.all) ?? []
    causesBefore = other.flatMap { _ in report.verdict.map(CauseView.all) } ?? []
    hasCauses = !causes.isEmpty
    figures = report.illustration?.figures.map(FigureView.init) ?? []
    hasFigures = !figures.isEmpty
    let kept = report.fit?.window.map { ($0.start, $0.end) }
    charts = report.illustration.map { ChartView.all($0, kept: kept) } ?? []
    hasCharts = !charts.isEmpty
    fit = report.fit.map { FitView($0, input: report.input) }
    previews = report.previews.map(PreviewView.init)
    hasPreviews = !previews.isEmpty
    facts = FactView.all(report)
    notes = report.input.warnings.map(\.printable)
    hasNotes = !notes.isEmpty
    findings = report.lint?.map(FindingView.init) ?? []
    hasFindings = !findings.isEmpty
    let base = name.split(separator: ".").first.map(String.init) ?? "clip"
    jsonName = base + ".vprep.json"
    json = try report.json().base64EncodedString()
    version = report.tool.version
  }
}

/// A verdict in words.
struct OutcomeView {
  /// The class of its colour: `pass`, `warn`, `fail`, `open`.
  let kind: String
  let word: String
  /// The first code, where one is predicted.
  let code: String?
  /// The service and its mode.
  let service: String
  /// What the person should do next; `nil` where nothing speaks against the clip.
  let step: String?
  /// Who can mend it, in a phrase.
  let remedy: String?

  init(_ verdict: Verdict?) {
    switch verdict?.outcome {
    case .pass: (kind, word) = ("pass", "Pass")
    case .warn: (kind, word) = ("warn", "Pass with warnings")
    case .fail: (kind, word) = ("fail", "Fail")
    case .incomplete: (kind, word) = ("open", "Incomplete")
    case nil: (kind, word) = ("open", "Not judged")
    }
    code = verdict?.predictions.first?.code
    service = [verdict?.provider.rawValue, verdict?.mode?.rawValue].compactMap { $0 }
      .joined(separator: " ")
    step = verdict?.nextStep?.text
    remedy =
      switch verdict?.nextStep?.remedy {
      case .retake:
        verdict?.outcome == .fail ? "A new recording is needed." : "A new recording would help."
      case .repair: "vprep can repair it."
      case .request: "The integrator can change it."
      case nil: nil
      }
  }
}

/// One cause, with the codes that follow from it.
struct CauseView {
  /// One code of a cause.
  struct Line {
    let kind: String
    let severity: String
    let code: String
    let measure: String
    let value: String
    let limit: String
    let provenance: String
    let source: String
    let explanation: String
  }

  let advice: String
  var lines: [Line]

  /// The predictions of a verdict, those with the same advice together.
  static func all(_ verdict: Verdict) -> [CauseView] {
    var causes: [CauseView] = []
    for prediction in verdict.predictions {
      let line = Line(prediction)
      if let index = causes.firstIndex(where: { $0.advice == prediction.advice }) {
        causes[index].lines.append(line)
      } else {
        causes.append(CauseView(advice: prediction.advice, lines: [line]))
      }
    }
    return causes
  }
}

extension CauseView.Line {
  init(_ prediction: Prediction) {
    let unit = Measure.named(prediction.measure)?.unit
    func text(_ value: ReportValue?) -> String {
      switch value {
      case .number(let number): unit?.text(number) ?? "\(number)"
      case .text(let text): text.printable
      case nil: "–"
      }
    }
    self.init(
      kind: prediction.severity.rawValue,
      severity: prediction.severity == .fail ? "Fails" : "Warns", code: prediction.code,
      measure: prediction.measure, value: text(prediction.value), limit: text(prediction.limit),
      provenance: prediction.provenance.rawValue, source: prediction.source,
      explanation: prediction.integratorAdvice)
  }
}

/// How the clip was fitted.
struct FitView {
  let action: String
  let reasons: [String]
  let window: String?
  /// Before and after; empty where nothing was written.
  let rows: [Row]
  let isWritten: Bool

  /// One property before and after.
  struct Row {
    let name: String
    let before: String
    let after: String
  }

  init(_ fit: FitReport, input: InputReport) {
    action = fit.skipped == nil ? fit.action.rawValue : "none"
    reasons = (fit.skipped.map { [$0] } ?? fit.reasons).map(\.printable)
    window = fit.window.map {
      "Keeps \(MeasureUnit.seconds.text($0.start)) to \(MeasureUnit.seconds.text($0.end)): \($0.why)"
    }
    isWritten = fit.output != nil
    guard let output = fit.output else {
      rows = []
      return
    }
    func bytes(_ count: Int) -> String { MeasureUnit.bytes.text(Double(count)) }
    rows = [
      Row(name: "Size", before: bytes(input.bytes), after: bytes(output.bytes)),
      Row(
        name: "Duration", before: MeasureUnit.seconds.text(input.durationSeconds),
        after: MeasureUnit.seconds.text(output.durationSeconds)),
      Row(
        name: "Picture", before: "\(input.video.displayWidth) × \(input.video.displayHeight)",
        after: "\(output.width) × \(output.height)"),
      Row(
        name: "Codecs", before: [input.video.codec, input.audio?.codec].text,
        after: [output.videoCodec, output.audioCodec].text),
      Row(name: "Container", before: input.container, after: output.container),
    ]
  }
}

extension [String?] {
  /// The names that there are, as a list.
  fileprivate var text: String { compactMap { $0 }.joined(separator: ", ").printable }
}

/// A preview picture.
struct PreviewView {
  let image: String
  let width: Int
  let height: Int
  let caption: String

  init(_ preview: PreviewReport) {
    image = preview.image
    (width, height) = (preview.width, preview.height)
    caption =
      "\(MeasureUnit.seconds.text(preview.t)), \(preview.width) × \(preview.height), score "
      + preview.score.formatted(decimals: 2) + ". " + preview.reason
  }
}

/// What the service would refuse in the request.
struct FindingView {
  let code: String
  let message: String

  init(_ finding: LintFinding) {
    (code, message) = (finding.code, finding.message.printable)
  }
}

/// A fact about the file.
struct FactView {
  let name: String
  let value: String

  static func all(_ report: ReportDocument) -> [FactView] {
    let input = report.input
    let video = input.video
    let sound = input.audio.map {
      "\($0.codec), \($0.sampleRate) Hz, \($0.channels == 1 ? "mono" : "\($0.channels) channels")"
    }
    var facts = [
      FactView(name: "File", value: input.path.printable),
      FactView(
        name: "Size and container",
        value: MeasureUnit.bytes.text(Double(input.bytes)) + ", " + input.container),
      FactView(
        name: "Duration",
        value: MeasureUnit.seconds.text(input.durationSeconds) + ", \(video.frames) frames"),
      FactView(
        name: "Video",
        value: "\(video.codec), \(video.displayWidth) × \(video.displayHeight), "
          + MeasureUnit.framesPerSecond.text(video.frameRate)
          + (video.hdr ? ", HDR" : "") + (video.rotation == 0 ? "" : ", turned \(video.rotation)°")),
      FactView(name: "Sound", value: sound?.printable ?? "none"),
    ]
    if let photo = report.photo {
      facts.append(
        FactView(
          name: "Photo",
          value: "\(photo.path.printable), \(photo.width) × \(photo.height), \(photo.format)"))
    }
    return facts
  }
}
