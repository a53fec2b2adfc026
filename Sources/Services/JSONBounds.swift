/// How large and how deep a JSON text may be, looked at before a parser builds anything from it.
package struct JSONBounds: Sendable {
  /// Most bytes of UTF-8.
  package var bytes = 1_000_000
  /// How deep objects and lists may lie in one another.
  package var depth = 32

  package init() {}

  /// One sentence about what is beyond the bounds; `nil` when nothing is.
  package func complaint(_ text: some Collection<UInt8>) -> String? {
    guard text.count <= bytes else {
      return "the text has \(text.count) bytes; at most \(bytes) are read"
    }
    var level = 0
    var isString = false
    var isEscaped = false
    for byte in text {
      if isString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): level += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): level -= 1
      default: continue
      }
      if level > depth { return "the text nests deeper than \(depth) levels" }
    }
    return nil
  }
}
