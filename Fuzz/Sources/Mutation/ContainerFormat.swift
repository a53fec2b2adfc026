/// What the mutator must know of a container.
///
/// Reading and writing again gives the same bytes, whatever they are, but for wrong checksums: what
/// cannot be understood is kept as it is.
protocol ContainerFormat: SendableMetatype {
  /// Takes a file apart; `nil` when it is of another format.
  static func parse(_ bytes: [UInt8]) -> [Element]?
  /// Puts it together: sizes and checksums are those of the content, but for sizes that are stated.
  static func write(_ elements: [Element]) -> [UInt8]
  /// The numbers that an element's content holds.
  static func fields(of element: Element) -> [Field]
}

extension ContainerFormat {
  /// Numbers that lie side by side through all of a content, so many bytes each.
  static func rows(
    _ content: [UInt8], from start: Int = 0, width: Int = 4, isTime: Bool = false,
    _ encoding: (Int) -> Field.Encoding
  ) -> [Field] {
    stride(from: start, through: content.count - width, by: width).prefix(512).map {
      Field(offset: $0, encoding: encoding(width), isTime: isTime)
    }
  }
}

/// How far files are taken apart.
enum ParsingLimit {
  static let depth = 12
  static let elements = 20_000
}
