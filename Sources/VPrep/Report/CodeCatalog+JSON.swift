public import FoundationEssentials
public import Services

extension CodeCatalog {
  /// The listing of the codes as a JSON array, keys in alphabetical order.
  ///
  /// - Parameters:
  ///   - provider: whose codes; `nil` for both providers'.
  ///   - pretty: indented over many lines, or all on one.
  public static func json(_ provider: Provider? = nil, pretty: Bool = true) throws -> Data {
    try JSONEncoder.sorted(pretty: pretty).encode(listing(provider))
  }
}

extension JSONEncoder {
  /// An encoder that writes keys in alphabetical order and slashes as they are.
  static func sorted(pretty: Bool) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return encoder
  }
}
