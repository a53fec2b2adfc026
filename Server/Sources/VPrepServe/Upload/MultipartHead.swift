/// The head of one part of a form.
struct MultipartHead: Equatable {
  /// The field's name; empty if the head has none.
  let name: String
  /// The file's name, if the part is a file.
  let file: String?

  /// Reads the lines of a head.
  init(_ text: String) {
    var (name, file) = ("", String?.none)
    for line in text.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":"),
        line[..<colon].lowercased() == "content-disposition"
      else { continue }
      let parameters = HeaderParameters(String(line[line.index(after: colon)...]))
      (name, file) = (parameters["name"] ?? "", parameters["filename"])
    }
    (self.name, self.file) = (name, file)
  }
}

/// The parameters of a header's value: `form-data; name="clip"`.
struct HeaderParameters {
  private var values: [String: String] = [:]

  init(_ text: String) {
    var rest = text[...]
    Self.skip(&rest, to: ";")
    while rest.popFirst() != nil {
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest.removeFirst(name.count)
      guard rest.first == "=" else { continue }
      rest.removeFirst()
      let value = Self.value(&rest)
      values[name.filter { !$0.isWhitespace }.lowercased()] = value
      Self.skip(&rest, to: ";")
    }
  }

  subscript(name: String) -> String? { values[name] }

  private static func skip(_ rest: inout Substring, to character: Character) {
    rest = rest.drop { $0 != character }
  }

  private static func value(_ rest: inout Substring) -> String {
    guard rest.first == "\"" else {
      let value = rest.prefix { $0 != ";" && !$0.isWhitespace }
      rest.removeFirst(value.count)
      return String(value)
    }
    rest.removeFirst()
    var value = ""
    while let character = rest.popFirst(), character != "\"" {
      // Browsers write a quotation mark as %22, others with a backslash.
      if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
        rest.removeFirst()
        value.append(next)
      } else {
        value.append(character)
      }
    }
    return value
  }
}
