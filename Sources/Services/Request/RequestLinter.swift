/// Checks a request's parameters against the provider's documentation.
public enum RequestLinter {
  /// The faults in `parameters` that the provider would refuse, in the order of its documentation.
  ///
  /// - Parameters:
  ///   - provider: the provider.
  ///   - parameters: every parameter of the request by its name, including the common ones.
  ///   - files: digests of the files, which Tencent's request states; `nil` digests are not compared.
  /// - Returns: an empty list if nothing is wrong. Parameters that the document does not name are
  ///   accepted, because the servers ignore them.
  public static func lint(
    _ provider: Provider, parameters: [String: RequestValue], files: FileDigests = FileDigests()
  ) -> [LintFinding] {
    Service(provider).profile.request.lint(parameters, files)
  }
}
