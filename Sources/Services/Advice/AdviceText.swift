/// Fills the blanks of a sentence.
package struct AdviceText: Sendable {
  private let values: [String: String]

  /// - Parameter values: what the blanks hold, by name.
  package init(_ values: [String: String]) { self.values = values }

  /// The sentence with its blanks filled; a blank without a value stays as it is.
  package func fill(_ sentence: String) -> String {
    var text = ""
    var rest = sentence[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      text += values[String(name)] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// The names of a sentence's blanks, in order.
  package static func blanks(of sentence: String) -> [String] {
    sentence.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
      part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    }
  }
}
