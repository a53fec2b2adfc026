import Hummingbird

/// Why a request gets no report: an HTTP status and the contract `vprep.error/1`.
struct ServiceError: Error, Sendable, Equatable {
  var status: HTTPResponse.Status
  var kind: String
  var stage = "request"
  var file = ""
  var message: String
  var advice: String?
  var code: String?
  /// Seconds after which the same request may succeed.
  var retryAfter: Int?
  /// How much of the request's body was not read.
  var rest = Rest.none

  /// What may still be on its way from the client.
  enum Rest: Sendable { case none, some, all }

  /// The request is wrong.
  static func usage(_ message: String, status: HTTPResponse.Status = .badRequest) -> ServiceError {
    ServiceError(status: status, kind: "usage", message: message)
  }

  /// A job was given up by its client.
  static let cancelled = ServiceError(
    status: .gone, kind: "cancelled", stage: "job", message: "the job was cancelled")

  /// The service is stopping.
  static let stopping = ServiceError(
    status: .serviceUnavailable, kind: "cancelled", message: "the service is stopping",
    advice: "Send the request again.", retryAfter: 5)
}

extension ServiceError {
  private struct Document: Encodable {
    let schema = "vprep.error/1"
    let kind: String
    let stage: String
    let file: String
    let message: String
    let advice: String?
    let code: String?

    private enum CodingKeys: String, CodingKey {
      case schema, kind, stage, file, message, advice, code
    }

    // Every key is always there.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(schema, forKey: .schema)
      try container.encode(kind, forKey: .kind)
      try container.encode(stage, forKey: .stage)
      try container.encode(file, forKey: .file)
      try container.encode(message, forKey: .message)
      try container.encode(advice, forKey: .advice)
      try container.encode(code, forKey: .code)
    }
  }

  /// The error object on one line.
  var json: [UInt8] {
    JSON.line(
      Document(
        kind: kind, stage: stage, file: file, message: message, advice: advice, code: code))
  }
}
