import Foundation

/// A JSON Schema (2020-12), as far as the report's schema uses the language.
struct Schema {
  private let root: JSON

  init(_ url: URL) throws {
    root = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: url))
  }

  /// What is wrong with `value`, a sentence each; empty when it is valid.
  func loggedErrors(about value: JSON) throws -> [String] {
    try loggedErrors(value, root, "report")
  }

  /// Every key that the schema names, at any depth, in the form of `JSON.paths`.
  func paths() -> Set<String> { paths(root, "") }

  /// Objects of the schema that do not require each of their keys.
  func loosePaths() -> [String] { loosePaths(root, "report") }

  // MARK: - Validation

  private func loggedErrors(_ value: JSON, _ schema: JSON, _ path: String) throws -> [String] {
    try schema.members.flatMap { keyword, rule in
      try loggedErrors(value, keyword, rule, schema, path)
    }
  }

  private func loggedErrors(
    _ value: JSON, _ keyword: String, _ rule: JSON, _ schema: JSON, _ path: String
  ) throws -> [String] {
    switch keyword {
    case "$schema", "$defs", "title", "description": []
    case "$ref": try loggedErrors(value, resolved(rule), path)
    case "anyOf":
      try rule.elements.contains { try loggedErrors(value, $0, path).isEmpty }
        ? [] : ["\(path) is none of what it may be"]
    case "type":
      (rule.elements.isEmpty ? [rule] : rule.elements).contains { value.isOf(type: $0.text) }
        ? [] : ["\(path) has the wrong type"]
    case "const": value == rule ? [] : ["\(path) is not \(rule)"]
    case "enum": rule.elements.contains(value) ? [] : ["\(path) is not one of \(rule)"]
    case "pattern":
      try value.text.map { try $0.contains(Regex(rule.text ?? "")) } ?? true
        ? [] : ["\(path) does not match \(rule)"]
    case "minimum": value.number ?? .infinity >= rule.number ?? 0 ? [] : ["\(path) is too small"]
    case "maximum": value.number ?? -.infinity <= rule.number ?? 0 ? [] : ["\(path) is too large"]
    case "minItems", "maxItems": lengthComplaints(value, keyword, rule, path)
    case "items": try value.elements.flatMap { try loggedErrors($0, rule, path + "[]") }
    case "required": requiredComplaints(value, rule, path)
    case "properties":
      try rule.members.flatMap { key, schema in
        try value[key].map { try loggedErrors($0, schema, path + "." + key) } ?? []
      }
    default: ["the tests do not know the keyword \(keyword) at \(path)"]
    }
  }

  private func requiredComplaints(_ value: JSON, _ rule: JSON, _ path: String) -> [String] {
    guard case .object(let members) = value else { return [] }
    return rule.elements.compactMap(\.text).filter { members[$0] == nil }
      .map { "\(path) lacks \($0)" }
  }

  private func lengthComplaints(
    _ value: JSON, _ keyword: String, _ rule: JSON, _ path: String
  ) -> [String] {
    guard case .array(let elements) = value, let limit = rule.number else { return [] }
    let count = Double(elements.count)
    let isGood = keyword == "minItems" ? count >= limit : count <= limit
    return isGood ? [] : ["\(path) has \(elements.count) elements"]
  }

  // MARK: - Structure

  private func resolved(_ reference: JSON) -> JSON {
    let parts = (reference.text ?? "").split(separator: "/").dropFirst()
    return parts.reduce(root) { $0[String($1)] ?? .null }
  }

  /// The schemas that apply to the same value.
  private func alternatives(_ schema: JSON) -> [JSON] {
    if let reference = schema["$ref"] { return [resolved(reference)] }
    if let choice = schema["anyOf"] { return choice.elements.flatMap(alternatives) }
    return [schema]
  }

  private func paths(_ schema: JSON, _ prefix: String) -> Set<String> {
    var found: Set<String> = []
    for schema in alternatives(schema) {
      for (key, value) in schema["properties"]?.members ?? [:] {
        let path = prefix.isEmpty ? key : prefix + "." + key
        found.insert(path)
        found.formUnion(paths(value, path))
      }
      if let items = schema["items"] { found.formUnion(paths(items, prefix + "[]")) }
    }
    return found
  }

  private func loosePaths(_ schema: JSON, _ path: String) -> [String] {
    alternatives(schema).flatMap { schema in
      let keys = schema["properties"]?.members ?? [:]
      let required = Set(schema["required"]?.elements.compactMap(\.text) ?? [])
      return (required == Set(keys.keys) ? [] : [path])
        + keys.flatMap { loosePaths($0.value, path + "." + $0.key) }
        + (schema["items"].map { loosePaths($0, path + "[]") } ?? [])
    }
  }
}

extension JSON {
  /// Whether the value is of a type as JSON Schema names it.
  fileprivate func isOf(type: String?) -> Bool {
    switch (self, type) {
    case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"),
      (.array, "array"), (.object, "object"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }
}
