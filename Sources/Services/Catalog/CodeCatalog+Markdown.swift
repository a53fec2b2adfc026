extension CodeCatalog {
  /// The text of `Docs/provider-codes.md`, made from the tables that the judge reads.
  public static func markdown() -> String {
    let parts =
      [MarkdownText.introduction, measures]
      + ServiceProfile.defaults.flatMap { [codes(of: $0), limits(of: $0)] } + [MarkdownText.notes]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func codes(of profile: ServiceProfile) -> String {
    let rows = profile.codes.map { code in
      [
        "`\(code.code)`", modes(code.modes), code.kind.rawValue,
        code.httpStatus.map(String.init) ?? "–", code.charged.map { $0 ? "yes" : "no" } ?? "–",
        ([code.meaning] + code.aliases.map { "Also `\($0)`." }).joined(separator: " "),
      ]
    }
    return "## \(profile.title)\n\n"
      + table(["code", "modes", "class", "HTTP", "charged", "meaning"], rows)
  }

  private static func limits(of profile: ServiceProfile) -> String {
    let rows = profile.table.map { rule in
      let row = RuleDescription(rule)
      return [
        "`\(row.code)`", modes(row.modes), "`\(row.measure)`", row.aggregation,
        row.warn?.text ?? "–", fail(row), condition(rule), sources(row),
      ]
    }
    return "### Limits for \(profile.provider.rawValue)\n\n"
      + table(
        ["code", "modes", "measure", "frames", "warn", "fail", "asked", "source"], rows)
  }

  /// The limit for failing, with the modes in which it fails where those are not all.
  private static func fail(_ row: RuleDescription) -> String {
    guard let fail = row.fail else { return "–" }
    return row.failsIn.isEmpty || fail.overridden
      ? fail.text : "\(fail.text) in \(modes(row.failsIn)); a warning elsewhere"
  }

  private static var measures: String {
    let rows = Measure.all.map { measure in
      ["`\(measure.name)`", measure.unit.rawValue, measure.summary]
    }
    return "## Measures\n\n" + table(["measure", "unit", "what it is"], rows)
  }

  private static func modes(_ modes: [ProviderMode]) -> String {
    modes.isEmpty ? "all" : modes.map(\.rawValue).joined(separator: ", ")
  }

  /// When a rule is asked, in words.
  private static func condition(_ rule: Rule) -> String {
    if rule.tag != nil { return "noted as a tag, never refused" }
    return switch rule.applies {
    case .withoutFaces: "when no face could be read"
    case .faceOcclusionDetection: "with `face_occlusion_detection=1`"
    case .eyeCloseDetection: "unless `eye_close_detection=0`"
    case .actions: "with any action"
    case .action(.mouthOpen): "with action 1"
    case .action(.eyesClosed): "with action 2"
    case .action(.headNod): "with action 3"
    case .action(.headTurn): "with action 4"
    case .always:
      switch rule.measure.need {
      case .photo, .photoFaces: "with a photo"
      case .bandwidth: "with a bandwidth"
      default: "always"
      }
    }
  }

  /// Each limit's class and source; once where both have the same.
  private static func sources(_ row: RuleDescription) -> String {
    let named = [("warn", row.warn), ("fail", row.fail)].compactMap { name, limit in
      limit.map { (name, "\($0.provenance.rawValue): \($0.source)") }
    }
    guard let first = named.first else { return "–" }
    return named.allSatisfy { $0.1 == first.1 }
      ? first.1 : named.map { "\($0.0) \($0.1)" }.joined(separator: "; ")
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { "| " + $0.map(escaped).joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }

  private static func escaped(_ cell: String) -> String {
    cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
