internal import FoundationEssentials
internal import Services

/// One job of the worker: what a line of its input asks for.
///
/// `Docs/worker.md` describes the line.
struct Job: Sendable {
  /// The caller's own name for a job, which its answer repeats.
  enum Identifier: Sendable, Equatable, Encodable {
    case text(String)
    case number(Int)
    /// The line has none, or is none.
    case none

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      case .none: try container.encodeNil()
      }
    }
  }

  /// The calls by their names, which are those of the program's commands.
  enum Name: String, CaseIterable {
    case probe, check, fit, preview, prep
  }

  let id: Identifier
  let gate: Gate
  let call: Gate.Call
  let clip: Clip

  /// Why a line is no job, with its identifier where one can be read.
  struct Refusal: Error {
    var id = Identifier.none
    let error: VPrepError
  }

  /// Most bytes of a line.
  static let mostBytes = 1 << 20
  /// Most bytes of an identifier.
  private static let longestIdentifier = 1 << 10

  /// Reads a line, given without its end.
  init(_ line: [UInt8]) throws(Refusal) {
    var bounds = JSONBounds()
    bounds.bytes = Self.mostBytes
    if let complaint = bounds.complaint(line) {
      throw Refusal(error: OptionReader.error("the line is refused: \(complaint)"))
    }
    let document: JSONValue
    do {
      document = try JSONDecoder().decode(JSONValue.self, from: Data(line))
    } catch {
      throw Refusal(error: OptionReader.error("the line is not JSON"))
    }
    let id = Self.identifier(in: document)
    do throws(VPrepError) {
      let parts = try Parts(document)
      (gate, call, clip) = (parts.gate, try parts.gateCall(), parts.clip)
      self.id = id
    } catch {
      throw Refusal(id: id, error: error)
    }
  }

  /// The status that the call's command would end with.
  func status(of report: ReportDocument) -> ExitStatus {
    let strict = gate.judging.options.strict
    if case .planPreparation = call { return ExitStatus(planned: report, strict: strict) }
    return ExitStatus(report, strict: strict)
  }

  private static func identifier(in document: JSONValue) -> Identifier {
    guard case .object(let members) = document else { return .none }
    switch members["id"] {
    case .string(let text) where text.utf8.count <= longestIdentifier: return .text(text)
    case .number(let number): return Int(exactly: number).map { .number($0) } ?? .none
    default: return .none
    }
  }
}

/// The parts of a line.
private struct Parts {
  let gate: Gate
  let clip: Clip
  private let name: Job.Name
  private let output: String?
  private let options: CallOptions

  init(_ document: JSONValue) throws(VPrepError) {
    var name: Job.Name?
    var (clip, output): (String?, String?)
    var options = CallOptions()
    let names = ["id", "call", "clip", "output", "options"]
    for (key, value) in try OptionReader(document, path: "job").members(among: names) {
      switch key {
      case "call": name = try value.choice(Job.Name.self)
      case "clip": clip = try value.path(of: "a clip")
      case "output" where value.json != .null: output = try value.path(of: "the file to write")
      case "options" where value.json != .null:
        options = try CallOptions(value.json)
      case "id": try Self.check(value)
      default: break
      }
    }
    guard let name else { throw OptionReader.error("job lacks \"call\"") }
    guard let clip else { throw OptionReader.error("job lacks \"clip\"") }
    // Jobs come on standard input, and answers go to standard output.
    guard clip != "-", output != "-" else {
      throw OptionReader.error("job.\(clip == "-" ? "clip" : "output") must be the path of a file")
    }
    (self.name, self.clip, self.output, self.options) = (name, .file(clip), output, options)
    gate = try options.makeGate()
  }

  private static func check(_ id: OptionReader) throws(VPrepError) {
    switch id.json {
    case .string(let text) where text.utf8.count <= 1024: return
    case .number(let number) where Int(exactly: number) != nil: return
    case .null: return
    default: throw id.wrong("a text of at most 1024 bytes, or a whole number")
    }
  }

  /// The call; throws where an output is missing, or is given and none is written.
  func gateCall() throws(VPrepError) -> Gate.Call {
    if name != .probe, name != .preview, options.provider == nil {
      throw OptionReader.error("options lack \"provider\"")
    }
    if options.isDryRun, name != .fit, name != .prep {
      throw OptionReader.error("options.dryRun is for fit and prep")
    }
    switch (name, output) {
    case (.probe, nil): return .probe
    case (.check, nil): return .check
    case (.fit, nil) where options.isDryRun: return .planFit
    case (.prep, nil) where options.isDryRun: return .planPreparation
    case (.fit, let output?) where !options.isDryRun: return .fit(path: output)
    case (.prep, let output?) where !options.isDryRun: return .prepare(path: output)
    case (.preview, let output): return .preview(count: gate.reporting.previewCount, path: output)
    case (_, nil): throw OptionReader.error("job lacks \"output\"")
    case (_, _?):
      throw OptionReader.error(
        "job has an \"output\", but \(options.isDryRun ? "a dry run" : name.rawValue) writes none")
    }
  }
}
