import VPrep

/// A report for people: what matters first.
///
/// The outcome with the first code, what to do next, one line of evidence a cause, what was or can be
/// repaired, and the facts of the files last.
struct TextReport: Sendable {
  /// The whole text, without a final line end.
  let text: String

  /// Writes a report.
  ///
  /// - Parameters:
  ///   - page: how wide and how coloured it is.
  ///   - isVerbose: adds each prediction in full sentences.
  init(_ report: ReportDocument, page: TextPage = TextPage(), isVerbose: Bool = false) {
    let writer = ReportWriter(report, page: page)
    text = (writer.lines + (isVerbose ? writer.details : [])).joined(separator: "\n")
  }
}

/// Puts a report together; the neighbouring files hold its parts.
struct ReportWriter {
  typealias Span = TextPage.Span

  let report: ReportDocument
  let page: TextPage

  init(_ report: ReportDocument, page: TextPage) {
    self.report = report
    self.page = page
  }

  /// The verdict on the file that was written, where it is not the clip itself.
  var output: Verdict? { report.fit?.action == .passthrough ? nil : report.outputVerdict }

  /// The verdict on what will be sent.
  var decisive: Verdict? { output ?? report.verdict }

  var lines: [String] {
    headline + nextStep + letThrough + request + evidence + openQuestions + seen + repair + fit
      + serverCodes + files
  }

  // MARK: - What matters first

  /// The outcome, the first code, and whose it is.
  private var headline: [String] {
    guard let verdict = decisive else { return [] }
    let findings = report.lint ?? []
    let outcome =
      switch findings.isEmpty ? verdict.outcome : .fail {
      case .pass: Span("pass", .green)
      case .warn: Span("pass with warnings", .yellow)
      case .fail: Span("fail", .red)
      case .incomplete: Span("incomplete", .yellow)
      }
    let who = [verdict.provider.rawValue, verdict.mode?.rawValue].compactMap { $0 }
    var spans = [outcome, Span(" for " + who.joined(separator: " "))]
    if let code = findings.first?.code ?? verdict.predictions.first?.code {
      spans += [Span(": "), Span(brief(code).printable, .bold)]
    }
    return page.lines(spans, indent: 0)
  }

  /// The one sentence for the person.
  private var nextStep: [String] {
    guard let step = decisive?.nextStep else { return [] }
    return page.lines(Span("→", .bold), [Span(step.text.printable, .bold)], indent: 2)
  }

  /// That a clip is to be sent although it is predicted to fail.
  private var letThrough: [String] {
    guard report.exploration?.chosen == true else { return [] }
    return page.lines(
      Span("explore"), [Span("send it all the same, to learn what the service says")])
  }

  /// One line a cause: predictions that are mended alike, or rest on one measurement, are one.
  private var evidence: [String] {
    guard let verdict = decisive else { return [] }
    return TextCause.all(in: verdict.predictions).flatMap { cause in
      page.lines(
        Span(cause.severity.rawValue, cause.severity == .fail ? .red : .yellow), spans(of: cause))
    }
  }

  /// A cause's codes and what was measured.
  func spans(of cause: TextCause) -> [Span] {
    let codes = cause.codes.map(brief).joined(separator: ", ")
    let measured = [cause.evidence.measure, cause.evidence.comparison].filter { !$0.isEmpty }
    return [Span("\(codes): \(measured.joined(separator: " "))".printable, .dim)]
  }

  /// A line for each finding about the request, or one that there is none.
  private var request: [String] {
    guard let findings = report.lint else { return [] }
    if findings.isEmpty {
      return page.lines(Span("request"), [Span("nothing to object to", .green)])
    }
    return findings.flatMap { finding in
      page.lines(
        Span("request", .red), [Span("\(brief(finding.code)): \(finding.message)".printable)])
    }
  }

  /// What was asked and could not be answered.
  private var openQuestions: [String] {
    guard let verdict = decisive else { return [] }
    if verdict.unmeasured.contains(where: { $0.reason == .facesNotMeasured }) {
      return page.lines(
        Span("open"), [Span("the face was not measured: there is no face model (see vprep doctor)")]
      )
    }
    var codes: [String] = []
    for rule in verdict.unmeasured
    where rule.reason == .notDecided || rule.reason.leavesVerdictOpen {
      let code = brief(rule.code)
      if !codes.contains(code) { codes.append(code) }
    }
    if codes.isEmpty { return [] }
    return page.lines(Span("open"), [Span("not decided: " + codes.joined(separator: ", "))])
  }

  /// What nobody but the server can answer, where nothing else speaks against the clip.
  private var serverCodes: [String] {
    guard let verdict = decisive, [.pass, .warn].contains(verdict.outcome),
      !verdict.unpredictable.isEmpty
    else { return [] }
    let count = verdict.unpredictable.count
    return page.lines(
      Span("server"),
      [Span("\(count) further codes only the server can decide; see vprep codes", .dim)])
  }

  /// What the person did, where the provider asks for movements.
  private var seen: [String] {
    guard decisive?.mode == .action, let actions = report.measurements?.motion.actions else {
      return []
    }
    let text = actions.map {
      "\($0.kind.text) \($0.start.formatted(decimals: 2))–\($0.end.formatted(decimals: 2)) s"
    }
    let all = text.isEmpty ? "no movement" : text.joined(separator: ", ")
    return page.lines(Span("seen"), [Span(all, .dim)])
  }

  /// A code without the prefix that all of the provider's codes share.
  func brief(_ code: String) -> String {
    let prefix = report.verdict?.provider.codePrefix ?? ""
    return code.hasPrefix(prefix) ? String(code.dropFirst(prefix.count)) : code
  }
}

/// What is wrong with a clip, and the predictions that say so.
struct TextCause {
  /// The worst of its predictions.
  let evidence: Prediction
  /// The codes of all, worst first.
  private(set) var codes: [String]

  var severity: Severity { evidence.severity }

  /// The causes of predictions, worst first.
  static func all(in predictions: [Prediction]) -> [TextCause] {
    var causes: [TextCause] = []
    for prediction in predictions {
      let known = causes.firstIndex { $0.evidence.sharesCause(with: prediction) }
      if let known {
        if !causes[known].codes.contains(prediction.code) {
          causes[known].codes.append(prediction.code)
        }
      } else {
        causes.append(TextCause(evidence: prediction, codes: [prediction.code]))
      }
    }
    return causes
  }
}

extension Prediction {
  /// Whether the person is told the same about both, or both are about one measurement.
  fileprivate func sharesCause(with other: Prediction) -> Bool {
    adviceID == other.adviceID && (adviceID != nil || advice == other.advice)
      || measure == other.measure && value == other.value
  }
}
