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

  let id: Identifier
  let gate: Gate
  let call: Gate.Call
  let clip: Clip
  /// Whether the caller wants to be told how far the call has come.
  let wantsProgress: Bool

  /// Why a line is no job, with its identifier where one can be read.
  struct Refusal: Error {
    var id = Identifier.none
    let error: VPrepError
  }

  /// Most bytes of a line.
  static let mostBytes = CallRequest.mostBytes
  /// Most bytes of an identifier.
  private static let longestIdentifier = 1 << 10

  /// Reads a line, given without its end.
  init(_ line: [UInt8]) throws(Refusal) {
    let document: JSONValue
    do throws(VPrepError) {
      document = try CallRequest.document(line, named: "the line")
    } catch {
      throw Refusal(error: error)
    }
    let id = Self.identifier(in: document)
    do throws(VPrepError) {
      let members = try OptionReader(document, path: "job").members(
        among: ["id", "call", "clip", "output", "options", "progress"])
      for (name, value) in members where name == "id" { try Self.check(value) }
      var wantsProgress = false
      for (name, value) in members where name == "progress" && value.json != .null {
        wantsProgress = try value.truth()
      }
      let request = try CallRequest(members, of: "job")
      guard case .file(let path) = request.subject else {
        throw OptionReader.error("job lacks \"clip\"")
      }
      (gate, call, clip) = (request.gate, request.call, .file(path))
      self.id = id
      self.wantsProgress = wantsProgress
    } catch {
      throw Refusal(id: id, error: error)
    }
  }

  /// The status that the call's command would end with.
  func status(of report: ReportDocument) -> ExitStatus {
    ExitStatus(report, of: call, strict: gate.judging.options.strict)
  }

  private static func identifier(in document: JSONValue) -> Identifier {
    guard case .object(let members) = document else { return .none }
    switch members["id"] {
    case .string(let text) where text.utf8.count <= longestIdentifier: return .text(text)
    case .number(let number): return Int(exactly: number).map { .number($0) } ?? .none
    default: return .none
    }
  }

  private static func check(_ id: OptionReader) throws(VPrepError) {
    switch id.json {
    case .string(let text) where text.utf8.count <= longestIdentifier: return
    case .number(let number) where Int(exactly: number) != nil: return
    case .null: return
    default: throw id.wrong("a text of at most \(longestIdentifier) bytes, or a whole number")
    }
  }
}
