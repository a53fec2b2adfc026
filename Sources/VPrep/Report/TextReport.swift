public import ProviderRules

/// A report for people: one screen, the worst problem first, and what to do about it.
public struct TextReport: Sendable {
  /// The whole text, without a final line end.
  public let text: String

  /// Writes a report.
  ///
  /// - Parameter color: adds ANSI colours, for terminals.
  public init(_ report: Report, color: Bool) {
    var page = Page(color: color)
    page.input(report.input)
    if let verdict = report.verdict { page.verdict(verdict, title: "verdict") }
    if let photo = report.photo { page.photo(photo) }
    if let lint = report.lint { page.lint(lint) }
    if let fit = report.fit { page.fit(fit) }
    if let output = report.outputVerdict, report.fit?.action != .passthrough {
      page.verdict(output, title: "output")
    }
    page.previews(report.previews)
    if let verdict = report.outputVerdict ?? report.verdict { page.open(verdict) }
    text = page.lines.joined(separator: "\n")
  }
}

/// The lines of a text report as they come together.
private struct Page {
  let color: Bool
  var lines: [String] = []

  private enum Ink: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
  }

  init(color: Bool) { self.color = color }

  private func paint(_ text: String, _ ink: Ink) -> String {
    color ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }

  private mutating func row(_ name: String, _ text: String) {
    lines.append(name + String(repeating: " ", count: max(1, 10 - name.count)) + text)
  }

  mutating func input(_ input: InputReport) {
    row("clip", paint(input.path, .bold) + ", \(input.bytes) bytes, \(input.container)")
    let video = input.video
    var picture =
      "\(video.displayWidth)×\(video.displayHeight) \(video.codec), "
      + "\(video.frameRate.formatted(decimals: 2)) fps"
    if video.variableFrameRate { picture += " (variable)" }
    if video.rotation != 0 { picture += ", rotated \(video.rotation)°" }
    if video.hdr { picture += ", HDR" }
    let sound = input.audio.map {
      "\($0.codec) \($0.sampleRate) Hz, \($0.channels == 1 ? "mono" : "\($0.channels) channels")"
    }
    let seconds = "\(input.durationSeconds.formatted(decimals: 2)) s, \(video.frames) frames"
    row("", "\(seconds); \(picture); \(sound ?? "no sound")")
    for warning in input.warnings { row("", paint("note: \(warning)", .dim)) }
  }

  mutating func verdict(_ verdict: Verdict, title: String) {
    let who = [verdict.provider.rawValue, verdict.mode?.rawValue].compactMap { $0 }
      .joined(separator: " ")
    row(title, outcome(verdict.outcome) + " for \(who)")
    for prediction in verdict.predictions.prefix(Self.mostPredictions) {
      let ink: Ink = prediction.severity == .fail ? .red : .yellow
      row(
        "",
        paint(prediction.severity.rawValue, ink) + " " + paint(prediction.code, .bold)
          + "  " + values(prediction))
      row("", "  → " + prediction.advice)
    }
    let more = verdict.predictions.count - Self.mostPredictions
    if more > 0 { row("", paint("and \(more) more; --json has them all", .dim)) }
  }

  /// What fits on a screen with everything else.
  private static let mostPredictions = 6

  private func outcome(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: paint("pass", .green)
    case .warn: paint("pass with warnings", .yellow)
    case .fail: paint("fail", .red)
    case .incomplete: paint("incomplete", .yellow)
    }
  }

  private func values(_ prediction: Prediction) -> String {
    var text = prediction.measure
    if let value = prediction.value { text += " \(value.text)" }
    if let limit = prediction.limit { text += ", limit \(limit.text)" }
    return paint("\(text) (\(prediction.provenance.rawValue))", .dim)
  }

  mutating func photo(_ photo: PhotoReport) {
    let faces = photo.faceCount.map { ", \($0 == 1 ? "1 face" : "\($0) faces")" } ?? ""
    row(
      "photo",
      paint(photo.path, .bold) + ", \(photo.bytes) bytes, \(photo.width)×\(photo.height) "
        + photo.format + faces)
  }

  mutating func lint(_ findings: [LintFinding]) {
    if findings.isEmpty { row("request", paint("nothing to object to", .green)) }
    for (index, finding) in findings.enumerated() {
      row(
        index == 0 ? "request" : "",
        paint("fail", .red) + " " + paint(finding.code, .bold))
      row("", "  → " + finding.message)
    }
  }

  mutating func fit(_ fit: FitReport) {
    let title = fit.output == nil ? "plan" : "fit"
    row(title, paint(fit.action.rawValue, .bold) + ": " + fit.reasons.joined(separator: "; "))
    if let window = fit.window {
      row(
        "",
        "keeps \(window.start.formatted(decimals: 2))–\(window.end.formatted(decimals: 2)) s: "
          + window.why)
    }
    if let output = fit.output { self.output(output) }
    if let worsened = fit.worsened, !worsened.isEmpty {
      row("", paint("the fit made worse: " + worsened.joined(separator: ", "), .yellow))
    }
  }

  private mutating func output(_ output: FitReport.Output) {
    row(
      "",
      paint(output.path, .bold)
        + ", \(output.bytes) bytes (\(output.base64Bytes) as Base64), \(output.container)")
    let sound = output.audioCodec ?? "no sound"
    row(
      "",
      "\(output.durationSeconds.formatted(decimals: 2)) s, \(output.width)×\(output.height) "
        + "\(output.videoCodec), \(sound)\(output.verified ? ", verified" : "")")
  }

  mutating func previews(_ previews: [PreviewReport]) {
    for preview in previews {
      row(
        "preview",
        "\(preview.width)×\(preview.height) at \(preview.t.formatted(decimals: 2)) s, "
          + "\(preview.bytes) bytes")
    }
  }

  mutating func open(_ verdict: Verdict) {
    if verdict.outcome == .incomplete {
      let codes = verdict.unmeasured.filter { $0.reason == .facesNotMeasured }
      if !codes.isEmpty {
        row("open", "the face was not measured: there is no face model (see vprep doctor)")
      }
    }
    if !verdict.unpredictable.isEmpty {
      row(
        "",
        paint(
          "\(verdict.unpredictable.count) codes only the server can decide; see vprep codes", .dim))
    }
  }
}

extension ReportValue {
  /// The value as people read it.
  fileprivate var text: String {
    switch self {
    case .number(let number):
      number == number.rounded() ? number.formatted(decimals: 0) : number.formatted(decimals: 2)
    case .text(let text): text
    }
  }
}
