import VPrep

/// A code for people: what it means, when it is predicted, and what helps.
struct CodeText {
  private typealias Span = TextPage.Span

  private let page: TextPage
  private let listings: [CodeListing]

  init(_ listings: [CodeListing], page: TextPage) {
    self.listings = listings
    self.page = page
  }

  /// The whole text, without a final line end.
  var text: String {
    let parts = listings.map { lines($0).joined(separator: "\n") }
    return (parts + [legend.joined(separator: "\n")]).filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }

  private func lines(_ listing: CodeListing) -> [String] {
    let code = listing.code
    let modes =
      code.modes.isEmpty && !code.provider.modes.isEmpty ? " in every mode" : Self.text(code.modes)
    var lines = page.lines(
      [Span(code.code, .bold), Span(" of \(code.provider.rawValue)\(modes)")], indent: 0)
    lines += page.lines([Span(code.meaning)], indent: 2)
    lines += [""] + row("known", code.kind.text)
    lines += row("charged", code.charged.map { $0 ? "yes" : "no" } ?? "no document says so")
    if let status = code.httpStatus { lines += row("HTTP", "\(status)") }
    if !code.aliases.isEmpty { lines += row("also", code.aliases.joined(separator: ", ")) }
    for rule in listing.rules { lines += [""] + self.lines(rule, of: code) }
    if !listing.refusals.isEmpty {
      lines += [""] + row("file", "answered to a file that cannot be read")
      lines += advice(listing.refusals)
    }
    return lines
  }

  private func lines(_ rule: RuleDescription, of code: ProviderCode) -> [String] {
    let modes = rule.modes == code.modes ? "" : Self.text(rule.modes)
    let name = rule.code == code.code ? "" : " (\(rule.code))"
    var lines = page.lines(
      Span("rule"), [Span(rule.measure, .bold), Span(": \(rule.summary)\(modes)\(name)")])
    if rule.aggregation != Aggregation.whole.rawValue { lines += row("frames", rule.aggregation) }
    if let condition = rule.condition { lines += row("asked", condition) }
    if let warn = rule.warn { lines += limit("warn", .yellow, warn) }
    if let fail = rule.fail {
      let rest = rule.failsIn.isEmpty ? "" : "; fails\(Self.text(rule.failsIn)), elsewhere it warns"
      lines += limit("fail", .red, fail, rest)
    }
    return lines + advice(rule.advice)
  }

  private func limit(
    _ name: String, _ ink: TextPage.Ink, _ limit: RuleDescription.LimitDescription,
    _ rest: String = ""
  ) -> [String] {
    let text = limit.text.replacing(" %", with: "\u{A0}%")
    return page.lines(
      Span(name, ink),
      [Span(text + rest), Span(" (\(limit.provenance.rawValue): \(limit.source))", .dim)])
  }

  private func advice(_ advice: [AdviceDescription]) -> [String] {
    advice.flatMap {
      page.lines(
        Span("advice", .dim),
        [Span($0.text), Span(" (\($0.id.rawValue), \($0.remedy.rawValue))", .dim)])
    }
  }

  /// What the words mean that were used.
  private var legend: [String] {
    let limits = listings.flatMap(\.rules).flatMap { [$0.warn, $0.fail].compactMap { $0 } }
    let advice = listings.flatMap(\.rules).flatMap(\.advice) + listings.flatMap(\.refusals)
    let words =
      Provenance.allCases.filter { word in limits.contains { $0.provenance == word } }
      .map { ($0.rawValue, $0.text) }
      + Remedy.allCases.filter { word in advice.contains { $0.remedy == word } }
      .map { ($0.rawValue, $0.text) }
    return words.flatMap { page.lines([Span("\($0.0): \($0.1)", .dim)], indent: 0) }
  }

  private func row(_ name: String, _ text: String) -> [String] {
    page.lines(Span(name, .dim), [Span(text.printable)])
  }

  private static func text(_ modes: [ProviderMode]) -> String {
    modes.isEmpty ? "" : " in " + modes.map(\.rawValue).joined(separator: " and ")
  }
}

extension ProviderCode.Kind {
  fileprivate var text: String {
    switch self {
    case .predict: "predicted from the clip or the photo"
    case .lint: "predicted from the request's parameters (--request)"
    case .server: "only the service can know; never predicted"
    }
  }
}

extension RuleDescription {
  /// When the rule is asked, where that is not always.
  fileprivate var condition: String? {
    switch applies {
    case "withoutFaces": "where no face could be read"
    case "faceOcclusionDetection": "with face_occlusion_detection=1"
    case "eyeCloseDetection": "unless eye_close_detection=0"
    case "actions": "where the request asks for the movement"
    default: nil
    }
  }
}
