extension CodeCatalog {
  /// The codes that a person means: with or without what all codes of a service begin with, in upper or
  /// lower case, in any spelling, and instances such as `BAD_ARGUMENTS:video`.
  ///
  /// - Parameters:
  ///   - name: what is looked for.
  ///   - provider: whose codes; `nil` looks among all of them, which may have a code in common.
  /// - Returns: the codes with their rules, one for each provider that has it.
  public static func find(_ name: String, of provider: Provider? = nil) -> [CodeListing] {
    let wanted = plain(name)
    guard !wanted.isEmpty, wanted.utf8.count <= 200 else { return [] }
    let codes = codes.filter { provider == nil || $0.provider == provider }
    var found = codes.filter { ([$0.code] + $0.aliases).map(plain).contains(wanted) }
    if found.isEmpty, let colon = wanted.firstIndex(of: ":") {
      found = codes.filter { plain($0.code).hasPrefix(wanted[...colon]) }
    }
    return listing { found.contains($0) }
  }

  /// Up to three codes that a misspelt one may have meant, closest first.
  public static func suggestions(for name: String, of provider: Provider? = nil) -> [String] {
    NearMatch.find(plain(name), among: names(of: provider))
  }

  /// The names of the codes, without what all codes of a service begin with; each once.
  public static func names(of provider: Provider? = nil) -> [String] {
    var names: [String] = []
    for code in codes where provider == nil || code.provider == provider {
      let prefix = code.provider.codePrefix
      let name = code.code.hasPrefix(prefix) ? String(code.code.dropFirst(prefix.count)) : code.code
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// A code in lower case without a common beginning.
  private static func plain(_ name: String) -> String {
    let name = name.lowercased()
    for prefix in commonBeginnings where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }

  /// What codes of any service begin with, and what Tencent's SDK writes in its place.
  private static let commonBeginnings: [String] =
    Provider.allCases.map { $0.codePrefix.lowercased() }.filter { !$0.isEmpty } + ["internalerror."]
}
