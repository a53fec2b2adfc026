import VPrep

/// A report for people: one screen of 80 columns and 24 lines, the worst problem first, and what to
/// do about it.
struct TextReport: Sendable {
  /// The whole text, without a final line end.
  let text: String

  /// Writes a report.
  ///
  /// - Parameter color: adds ANSI colours, for terminals.
  init(_ report: ReportDocument, color: Bool) {
    text = Writer(report, page: TextPage(color: color)).lines.joined(separator: "\n")
  }
}

/// Puts a report together: what must be said first, then as many predictions as there is room for.
private struct Writer {
  typealias Span = TextPage.Span

  let report: ReportDocument
  let page: TextPage

  init(_ report: ReportDocument, page: TextPage) {
    self.report = report
    self.page = page
  }

  /// The verdict on the file that was written, where it is not the clip itself.
  private var output: Verdict? {
    report.fit?.action == .passthrough ? nil : report.outputVerdict
  }

  /// The verdict on what will be sent.
  private var decisive: Verdict? { output ?? report.verdict }

  /// The report's lines.
  ///
  /// Every section but the predictions is bounded: 19 lines with everything at its longest, so that
  /// the worst problem always has room.
  var lines: [String] {
    let tail = previews + closing
    let request = request
    let photo = photo
    let fit = fit
    let input = input
    let heads = (report.verdict == nil ? 0 : 1) + (output == nil ? 0 : 1)
    var room = TextPage.height - input.count - photo.count - fit.count - heads - tail.count
    let reserved = request.first?.count ?? 0
    room -= reserved
    // What was wrong with the clip and is mended gets what the output leaves.
    let last = output.map { entries($0, withAdvice: true) } ?? []
    let outputLines = fitted(last, in: room - (repaired.isEmpty ? 0 : 1))
    let first =
      output == nil ? report.verdict.map { entries($0, withAdvice: true) } ?? [] : repaired
    let verdictLines = fitted(first, in: room - outputLines.count)
    room -= outputLines.count + verdictLines.count
    return input + head(report.verdict, "verdict") + verdictLines + photo
      + fitted(request, in: reserved + room) + fit
      + head(output, "output") + outputLines + tail
  }

  // MARK: - The clip

  private var input: [String] {
    let input = report.input
    let video = input.video
    var facts =
      "\(input.durationSeconds.formatted(decimals: 2)) s, \(video.frames) frames; "
      + "\(video.displayWidth)×\(video.displayHeight) \(video.codec), "
      + "\(video.frameRate.formatted(decimals: 2)) fps"
    if video.variableFrameRate { facts += " (variable)" }
    if video.rotation != 0 { facts += ", rotated \(video.rotation)°" }
    if video.hdr { facts += ", HDR" }
    facts +=
      "; "
      + (input.audio.map {
        "\($0.codec) \($0.sampleRate) Hz, "
          + ($0.channels == 1 ? "mono" : "\($0.channels) channels")
      } ?? "no sound")
    var lines =
      file("clip", input.path, ", \(input.bytes) bytes, \(input.container)")
      + page.lines("", [Span(facts)], most: 2)
    if let first = input.warnings.first {
      let others = input.warnings.count - 1
      let more = others > 0 ? "; and \(others) more" : ""
      lines += page.lines("", [Span("note: \(first)\(more)".printable, .dim)], most: 1)
    }
    return lines
  }

  /// One line with a file's name and what there is to say of it.
  private func file(_ name: String, _ path: String, _ facts: String) -> [String] {
    let room = TextPage.width - TextPage.indent - facts.count
    let path = TextPage.shortened(path.printable, to: max(16, room))
    return page.lines(name, [Span(path, .bold), Span(facts)], most: 1)
  }

  private var photo: [String] {
    guard let photo = report.photo else { return [] }
    let faces = photo.faceCount.map { ", \($0 == 1 ? "1 face" : "\($0) faces")" } ?? ""
    return file(
      "photo", photo.path,
      ", \(photo.bytes) bytes, \(photo.width)×\(photo.height) \(photo.format)\(faces)")
  }

  /// One entry for each finding about the request, or one that there is none.
  private var request: [[String]] {
    guard let findings = report.lint else { return [] }
    if findings.isEmpty { return [page.lines("request", [Span("nothing to object to", .green)])] }
    return findings.enumerated().map { index, finding in
      page.lines(
        index == 0 ? "request" : "",
        [Span("fail", .red), Span(" "), Span(brief(finding.code), .bold)], most: 1)
        + page.lines(
          "", [Span("→ " + finding.message.printable)], first: 5, hanging: 7, most: 2)
    }
  }

  // MARK: - Verdicts

  private func head(_ verdict: Verdict?, _ title: String) -> [String] {
    guard let verdict else { return [] }
    let who = [verdict.provider.rawValue, verdict.mode?.rawValue].compactMap { $0 }
    let outcome =
      switch verdict.outcome {
      case .pass: Span("pass", .green)
      case .warn: Span("pass with warnings", .yellow)
      case .fail: Span("fail", .red)
      case .incomplete: Span("incomplete", .yellow)
      }
    return page.lines(title, [outcome, Span(" for " + who.joined(separator: " "))])
  }

  /// Predictions about the clip that the output no longer earns.
  private var repaired: [[String]] {
    guard let verdict = report.verdict, let output else { return [] }
    var gone = verdict
    gone.predictions.removeAll { old in
      output.predictions.contains { $0.code == old.code && $0.measure == old.measure }
    }
    return entries(gone, withAdvice: false)
  }

  /// One entry for each prediction; advice that was just given is not given again.
  private func entries(_ verdict: Verdict, withAdvice: Bool) -> [[String]] {
    var given: Set<String> = []
    return verdict.predictions.map { prediction in
      var lines = page.lines(
        "",
        [
          Span(prediction.severity.rawValue, prediction.severity == .fail ? .red : .yellow),
          Span(" "), Span(brief(prediction.code), .bold), Span(" "), values(prediction),
        ], hanging: 5, most: 2)
      if withAdvice, given.insert(prediction.advice).inserted {
        lines += page.lines("", [Span("→ " + prediction.advice)], first: 5, hanging: 7, most: 2)
      }
      return lines
    }
  }

  /// As many entries as there is room for, and a line that counts the rest.
  private func fitted(_ entries: [[String]], in room: Int) -> [String] {
    var lines: [String] = []
    for (index, entry) in entries.enumerated() {
      // The worst problem is named even where no line is left to count the others.
      let isLast = index == entries.count - 1 || index == 0 && entry.count == room
      guard lines.count + entry.count + (isLast ? 0 : 1) <= room else {
        let more = "and \(entries.count - index) more; --json has them all"
        return room > lines.count ? lines + page.lines("", [Span(more, .dim)]) : lines
      }
      lines += entry
    }
    return lines
  }

  private func values(_ prediction: Prediction) -> Span {
    var text = prediction.measure
    if let value = prediction.value { text += " \(value.text)" }
    if let limit = prediction.limit { text += ", limit \(limit.text)" }
    return Span("\(text) (\(prediction.provenance.rawValue))".printable, .dim)
  }

  /// A code without the prefix that all of the provider's codes share.
  private func brief(_ code: String) -> String {
    let prefix = report.verdict?.provider.codePrefix ?? ""
    return code.hasPrefix(prefix) ? String(code.dropFirst(prefix.count)) : code
  }

  // MARK: - The output

  private var fit: [String] {
    guard let fit = report.fit else { return [] }
    if let skipped = fit.skipped {
      return page.lines("fit", [Span("none", .bold), Span(": " + skipped)], most: 2)
        + page.lines("", [Span("--even-if-hopeless encodes it all the same", .dim)])
    }
    var lines = page.lines(
      fit.output == nil ? "plan" : "fit",
      [Span(fit.action.rawValue, .bold), Span(": " + fit.reasons.joined(separator: "; "))],
      most: 2)
    if let window = fit.window {
      let (start, end) = (window.start.formatted(decimals: 2), window.end.formatted(decimals: 2))
      lines += page.lines("", [Span("keeps \(start)–\(end) s: \(window.why)")], most: 1)
    }
    if let output = fit.output { lines += self.output(output) }
    if let worsened = fit.worsened, !worsened.isEmpty {
      let codes = worsened.map(brief).joined(separator: ", ")
      lines += page.lines("", [Span("the fit made worse: " + codes, .yellow)], most: 1)
    }
    return lines
  }

  private func output(_ output: FitReport.Output) -> [String] {
    let audio = output.audioCodec ?? "no sound"
    return file(
      "", output.path,
      ", \(output.bytes) bytes (\(output.base64Bytes) as Base64), \(output.container)")
      + page.lines(
        "",
        [
          Span(
            "\(output.durationSeconds.formatted(decimals: 2)) s, \(output.width)×\(output.height) "
              + "\(output.videoCodec), \(audio)\(output.verified ? ", verified" : "")")
        ], most: 1)
  }

  private var previews: [String] {
    guard !report.previews.isEmpty else { return [] }
    let pictures = report.previews.map {
      "\($0.width)×\($0.height) at \($0.t.formatted(decimals: 2)) s, \($0.bytes) bytes"
    }
    return page.lines("preview", [Span(pictures.joined(separator: "; "))], most: 1)
  }

  // MARK: - The end

  private var closing: [String] {
    guard let verdict = decisive else { return [] }
    return seen(verdict) + open(verdict)
      + (verdict.unpredictable.isEmpty
        ? []
        : page.lines(
          "",
          [
            Span(
              "\(verdict.unpredictable.count) codes only the server can decide; see vprep codes",
              .dim)
          ]))
  }

  /// What the person did, where the provider asks for movements.
  private func seen(_ verdict: Verdict) -> [String] {
    guard verdict.mode == .action, let actions = report.measurements?.motion.actions else {
      return []
    }
    let text = actions.map {
      "\($0.kind.text) \($0.start.formatted(decimals: 2))–\($0.end.formatted(decimals: 2)) s"
    }
    let all = text.isEmpty ? "no movement" : text.joined(separator: ", ")
    return page.lines("seen", [Span(all)], most: 1)
  }

  /// What was asked and could not be answered.
  private func open(_ verdict: Verdict) -> [String] {
    if verdict.unmeasured.contains(where: { $0.reason == .facesNotMeasured }) {
      return page.lines(
        "open", [Span("the face was not measured: there is no face model (see vprep doctor)")],
        most: 1)
    }
    var codes: [String] = []
    for rule in verdict.unmeasured
    where rule.reason == .notDecided || rule.reason.leavesVerdictOpen {
      let code = brief(rule.code)
      if !codes.contains(code) { codes.append(code) }
    }
    if codes.isEmpty { return [] }
    return page.lines("open", [Span("not decided: " + codes.joined(separator: ", "))], most: 1)
  }
}
