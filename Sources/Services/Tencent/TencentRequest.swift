/// The request of a Tencent API: what all of them take, and the files as the one API takes them.
struct TencentRequest: Sendable {
  /// The API's name, the value of `Action`.
  let action: String
  /// The values of `LivenessType`.
  let types: [ProviderMode]
  /// The values of `ValidateData` in ACTION mode.
  let actions: ActionSequences
  /// What would be refused in the parameters that stand for the clip and the photo.
  let files: @Sendable ([String: RequestValue], FileDigests) -> [LintFinding]

  var rules: RequestRules { rules(clip: nil, photo: nil) }

  /// - Parameters:
  ///   - clip: the parameter that is the clip itself.
  ///   - photo: the parameter that is the photo itself.
  func rules(clip: String?, photo: String?) -> RequestRules {
    RequestRules(
      lint: { findings($0, $1) }, clipParameter: clip, photoParameter: photo, mode: { mode($0) },
      apply: { apply($0, &$1) }, contradiction: { contradiction($0, $1) })
  }

  /// Common parameters with the only values that they may have.
  ///
  /// SDKs and requests signed by TC3-HMAC-SHA256 send them as headers (`X-TC-Action` and so on), so
  /// the body need not have them.
  private var common: [(key: String, values: [String])] {
    [
      ("Action", [action]),
      ("Version", ["2018-03-01"]),
      ("Region", ["ap-bangkok", "ap-hongkong", "ap-singapore"]),
    ]
  }

  private func findings(
    _ parameters: [String: RequestValue], _ digests: FileDigests
  ) -> [LintFinding] {
    var findings: [LintFinding] = []
    for (name, values) in common {
      for key in [name, "X-TC-\(name)"] where parameters[key] != nil {
        findings += Self.required(key, parameters) { text in
          values.contains(text) ? nil : "must be \(Self.list(values))"
        }
      }
    }
    findings += files(parameters, digests)
    let names = types.map(\.livenessType)
    findings += Self.required("LivenessType", parameters) { text in
      names.contains(text) ? nil : "must be \(Self.list(names))"
    }
    return findings + validateData(parameters)
  }

  /// Four digits for LIP, a sequence of actions for ACTION, nothing for SILENT.
  private func validateData(_ parameters: [String: RequestValue]) -> [LintFinding] {
    let key = "ValidateData"
    guard let mode = mode(parameters) else { return [] }
    switch mode {
    case .lip:
      return Self.required(key, parameters) { text in
        let isCode = text.utf8.count == 4 && text.utf8.allSatisfy { (48...57).contains($0) }
        return isCode ? nil : "must be the four digits that are read aloud"
      }
    case .action:
      return Self.required(key, parameters) { text in
        actions.sequence(text) == nil ? "must be \(actions.text)" : nil
      }
    case .silent:
      guard let value = parameters[key], !value.isMissing else { return [] }
      return [Self.invalidValue(key, "must be left out in SILENT mode")]
    }
  }

  /// Checks a parameter that must be there; `check` gives what is wrong with its text.
  static func required(
    _ key: String, _ parameters: [String: RequestValue], check: (String) -> String?
  ) -> [LintFinding] {
    guard let value = parameters[key], !value.isMissing else {
      return [
        LintFinding(
          code: Tencent.Code.invalidParameter.rawValue, key: key, message: "\(key) is required.")
      ]
    }
    guard let text = value.string else {
      return [
        LintFinding(
          code: Tencent.Code.invalidParameter.rawValue, key: key,
          message: "\(key) must be a string.")
      ]
    }
    return check(text).map { [invalidValue(key, $0)] } ?? []
  }

  static func invalidValue(_ key: String, _ problem: String) -> LintFinding {
    LintFinding(
      code: Tencent.Code.invalidParameterValue.rawValue, key: key, message: "\(key) \(problem).")
  }

  private static func list(_ values: [String]) -> String {
    guard let last = values.last, values.count > 1 else { return values.joined() }
    return values.dropLast().joined(separator: ", ") + " or " + last
  }

  // MARK: - What the request says

  private func mode(_ parameters: [String: RequestValue]) -> ProviderMode? {
    let type = parameters["LivenessType"]?.string
    return types.first { $0.livenessType == type }
  }

  private func apply(
    _ parameters: [String: RequestValue], _ options: inout JudgeOptions
  ) {
    guard let actions = sequence(parameters) else { return }
    options.actions = actions
  }

  private func contradiction(
    _ parameters: [String: RequestValue], _ options: StatedOptions
  ) -> Contradiction? {
    if let wanted = options.mode, let asked = mode(parameters), asked != wanted {
      return Contradiction(
        option: .mode(wanted), parameter: "LivenessType", value: asked.livenessType)
    }
    if let wanted = options.actions, let asked = sequence(parameters), asked != wanted {
      return Contradiction(
        option: .actions(wanted), parameter: "ValidateData",
        value: asked.map(String.init).joined(separator: ","))
    }
    return nil
  }

  /// The sequence of actions that an ACTION request asks for; `nil` where it is none that exists.
  private func sequence(_ parameters: [String: RequestValue]) -> [Int]? {
    guard mode(parameters) == .action else { return nil }
    return parameters["ValidateData"]?.string.flatMap { actions.sequence($0) }
  }
}
