internal import Services

/// Reads one value of the options, and says exactly what is wrong with it.
package struct OptionReader {
  package let json: JSONValue
  /// The value's place for messages, such as `options.window`.
  let path: String

  package init(_ json: JSONValue, path: String) {
    self.json = json
    self.path = path
  }

  /// An error of the caller's options.
  package static func error(_ message: String) -> VPrepError {
    VPrepError(kind: .badRequest, stage: "arguments", file: "", message: message.printable)
  }

  /// The error of a value that is not what is expected, such as `a number of bytes, at least 1`.
  func wrong(_ expected: String) -> VPrepError { Self.error("\(path) must be \(expected)") }

  /// The members of an object in the order of their names, each of which must be one of `names`.
  package func members(
    among names: [String]
  ) throws(VPrepError) -> [(name: String, value: OptionReader)] {
    try members().map { (name, value) throws(VPrepError) in
      guard names.contains(name) else {
        let near = NearMatch.find(name, among: names)
        let meant = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
        throw Self.error("\(path) has no \"\(name.shortened(to: 60))\"\(meant)")
      }
      return (name, value)
    }
  }

  /// The members of an object in the order of their names.
  func members() throws(VPrepError) -> [(name: String, value: OptionReader)] {
    guard case .object(let members) = json else { throw wrong("an object") }
    return members.sorted { $0.key < $1.key }.map {
      ($0.key, OptionReader($0.value, path: "\(path).\($0.key.shortened(to: 60))"))
    }
  }

  package func text(_ expected: String = "a text") throws(VPrepError) -> String {
    guard case .string(let text) = json else { throw wrong(expected) }
    return text
  }

  /// A path, which must lead somewhere.
  package func path(of what: String) throws(VPrepError) -> String {
    let path = try text("the path of \(what)")
    guard !path.isEmpty, !path.utf8.contains(0) else { throw wrong("the path of \(what)") }
    return path
  }

  /// The advice of a language.
  func language() throws(VPrepError) -> AdviceCatalogue {
    let expected = "a language: " + AdviceCatalogue.languages.joined(separator: ", ")
    guard let catalogue = AdviceCatalogue.speaking(try text(expected)) else {
      throw wrong(expected)
    }
    return catalogue
  }

  func truth() throws(VPrepError) -> Bool {
    guard case .bool(let truth) = json else { throw wrong("true or false") }
    return truth
  }

  func number(
    _ expected: String, where isAccepted: (Double) -> Bool
  ) throws(VPrepError) -> Double {
    guard case .number(let number) = json, isAccepted(number) else { throw wrong(expected) }
    return number
  }

  func count(_ range: ClosedRange<Int>, _ expected: String) throws(VPrepError) -> Int {
    guard case .number(let number) = json, let count = Int(exactly: number), range.contains(count)
    else { throw wrong(expected) }
    return count
  }

  /// One of the cases of an enumeration by its name.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _: Choice.Type
  ) throws(VPrepError) -> Choice {
    let names = Choice.allCases.map(\.rawValue)
    let expected = names.map { "\"\($0)\"" }.joined(separator: " or ")
    guard let choice = Choice(rawValue: try text(expected)) else { throw wrong(expected) }
    return choice
  }

  private static let actionList = "a list of one or two actions, 1 to 4"

  /// One or two actions by their numbers; which of them a service asks for is its own to say.
  func actions() throws(VPrepError) -> [Int] {
    guard case .array(let items) = json else { throw wrong(Self.actionList) }
    let actions = items.compactMap { item in
      if case .number(let number) = item { Int(exactly: number) } else { nil }
    }
    guard actions.count == items.count, ActionSequences.isPossible(actions) else {
      throw wrong(Self.actionList)
    }
    return actions
  }

  /// A window `[start, end]` in seconds.
  func window(_ expected: String) throws(VPrepError) -> TimeWindow {
    guard case .array(let ends) = json, ends.count == 2, case .number(let start) = ends[0],
      case .number(let end) = ends[1], start >= 0, end > start
    else { throw wrong(expected) }
    return TimeWindow(start: start, end: end)
  }
}
