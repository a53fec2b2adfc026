import Foundation

/// The options of a call, as a client may give them.
///
/// `Docs/options.schema.json` describes them. A client names no path and sets no limit on the work: a photo
/// is a part of the form, and the rest is the operator's.
struct CallOptions {
  private(set) var values: [String: JSON] = [:]

  /// How the value of a query parameter is read.
  private enum Form { case text, flag, number, list, textOrList, json }

  private static let forms: [String: Form] = [
    "provider": .text, "mode": .text, "actions": .list, "bandwidth": .number,
    "faceOcclusionDetection": .flag, "eyeCloseDetection": .flag, "judgedWindow": .list,
    "strict": .flag, "explore": .number, "exploreSeed": .text, "rules": .json, "request": .json,
    "window": .textOrList, "maxBytes": .number,
    "keepMetadata": .flag, "evenIfHopeless": .flag, "previews": .number, "previewSize": .number,
    "previewQuality": .number, "previewCrop": .text, "timeline": .flag, "language": .text,
    "md5": .flag, "dryRun": .flag, "exhaustive": .flag, "timeLimit": .number,
  ]
  /// Options that exist and are not the client's.
  private static let operators = ["photo", "annotate", "threads", "limits"]

  /// - Parameters:
  ///   - json: the form's field `options`; `nil` without one.
  ///   - query: the address's parameters, which count for more.
  init(json: String?, query: [(name: String, value: String)]) throws(ServiceError) {
    if let json, !json.isEmpty {
      guard case .object(let members)? = JSON(text: json.utf8) else {
        throw .usage("the field options is not a JSON object")
      }
      for (name, value) in members {
        try Self.check(name)
        values[name] = value
      }
    }
    for (name, value) in query {
      try Self.check(name)
      values[name] = try Self.read(value, of: name)
    }
  }

  private static func check(_ name: String) throws(ServiceError) {
    if operators.contains(name) {
      throw .usage(
        name == "photo"
          ? "photo is a part of the form, not an option" : "\(name) is set by the operator")
    }
    guard forms[name] != nil else {
      throw .usage(
        "there is no option \"\(name.prefix(60))\"; they are \(forms.keys.sorted().joined(separator: ", "))"
      )
    }
  }

  private static func read(_ text: String, of name: String) throws(ServiceError) -> JSON {
    func wrong(_ expected: String) -> ServiceError {
      .usage("\(name) takes \(expected), not \"\(text.prefix(60))\"")
    }
    switch forms[name] {
    case .flag:
      switch text.lowercased() {
      case "", "true", "1": return .bool(true)
      case "false", "0": return .bool(false)
      default: throw wrong("true or false")
      }
    case .number:
      guard let number = Double(text), number.isFinite else { throw wrong("a number") }
      return .number(number)
    case .list, .textOrList:
      let numbers = text.split(separator: ",").map { Double($0) }
      if !numbers.isEmpty, numbers.allSatisfy({ $0?.isFinite == true }) {
        return .array(numbers.compactMap { $0 }.map(JSON.number))
      }
      guard forms[name] == .textOrList else { throw wrong("numbers, divided by commas") }
      return .string(text)
    case .json:
      guard let value = JSON(text: text.utf8) else { throw wrong("JSON") }
      return value
    case .text, nil: return .string(text)
    }
  }

  /// The options for a worker.
  ///
  /// - Parameters:
  ///   - photo: the path of the photo that came with the clip.
  ///   - timeLimit: seconds that the call may take at most.
  func completed(photo: String?, timeLimit: Double) -> (options: [String: JSON], seconds: Double) {
    var options = values
    if let photo { options["photo"] = .string(photo) }
    var seconds = timeLimit
    if case .number(let wanted)? = values["timeLimit"], wanted > 0 {
      seconds = min(wanted, seconds)
    }
    // A wrong value stays, so that the worker refuses it.
    if values["timeLimit"].map({
      if case .number(let wanted) = $0 { wanted > 0 } else { $0 == .null }
    }) ?? true {
      options["timeLimit"] = .number(seconds)
    }
    return (options, seconds)
  }
}
