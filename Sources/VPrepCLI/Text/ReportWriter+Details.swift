import VPrep

/// Everything that the report knows, in full sentences: what `--verbose` adds.
extension ReportWriter {
  var details: [String] {
    let verdicts = [report.verdict, output].compactMap { $0 }
    let parts = verdicts.enumerated().flatMap { index, verdict in
      details(of: verdict, title: index == 0 ? "the clip" : "the output")
    }
    return parts + legend(verdicts)
  }

  private func details(of verdict: Verdict, title: String) -> [String] {
    var lines: [String] = []
    for prediction in verdict.predictions { lines += [""] + details(of: prediction, title) }
    let rest = unmeasured(verdict) + unpredictable(verdict) + tags(verdict)
    return lines + (rest.isEmpty ? [] : ["", title] + rest)
  }

  private func details(of prediction: Prediction, _ title: String) -> [String] {
    let isFailure = prediction.severity == .fail
    var lines = page.lines(
      Span(prediction.severity.rawValue, isFailure ? .red : .yellow),
      [Span(prediction.code.printable, .bold), Span(" on " + title)])
    let measure = Measure.named(prediction.measure)
    lines += row("measure", prediction.measure + (measure.map { ": " + $0.summary } ?? ""))
    if !prediction.comparison.isEmpty {
      // A fact of the file holds at all times.
      let window = measure?.need == .file ? nil : prediction.window
      lines += row("value", prediction.comparison + (window.map { ", \($0.text)" } ?? ""))
    }
    let whose = prediction.overridden ? "your own" : prediction.provenance.rawValue
    lines += row("limit", "\(whose): \(prediction.source)")
    lines += row("message", prediction.integratorAdvice)
    let id = prediction.adviceID.map { " (\($0.rawValue))" } ?? ""
    lines += row("advice", prediction.advice + id)
    if let remedy = prediction.remedy {
      lines += row("remedy", "\(remedy.rawValue): \(remedy.text)")
    }
    return lines
  }

  private func unmeasured(_ verdict: Verdict) -> [String] {
    var reasons: [UnmeasuredReason] = []
    for rule in verdict.unmeasured where !reasons.contains(rule.reason) {
      reasons.append(rule.reason)
    }
    return reasons.flatMap { reason in
      let rules = verdict.unmeasured.filter { $0.reason == reason }
      let names = rules.map { "\(brief($0.code)) (\($0.measure))" }.joined(separator: ", ")
      return row("open", "\(reason.text): \(names)")
    }
  }

  private func unpredictable(_ verdict: Verdict) -> [String] {
    guard !verdict.unpredictable.isEmpty else { return [] }
    let codes = verdict.unpredictable.map(brief).joined(separator: ", ")
    return row("server", "only the server can decide \(codes)")
  }

  private func tags(_ verdict: Verdict) -> [String] {
    guard !verdict.tags.isEmpty else { return [] }
    return row("tags", "noted without a refusal: " + verdict.tags.joined(separator: ", "))
  }

  /// What the words mean that tell where a limit comes from; those that were used.
  private func legend(_ verdicts: [Verdict]) -> [String] {
    let used = Set(verdicts.flatMap(\.predictions).filter { !$0.overridden }.map(\.provenance))
    let lines = Provenance.allCases.filter(used.contains).flatMap { provenance in
      page.lines([Span("\(provenance.rawValue): \(provenance.text)", .dim)], indent: 0)
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  private func row(_ name: String, _ text: String) -> [String] {
    page.lines(Span(name, .dim), [Span(text.printable)])
  }
}
