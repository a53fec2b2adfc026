public import FoundationEssentials
public import MediaIO
public import Services

/// Reads a request's parameters from a JSON object.
public enum RequestJSON {
  /// The parameters of a JSON object of strings and numbers.
  ///
  /// Values are never repeated in an error: some of them are secrets.
  ///
  /// - Parameters:
  ///   - data: The JSON text.
  ///   - name: What the error calls it, such as the file's path.
  ///   - limits: How large and how deep the text may be.
  /// - Returns: Integers as such; a fraction and a truth value as text, which the servers refuse
  ///   where they want an integer.
  /// - Throws: `VPrepError.Kind.badRequest` when it is no such object.
  public static func parameters(
    _ data: Data, named name: String, limits: InputLimits = InputLimits()
  ) throws(VPrepError) -> [String: RequestValue] {
    if let complaint = JSONBounds(limits).complaint(data) {
      throw VPrepError(kind: .badRequest, stage: "lint", file: name, message: complaint)
    }
    let entries: [String: Entry]
    do {
      entries = try JSONDecoder().decode([String: Entry].self, from: data)
    } catch {
      throw VPrepError(
        kind: .badRequest, stage: "lint", file: name, message: Self.complaint(error))
    }
    return entries.mapValues(\.value)
  }

  /// The parameters of an object among a call's options.
  static func parameters(_ object: OptionReader) throws(VPrepError) -> [String: RequestValue] {
    var parameters: [String: RequestValue] = [:]
    for (name, value) in try object.members() {
      parameters[name] =
        switch value.json {
        case .null: .null
        case .string(let text): .text(text)
        case .bool(let truth): .text("\(truth)")
        case .number(let number): Int(exactly: number).map { .integer($0) } ?? .text("\(number)")
        case .array, .object: throw value.wrong("a string or a number")
        }
    }
    return parameters
  }

  /// One value as it stands in the text.
  private struct Entry: Decodable {
    let value: RequestValue

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let number = try? container.decode(Int.self) {
        value = .integer(number)
      } else if let text = try? container.decode(String.self) {
        value = .text(text)
      } else if let truth = try? container.decode(Bool.self) {
        value = .text("\(truth)")
      } else {
        // Whatever else there is fails here, with the key in the error's path.
        value = .text("\(try container.decode(Double.self))")
      }
    }
  }

  private static func complaint(_ error: any Error) -> String {
    let context: DecodingError.Context? =
      switch error as? DecodingError {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context):
        context
      default: nil
      }
    guard let key = context?.codingPath.first?.stringValue else {
      return "the request is not a JSON object of parameters"
    }
    return "the parameter \(key.shortened(to: 60)) must be a string or a number"
  }
}
