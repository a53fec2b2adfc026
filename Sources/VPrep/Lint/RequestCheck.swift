internal import Services

/// A request's parameters, and what they say about the clip that they go with.
struct RequestCheck {
  let service: Service
  let parameters: [String: RequestValue]

  private var rules: RequestRules { service.profile.request }

  /// What the provider would refuse in the request.
  ///
  /// - Parameters:
  ///   - md5: the digest of the clip that will be sent; `nil` skips the comparison.
  ///   - bytes: the clip's size. If a parameter is the clip itself, which JSON cannot hold, it counts
  ///     as given unless the request says otherwise.
  ///   - photoMD5: the photo's digest; `nil` skips the comparison.
  func findings(md5: String?, bytes: Int, photoMD5: String?) -> [LintFinding] {
    var complete = parameters
    if let clip = rules.clipParameter, complete[clip] == nil {
      complete[clip] = .file(bytes: bytes)
    }
    return rules.lint(complete, FileDigests(video: md5, image: photoMD5))
  }

  /// `options` with what the request itself says.
  ///
  /// The service goes by the request, so it counts for more than the options.
  func applied(to options: JudgeOptions) -> JudgeOptions {
    var options = options
    rules.apply(parameters, &options)
    return options
  }
}
