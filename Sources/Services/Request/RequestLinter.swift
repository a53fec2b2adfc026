/// Checks a request's parameters against the provider's documentation.
public enum RequestLinter {
  /// What the provider would refuse in `parameters`, in the order of its documentation.
  ///
  /// - Parameters:
  ///   - provider: Who is asked.
  ///   - parameters: Every parameter of the request by its name, the common ones included.
  ///   - files: Digests of the files, which Tencent's request states; unknown ones are not compared.
  /// - Returns: An empty list when nothing is wrong. Parameters that the document does not name are
  ///   left alone: the servers ignore them.
  public static func lint(
    _ provider: Provider, parameters: [String: RequestValue], files: FileDigests = FileDigests()
  ) -> [LintFinding] {
    Service(provider).profile.request.lint(parameters, files)
  }
}
