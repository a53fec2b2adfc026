/// The request of Tencent `VideoLivenessCompare`.
enum TencentRequest {
  static let rules = RequestRules(
    lint: findings, mode: mode, apply: apply, contradiction: contradiction)

  /// Common parameters with the only values that they may have.
  ///
  /// SDKs and requests signed by TC3-HMAC-SHA256 send them as headers (`X-TC-Action` and so on), so
  /// the body need not have them.
  private static let common: [(key: String, values: [String])] = [
    ("Action", ["VideoLivenessCompare"]),
    ("Version", ["2018-03-01"]),
    ("Region", ["ap-bangkok", "ap-hongkong", "ap-singapore"]),
  ]

  @Sendable private static func findings(
    _ parameters: [String: RequestValue], _ files: FileDigests
  ) -> [LintFinding] {
    var findings: [LintFinding] = []
    for (name, values) in common {
      for key in [name, "X-TC-\(name)"] where parameters[key] != nil {
        findings += required(key, parameters) { text in
          values.contains(text) ? nil : "must be \(list(values))"
        }
      }
    }
    findings += required("ImageUrl", parameters, check: url)
    findings += required("ImageMd5", parameters) { digest($0, of: files.image, "photo") }
    findings += required("VideoUrl", parameters, check: url)
    findings += required("VideoMd5", parameters) { digest($0, of: files.video, "video") }
    let types = ProviderMode.allCases.map(\.livenessType)
    findings += required("LivenessType", parameters) { text in
      types.contains(text) ? nil : "must be \(list(types))"
    }
    return findings + validateData(parameters)
  }

  /// Four digits for LIP, an order of the two actions for ACTION, nothing for SILENT.
  private static func validateData(_ parameters: [String: RequestValue]) -> [LintFinding] {
    let key = "ValidateData"
    guard let mode = mode(parameters) else { return [] }
    switch mode {
    case .lip:
      return required(key, parameters) { text in
        let isCode = text.utf8.count == 4 && text.utf8.allSatisfy { (48...57).contains($0) }
        return isCode ? nil : "must be the four digits that are read aloud"
      }
    case .action:
      return required(key, parameters) { text in
        sequences.keys.contains(text) ? nil : "must be 1,2 or 2,1"
      }
    case .silent:
      guard let value = parameters[key], !value.isMissing else { return [] }
      return [invalidValue(key, "must be left out in SILENT mode")]
    }
  }

  /// Checks a parameter that must be there; `check` gives what is wrong with its text.
  private static func required(
    _ key: String, _ parameters: [String: RequestValue], check: (String) -> String?
  ) -> [LintFinding] {
    guard let value = parameters[key], !value.isMissing else {
      return [LintFinding(code: "InvalidParameter", key: key, message: "\(key) is required.")]
    }
    guard let text = value.string else {
      return [LintFinding(code: "InvalidParameter", key: key, message: "\(key) must be a string.")]
    }
    return check(text).map { [invalidValue(key, $0)] } ?? []
  }

  private static func url(_ text: String) -> String? {
    for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
      let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
      let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
      return host.isEmpty || !isPlain
        ? "must be a URL with a host, percent-encoded" : nil
    }
    return "must be an http or https URL"
  }

  private static func digest(_ text: String, of file: String?, _ name: String) -> String? {
    let digits = text.lowercased()
    let isHex = digits.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard digits.utf8.count == 32, isHex else { return "must be 32 hexadecimal digits" }
    guard let file, file.lowercased() != digits else { return nil }
    return "does not match the \(name), whose MD5 is \(file.lowercased())"
  }

  private static func invalidValue(_ key: String, _ problem: String) -> LintFinding {
    LintFinding(code: "InvalidParameterValue", key: key, message: "\(key) \(problem).")
  }

  private static func list(_ values: [String]) -> String {
    guard let last = values.last, values.count > 1 else { return values.joined() }
    return values.dropLast().joined(separator: ", ") + " or " + last
  }

  // MARK: - What the request says

  /// The values of `ValidateData` in ACTION mode: 1 is to open the mouth, 2 to shut the eyes.
  private static let sequences = ["1,2": [1, 2], "2,1": [2, 1]]

  @Sendable private static func mode(_ parameters: [String: RequestValue]) -> ProviderMode? {
    let type = parameters["LivenessType"]?.string
    return ProviderMode.allCases.first { $0.livenessType == type }
  }

  @Sendable private static func apply(
    _ parameters: [String: RequestValue], _ options: inout JudgeOptions
  ) {
    guard let actions = actions(parameters) else { return }
    options.actions = actions
  }

  @Sendable private static func contradiction(
    _ parameters: [String: RequestValue], _ options: StatedOptions
  ) -> Contradiction? {
    if let wanted = options.mode, let asked = mode(parameters), asked != wanted {
      return Contradiction(
        option: .mode(wanted), parameter: "LivenessType", value: asked.livenessType)
    }
    if let wanted = options.actions, let asked = actions(parameters), asked != wanted {
      return Contradiction(
        option: .actions(wanted), parameter: "ValidateData",
        value: asked.map(String.init).joined(separator: ","))
    }
    return nil
  }

  /// The sequence of actions that an ACTION request asks for; `nil` where it is none that exists.
  private static func actions(_ parameters: [String: RequestValue]) -> [Int]? {
    guard mode(parameters) == .action else { return nil }
    return parameters["ValidateData"]?.string.flatMap { sequences[$0] }
  }
}
