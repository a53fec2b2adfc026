/// The members of a JSON object as they are written, so that a report passes through unchanged.
///
/// It finds where values begin and end and reads none of them; the text must be JSON.
struct JSONMembers {
  private(set) var values: [String: ArraySlice<UInt8>] = [:]

  /// `nil` if the text is no object.
  init?(_ text: [UInt8]) {
    var scan = Scan(text: text)
    guard scan.take(UInt8(ascii: "{")) else { return nil }
    if scan.take(UInt8(ascii: "}")) { return }
    repeat {
      guard let name = scan.value(), scan.take(UInt8(ascii: ":")), let value = scan.value() else {
        return nil
      }
      values[String(decoding: name.dropFirst().dropLast(), as: UTF8.self)] = value
    } while scan.take(UInt8(ascii: ","))
    guard scan.take(UInt8(ascii: "}")) else { return nil }
  }

  private struct Scan {
    let text: [UInt8]
    var at = 0

    private mutating func skipBlanks() {
      while at < text.count, [32, 9, 10, 13].contains(text[at]) { at += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      skipBlanks()
      guard at < text.count, text[at] == byte else { return false }
      at += 1
      return true
    }

    /// The next value, from its first byte to its last.
    mutating func value() -> ArraySlice<UInt8>? {
      skipBlanks()
      let start = at
      var depth = 0
      while at < text.count {
        switch text[at] {
        case UInt8(ascii: "\""):
          guard skipText() else { return nil }
          if depth == 0 { return text[start..<at] }
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if depth == 0 { return start < at ? text[start..<at] : nil }
          depth -= 1
          if depth == 0 {
            at += 1
            return text[start..<at]
          }
        case UInt8(ascii: ","), 32, 9, 10, 13:
          if depth == 0 { return start < at ? text[start..<at] : nil }
        default: break
        }
        at += 1
      }
      return nil
    }

    private mutating func skipText() -> Bool {
      at += 1
      while at < text.count {
        switch text[at] {
        case UInt8(ascii: "\\"): at += 2
        case UInt8(ascii: "\""):
          at += 1
          return true
        default: at += 1
        }
      }
      return false
    }
  }
}
