internal import CAdvice
internal import FoundationEssentials

extension AdviceCatalogue {
  /// The languages that vprep speaks, English first, as BCP 47 tags.
  public static let languages = ["en"] + embedded.map(\.language)

  /// The catalogue of a language.
  ///
  /// A tag that says more than a catalogue's, such as `id-ID`, is met by it; `zh` and `zh-CN` by
  /// Simplified Chinese.
  ///
  /// - Parameter tag: A BCP 47 tag, in any case, with `-` or `_`.
  /// - Returns: `nil` for a language that vprep does not speak.
  public static func speaking(_ tag: String) -> AdviceCatalogue? {
    var parts = tag.lowercased().replacing("_", with: "-").split(separator: "-")
    if parts.first == "zh", !parts.contains("hant"), !parts.contains("tw"), !parts.contains("hk") {
      parts = ["zh", "hans"]
    }
    while !parts.isEmpty {
      let name = parts.joined(separator: "-")
      if name == english.language { return english }
      if let found = embedded.first(where: { $0.language.lowercased() == name }) {
        return found.catalogue
      }
      parts.removeLast()
    }
    return nil
  }

  private static let embedded: [(language: String, catalogue: AdviceCatalogue)] =
    (0..<vprep_catalogue_count()).compactMap { index in
      let text = unsafe vprep_catalogue_at(index)
      guard let bytes = unsafe text.bytes, let language = unsafe text.language else { return nil }
      let json = unsafe Data(UnsafeBufferPointer(start: bytes, count: text.count))
      let tag = unsafe String(cString: language)
      guard let catalogue = try? AdviceCatalogue(json: json, named: tag) else { return nil }
      return (tag, catalogue)
    }
}
