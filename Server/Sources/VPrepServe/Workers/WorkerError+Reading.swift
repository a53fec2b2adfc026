import Foundation
import Hummingbird

extension WorkerError {
  /// `nil` if the text is no error object.
  init?(_ text: some Sequence<UInt8>) {
    guard let error = try? JSONDecoder().decode(WorkerError.self, from: Data(text)) else {
      return nil
    }
    self = error
  }

  /// The error as the answer to a request.
  ///
  /// - Parameter timedOut: whether the call's time was up: `kind` alone does not tell that limit from others.
  func answered(timedOut: Bool) -> ServiceError {
    ServiceError(
      status: status(timedOut: timedOut), kind: kind, stage: stage, file: file, message: message,
      advice: advice, code: code, retryAfter: kind == "resources" || kind == "cancelled" ? 5 : nil)
  }

  private func status(timedOut: Bool) -> HTTPResponse.Status {
    switch kind {
    case "usage": .badRequest
    case "limit": timedOut ? .gatewayTimeout : .contentTooLarge
    case "resources", "cancelled": .serviceUnavailable
    // What the operator has to mend.
    case "missing", "forbidden", "unreadable", "library", "output": .internalServerError
    // What the clip is.
    default: .unprocessableContent
    }
  }
}
