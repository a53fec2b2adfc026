import VPrep

/// What was or can be repaired, and the facts of the files.
extension ReportWriter {
  /// What a repair has mended, or could.
  var repair: [String] {
    guard let verdict = report.verdict else { return [] }
    if let output {
      let gone = verdict.predictions.filter { old in
        !output.predictions.contains { $0.code == old.code && $0.measure == old.measure }
      }
      return TextCause.all(in: gone).flatMap {
        page.lines(Span("repaired", .green), spans(of: $0))
      }
    }
    let causes = TextCause.all(in: verdict.predictions)
    let mended = causes.filter { $0.evidence.remedy == .repair }
    guard report.fit == nil, !mended.isEmpty else { return [] }
    var codes: [String] = []
    for code in mended.flatMap(\.codes) where !codes.contains(code) { codes.append(code) }
    let names = codes.map(brief).joined(separator: ", ")
    let rest = mended.count < causes.count ? ", but not the rest" : ""
    return page.lines(Span("repair"), [Span("vprep fit and vprep prep mend \(names)\(rest)")])
  }

  /// What was done, or would be, and the file that came of it.
  var fit: [String] {
    guard let fit = report.fit else { return [] }
    if let skipped = fit.skipped {
      return page.lines(Span("fit"), [Span("none", .bold), Span(": " + skipped.printable)])
        + page.lines([Span("--even-if-hopeless encodes it all the same", .dim)])
    }
    var lines: [String] = []
    if !fit.unmet.isEmpty {
      let codes = fit.unmet.map(brief).joined(separator: ", ")
      lines += page.lines(
        Span("unmet", .red), [Span("documented limits that no fit can mend: \(codes)".printable)])
    }
    lines += page.lines(
      Span(fit.output == nil ? "plan" : "fit"),
      [Span(fit.action.rawValue, .bold), Span(": " + reasons(fit.reasons).printable)])
    if let window = fit.window {
      let (start, end) = (window.start.formatted(decimals: 2), window.end.formatted(decimals: 2))
      lines += page.lines(Span("keeps"), [Span("\(start)–\(end)\u{A0}s: \(window.why)".printable)])
    }
    if let worsened = fit.worsened, !worsened.isEmpty {
      let codes = worsened.map(brief).joined(separator: ", ")
      lines += page.lines([Span("the fit made worse: \(codes)".printable, .yellow)])
    }
    return lines
  }

  /// Reasons on one line: sentences follow each other, phrases are divided.
  private func reasons(_ reasons: [String]) -> String {
    reasons.joined(separator: reasons.allSatisfy { $0.hasSuffix(".") } ? " " : "; ")
  }

  // MARK: - Files

  /// The facts of each file, what is sent first.
  var files: [String] { outputFile + previews + clip + photo }

  private var outputFile: [String] {
    guard let output = report.fit?.output else { return [] }
    let audio = output.audioCodec ?? "no sound"
    return file(
      "output", output.path,
      """
      \(size(output.bytes)) (\(size(output.base64Bytes)) as Base64), \(output.container), \
      \(output.durationSeconds.formatted(decimals: 2))\u{A0}s, \(output.width)×\(output.height) \
      \(output.videoCodec), \(audio)\(output.verified ? ", verified" : "")
      """)
  }

  private var previews: [String] {
    if let reason = report.noPreviews {
      return page.lines(Span("preview"), [Span("none: \(reason.text)", .dim)])
    }
    guard !report.previews.isEmpty else { return [] }
    let pictures = report.previews.map {
      "\($0.width)×\($0.height) at \($0.t.formatted(decimals: 2))\u{A0}s, \(size($0.bytes))"
    }
    return page.lines(Span("preview"), [Span(pictures.joined(separator: "; "), .dim)])
  }

  private var clip: [String] {
    let input = report.input
    let video = input.video
    var facts =
      "\(size(input.bytes)), \(input.container), \(input.durationSeconds.formatted(decimals: 2))\u{A0}s, "
      + "\(video.frames)\u{A0}frames, \(video.displayWidth)×\(video.displayHeight) \(video.codec), "
      + "\(Self.rate(video.frameRate))\u{A0}fps"
    if video.variableFrameRate { facts += " (variable)" }
    if video.rotation != 0 { facts += ", rotated \(video.rotation)°" }
    if video.hdr { facts += ", HDR" }
    facts +=
      input.audio.map {
        ", \($0.codec) \($0.sampleRate)\u{A0}Hz, "
          + ($0.channels == 1 ? "mono" : "\($0.channels)\u{A0}channels")
      } ?? ", no sound"
    return file("clip", input.path, facts)
      + input.warnings.flatMap { page.lines(Span("note", .dim), [Span($0.printable, .dim)]) }
  }

  private var photo: [String] {
    guard let photo = report.photo else { return [] }
    let faces = photo.faceCount.map { ", \($0 == 1 ? "1 face" : "\($0) faces")" } ?? ""
    return file(
      "photo", photo.path,
      "\(size(photo.bytes)), \(photo.format), \(photo.width)×\(photo.height)\(faces)")
  }

  private func file(_ name: String, _ path: String, _ facts: String) -> [String] {
    page.lines(Span(name), [Span(path.printable), Span(": " + facts.printable, .dim)])
  }

  private static func rate(_ value: Double) -> String {
    value == value.rounded() ? value.formatted(decimals: 0) : value.formatted(decimals: 2)
  }

  private func size(_ bytes: Int) -> String { MeasureUnit.bytes.unbrokenText(Double(bytes)) }
}
