internal import ProviderRules

/// Compares a request's parameters with the files that it will carry.
struct RequestCheck {
  let provider: Provider
  let parameters: [String: RequestValue]

  /// What the provider would refuse.
  ///
  /// - Parameters:
  ///   - md5: the digest of the clip that will be sent; `nil` compares none.
  ///   - bytes: the clip's size; Megvii's `video` is the clip itself, which no JSON can hold, so it
  ///     counts as given unless the request says otherwise.
  ///   - photoMD5: the photo's digest; `nil` compares none.
  func findings(md5: String?, bytes: Int, photoMD5: String?) -> [LintFinding] {
    var complete = parameters
    if provider == .megvii, complete["video"] == nil { complete["video"] = .file(bytes: bytes) }
    return RequestLinter.lint(
      provider, parameters: complete, files: FileDigests(video: md5, image: photoMD5))
  }

  /// The mode that the request asks for; `nil` where it names none that exists.
  var mode: ProviderMode? {
    guard provider == .tencent, case .text(let type) = parameters["LivenessType"] else {
      return nil
    }
    return ProviderMode.allCases.first { $0.livenessType == type }
  }

  /// `options` with what the request itself says: the order of the actions, and Megvii's switches.
  ///
  /// The service goes by the request, so it counts for more than the options. A value that the service
  /// would refuse changes nothing; it is a finding.
  func applied(to options: JudgeOptions) -> JudgeOptions {
    var options = options
    switch provider {
    case .tencent:
      guard mode == .action, let data = text("ValidateData") else { break }
      let actions = data.split(separator: ",").map { Int($0) }
      if [[1, 2], [2, 1]].contains(actions) { options.actions = actions.compactMap { $0 } }
    case .megvii:
      options.faceOcclusionDetection =
        switched("face_occlusion_detection") ?? options.faceOcclusionDetection
      options.eyeCloseDetection = switched("eye_close_detection") ?? options.eyeCloseDetection
    }
    return options
  }

  private func switched(_ key: String) -> Bool? {
    switch text(key) {
    case "0": false
    case "1": true
    default: nil
    }
  }

  /// A parameter as a form carries it.
  private func text(_ key: String) -> String? {
    switch parameters[key] {
    case .text(let text): text
    case .integer(let number): String(number)
    case .file, .null, nil: nil
    }
  }
}
