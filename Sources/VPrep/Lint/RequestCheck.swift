internal import ProviderRules

/// Compares a request's parameters with the files that it will carry.
struct RequestCheck {
  let provider: Provider
  let parameters: [String: RequestValue]

  /// What the provider would refuse.
  ///
  /// - Parameters:
  ///   - md5: the clip's digest.
  ///   - bytes: the clip's size; Megvii's `video` is the clip itself, which no JSON can hold, so it
  ///     counts as given unless the request says otherwise.
  ///   - photoMD5: the photo's digest; `nil` compares none.
  func findings(md5: String, bytes: Int, photoMD5: String?) -> [LintFinding] {
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
}
