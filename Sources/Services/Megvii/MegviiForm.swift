/// The parameters that Megvii's video APIs share.
struct MegviiForm {
  let parameters: [String: RequestValue]
  /// Optional parameters and the values that they may have.
  let choices: [(key: String, values: [String])]
  let limits: ProviderLimits

  /// The parameter that is the clip.
  static let clip = "video"
  /// Largest length of `biz_no` in characters.
  private static let longestBusinessNumber = 128

  /// What the service would refuse.
  ///
  /// - Parameter required: strings that must be there beside the key and the secret.
  func findings(required: [String]) -> [LintFinding] {
    var findings: [LintFinding] = []
    for key in ["api_key", "api_secret"] + required {
      if let value = parameters[key], !value.isMissing {
        if value.string == nil { findings.append(bad(key, "\(key) must be a string.")) }
      } else {
        findings.append(missing(key))
      }
    }
    findings += video
    if let value = parameters["biz_no"], value != .null {
      if let text = value.string {
        if text.count > Self.longestBusinessNumber {
          findings.append(
            bad(
              "biz_no",
              "biz_no has \(text.count) characters; at most \(Self.longestBusinessNumber) are "
                + "accepted."))
        }
      } else {
        findings.append(bad("biz_no", "biz_no must be a string."))
      }
    }
    for (key, values) in choices {
      guard let value = parameters[key], value != .null, !values.contains(value.string ?? "") else {
        continue
      }
      findings.append(bad(key, "\(key) must be one of \(values.joined(separator: ", "))."))
    }
    return findings
  }

  private var video: [LintFinding] {
    guard let value = parameters[Self.clip], !value.isMissing else { return [missing(Self.clip)] }
    guard case .file(let bytes) = value else {
      return [bad(Self.clip, "video must be uploaded as a file of the form.")]
    }
    let limit = limits.maximumBytes
    if bytes <= 0 { return [bad(Self.clip, "video is an empty file.")] }
    if bytes > limit {
      return [bad(Self.clip, "video has \(bytes) bytes; at most \(limit) are accepted.")]
    }
    return []
  }

  private func missing(_ key: String) -> LintFinding {
    LintFinding(
      code: Megvii.Code.missingArguments.naming(key), key: key, message: "\(key) is required.")
  }

  private func bad(_ key: String, _ message: String) -> LintFinding {
    LintFinding(code: Megvii.Code.badArguments.naming(key), key: key, message: message)
  }
}
