/// Tencent `VideoLivenessCompare` (request parameters).
extension RequestLinter {
  /// Common parameters with the only values that they may have.
  ///
  /// SDKs and requests signed by TC3-HMAC-SHA256 send them as headers (`X-TC-Action` and so on), so
  /// the body need not have them.
  private static let common: [(key: String, values: [String])] = [
    ("Action", ["VideoLivenessCompare"]),
    ("Version", ["2018-03-01"]),
    ("Region", ["ap-bangkok", "ap-hongkong", "ap-singapore"]),
  ]

  static func tencent(
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
    let type = parameters["LivenessType"]?.string
    guard let mode = ProviderMode.allCases.first(where: { $0.livenessType == type }) else {
      return []
    }
    switch mode {
    case .lip:
      return required(key, parameters) { text in
        let isCode = text.utf8.count == 4 && text.utf8.allSatisfy { (48...57).contains($0) }
        return isCode ? nil : "must be the four digits that are read aloud"
      }
    case .action:
      return required(key, parameters) { text in
        ["1,2", "2,1"].contains(text) ? nil : "must be 1,2 or 2,1"
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
}
