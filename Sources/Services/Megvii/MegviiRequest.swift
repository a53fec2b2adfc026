/// The request of Megvii FaceID `validate_still` (H5-Raw-UploadVideo, parameters).
enum MegviiRequest {
  static let rules = RequestRules(
    lint: { parameters, _ in findings(parameters) }, clipParameter: "video", apply: apply,
    contradiction: contradiction)

  /// Largest length of `biz_no` in characters.
  private static let longestBusinessNumber = 128

  /// Optional parameters and their values.
  private static let choices: [(key: String, values: [String])] = [
    ("liveness_preference", ["none", "still_strict"]),
    ("return_image", ["0", "1", "2"]),
    ("return_multifaces_tag", ["0", "1"]),
    ("face_occlusion_detection", ["0", "1"]),
    ("eye_close_detection", ["0", "1"]),
  ]

  private static func findings(_ parameters: [String: RequestValue]) -> [LintFinding] {
    var findings: [LintFinding] = []
    for key in ["api_key", "api_secret"] {
      if let value = parameters[key], !value.isMissing {
        if value.string == nil { findings.append(bad(key, "\(key) must be a string.")) }
      } else {
        findings.append(missing(key))
      }
    }
    findings += video(parameters["video"])
    if let value = parameters["biz_no"], value != .null {
      if let text = value.string {
        if text.count > longestBusinessNumber {
          findings.append(
            bad(
              "biz_no",
              "biz_no has \(text.count) characters; at most \(longestBusinessNumber) are accepted.")
          )
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

  private static func video(_ value: RequestValue?) -> [LintFinding] {
    guard let value, !value.isMissing else { return [missing("video")] }
    guard case .file(let bytes) = value else {
      return [bad("video", "video must be uploaded as a file of the form.")]
    }
    let limit = MegviiStill.limits.maximumBytes
    if bytes <= 0 { return [bad("video", "video is an empty file.")] }
    if bytes > limit {
      return [bad("video", "video has \(bytes) bytes; at most \(limit) are accepted.")]
    }
    return []
  }

  private static func missing(_ key: String) -> LintFinding {
    LintFinding(code: "MISSING_ARGUMENTS:\(key)", key: key, message: "\(key) is required.")
  }

  private static func bad(_ key: String, _ message: String) -> LintFinding {
    LintFinding(code: "BAD_ARGUMENTS:\(key)", key: key, message: message)
  }

  // MARK: - What the request says

  private static let occlusion = "face_occlusion_detection"
  private static let eyes = "eye_close_detection"

  @Sendable private static func apply(
    _ parameters: [String: RequestValue], _ options: inout JudgeOptions
  ) {
    if let isOn = parameters[occlusion]?.flag { options.faceOcclusionDetection = isOn }
    if let isOn = parameters[eyes]?.flag { options.eyeCloseDetection = isOn }
  }

  @Sendable private static func contradiction(
    _ parameters: [String: RequestValue], _ options: StatedOptions
  ) -> Contradiction? {
    func find(_ key: String, _ wanted: Bool?, _ option: (Bool) -> Contradiction.Option)
      -> Contradiction?
    {
      guard let wanted, let asked = parameters[key]?.flag, asked != wanted else { return nil }
      return Contradiction(option: option(wanted), parameter: key, value: asked ? "1" : "0")
    }
    return find(occlusion, options.faceOcclusionDetection) { .faceOcclusionDetection($0) }
      ?? find(eyes, options.eyeCloseDetection) { .eyeCloseDetection($0) }
  }
}

extension RequestValue {
  /// Whether a switch is on; `nil` where the value is neither 0 nor 1.
  fileprivate var flag: Bool? {
    switch string {
    case "0": false
    case "1": true
    default: nil
    }
  }
}
