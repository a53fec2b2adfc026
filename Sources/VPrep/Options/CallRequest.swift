internal import FoundationEssentials
internal import Services

/// One call as a JSON object asks for it: a line of the worker, or the request of `vprep_call`.
package struct CallRequest: Sendable {
  /// The calls by their names, which are those of the program's commands.
  enum Name: String, CaseIterable {
    case probe, check, fit, preview, prep
  }

  /// What the call reads.
  package enum Subject: Sendable, Equatable {
    /// The file at a path.
    case file(String)
    /// Bytes that the caller holds, and how messages and reports name them.
    case memory(name: String)
  }

  package let gate: Gate
  package let call: Gate.Call
  package let subject: Subject

  /// Most bytes of a request.
  static let mostBytes = 1 << 20

  /// Reads the text of a request.
  ///
  /// - Parameter isInMemory: whether the caller holds the clip's bytes, so that the request names none.
  package init(json: String, isInMemory: Bool) throws(VPrepError) {
    let document = try Self.document(json.utf8, named: "the request")
    try self.init(
      OptionReader(document, path: "request").members(
        among: ["call", isInMemory ? "name" : "clip", "output", "options"]),
      of: "request", isInMemory: isInMemory)
  }

  /// Reads the members of a request, of which those are left alone that it does not know.
  ///
  /// - Parameter path: what an error calls the request.
  init(
    _ members: [(name: String, value: OptionReader)], of path: String, isInMemory: Bool = false
  ) throws(VPrepError) {
    var call: Name?
    var (clip, output): (String?, String?)
    var name = "memory"
    var options = CallOptions()
    for (key, value) in members {
      switch key {
      case "call": call = try value.choice(Name.self)
      case "clip": clip = try value.path(of: "a clip")
      case "name" where value.json != .null: name = try value.text("the name of the bytes")
      case "output" where value.json != .null: output = try value.path(of: "the file to write")
      case "options" where value.json != .null: options = try CallOptions(value.json)
      default: break
      }
    }
    guard let call else { throw OptionReader.error("\(path) lacks \"call\"") }
    guard clip != nil || isInMemory else { throw OptionReader.error("\(path) lacks \"clip\"") }
    // A library has no standard input and output to give, and the worker speaks through its own.
    guard clip != "-", output != "-" else {
      let key = clip == "-" ? "clip" : "output"
      throw OptionReader.error("\(path).\(key) must be the path of a file")
    }
    subject = clip.map { .file($0) } ?? .memory(name: name)
    gate = try options.makeGate()
    self.call = try options.call(call, writing: output, gate: gate, path)
  }

  /// The JSON of a request, no larger and no deeper than a request may be.
  ///
  /// - Parameter name: what an error calls it.
  static func document(
    _ text: some Collection<UInt8>, named name: String
  ) throws(VPrepError) -> JSONValue {
    var bounds = JSONBounds()
    bounds.bytes = mostBytes
    if let complaint = bounds.complaint(text) {
      throw OptionReader.error("\(name) is refused: \(complaint)")
    }
    do {
      return try JSONDecoder().decode(JSONValue.self, from: Data(text))
    } catch {
      throw OptionReader.error("\(name) is not JSON")
    }
  }
}

extension CallOptions {
  /// The call; throws where an output is missing, or is given and none is written.
  fileprivate func call(
    _ name: CallRequest.Name, writing output: String?, gate: Gate, _ path: String
  ) throws(VPrepError) -> Gate.Call {
    if name != .probe, name != .preview, provider == nil {
      throw OptionReader.error("options lack \"provider\"")
    }
    if isDryRun, name != .fit, name != .prep {
      throw OptionReader.error("options.dryRun is for fit and prep")
    }
    switch (name, output) {
    case (.probe, nil): return .probe
    case (.check, nil): return .check
    case (.fit, nil) where isDryRun: return .planFit
    case (.prep, nil) where isDryRun: return .planPreparation
    case (.fit, let output?) where !isDryRun: return .fit(path: output)
    case (.prep, let output?) where !isDryRun: return .prepare(path: output)
    case (.preview, let output): return .preview(count: gate.reporting.previewCount, path: output)
    case (_, nil): throw OptionReader.error("\(path) lacks \"output\"")
    case (_, _?):
      throw OptionReader.error(
        "\(path) has an \"output\", but \(isDryRun ? "a dry run" : name.rawValue) writes none")
    }
  }
}
