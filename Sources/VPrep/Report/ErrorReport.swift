internal import FoundationEssentials

/// An error as JSON, in place of a report: what the C interface and the lines of a batch hold.
package struct ErrorReport: Encodable {
  /// The object under `error`.
  package struct Body: Encodable {
    let kind: String
    let stage: String
    let file: String
    let message: String
    @ExplicitNull var advice: String?
    @ExplicitNull var code: String?
  }

  let error: Body

  package init(_ error: VPrepError) {
    self.error = Body(
      kind: error.kind.name, stage: error.stage, file: error.file, message: error.message,
      advice: error.advice, code: error.code)
  }

  /// One line of JSON.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts always encode.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension VPrepError.Kind {
  /// The kind's name in JSON.
  fileprivate var name: String {
    switch self {
    case .unusableInput: "unusableInput"
    case .limitsCannotBeMet: "limitsCannotBeMet"
    case .outputNotWritten: "outputNotWritten"
    case .cancelled: "cancelled"
    case .badRequest: "badRequest"
    }
  }
}
