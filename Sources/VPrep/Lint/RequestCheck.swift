internal import Services

/// A file that goes with a request.
struct SentFile {
  /// 32 hexadecimal digits; `nil` where it is not written yet.
  let md5: String?
  let bytes: Int
}

/// A request's parameters, and what they say about the clip that they go with.
struct RequestCheck {
  let service: Service
  let parameters: [String: RequestValue]

  private var rules: RequestRules { service.profile.request }

  /// What the provider would refuse in the request.
  ///
  /// - Parameters:
  ///   - clip: the clip that will be sent.
  ///   - photo: the photo that will be sent; `nil` where it is not known.
  ///
  /// If a parameter is one of these files itself, it counts as given unless the request says otherwise.
  func findings(clip: SentFile, photo: SentFile?) -> [LintFinding] {
    var complete = parameters
    for (name, file) in [(rules.clipParameter, clip), (rules.photoParameter, photo)] {
      if let name, let file, complete[name] == nil { complete[name] = .file(bytes: file.bytes) }
    }
    return rules.lint(complete, FileDigests(video: clip.md5, image: photo?.md5))
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
