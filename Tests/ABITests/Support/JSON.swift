import Foundation

/// A JSON value that tells numbers from truth values.
enum JSON: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSON].self))
    }
  }

  /// The member of an object; `nil` for anything else.
  subscript(key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The members of an object; none for anything else.
  var members: [String: JSON] {
    if case .object(let members) = self { members } else { [:] }
  }

  /// The elements of an array; none for anything else.
  var elements: [JSON] {
    if case .array(let elements) = self { elements } else { [] }
  }

  /// The text of a string.
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number.
  var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }

  /// Every key at any depth: `fit.output.bytes`, and `previews[].t` for the elements of an array.
  func paths(_ prefix: String = "") -> Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: []) { paths, member in
        let path = prefix.isEmpty ? member.key : prefix + "." + member.key
        paths.insert(path)
        paths.formUnion(member.value.paths(path))
      }
    case .array(let elements):
      elements.reduce(into: []) { $0.formUnion($1.paths(prefix + "[]")) }
    default: []
    }
  }
}
