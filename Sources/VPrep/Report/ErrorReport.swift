internal import FoundationEssentials

/// An error in place of a report: what the C interface and the lines of a batch hold, under `error`.
package struct ErrorReport: Codable {
  /// The object under `error`.
  package struct Body: Codable {
    let kind: String
    let cause: String
    let stage: String
    let file: String
    let message: String
    @ExplicitNull var advice: String?
    @ExplicitNull var code: String?
  }

  let error: Body

  package init(_ error: VPrepError) {
    self.error = Body(
      kind: error.kind.name, cause: error.cause.rawValue, stage: error.stage, file: error.file,
      message: error.message, advice: error.advice, code: error.code)
  }

  /// One line of JSON.
  package var json: String { ErrorDocument.line(self) }
}

/// An error as JSON, the contract `vprep.error/1`: what the program prints instead of a report.
public struct ErrorDocument: Encodable, Sendable {
  let schema = "vprep.error/1"
  let kind: String
  let stage: String
  let file: String
  let message: String
  @ExplicitNull var advice: String?
  @ExplicitNull var code: String?

  /// The document of an error; its `kind` is the error's cause.
  public init(_ error: VPrepError) {
    kind = error.cause.rawValue
    stage = error.stage
    file = error.file
    message = error.message
    advice = error.advice
    code = error.code
  }

  /// One line of JSON without its end.
  public var json: String { Self.line(self) }

  fileprivate static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts always encode.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension VPrepError.Kind {
  /// The kind's name in JSON.
  fileprivate var name: String {
    switch self {
    case .unusableInput: "unusableInput"
    case .limitsCannotBeMet: "limitsCannotBeMet"
    case .outputNotWritten: "outputNotWritten"
    case .resourcesExhausted: "resourcesExhausted"
    case .cancelled: "cancelled"
    case .badRequest: "badRequest"
    }
  }
}
