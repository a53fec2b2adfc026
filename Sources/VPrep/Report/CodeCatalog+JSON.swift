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

  /// Some codes in the form of the whole listing.
  package static func json(_ listing: [CodeListing]) throws -> Data {
    try JSONEncoder.sorted(pretty: true).encode(listing)
  }
}

extension CodeListing {
  /// The listing with its advice in the language of a catalogue.
  public func translated(by catalogue: AdviceCatalogue) -> CodeListing {
    saying { catalogue.sentence($0) }
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
