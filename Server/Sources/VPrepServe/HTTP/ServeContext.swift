import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// What belongs to one request.
struct ServeContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The name of the request in answers and logs.
  var requestID = UUID().uuidString.lowercased()
  /// Whose token the request names; `nil` where none is needed.
  var owner: TokenOwner?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
  }
}

extension HTTPResponse.Status {
  /// 507 (RFC 4918): there is no room to store what was sent.
  static let insufficientStorage = HTTPResponse.Status(
    code: 507, reasonPhrase: "Insufficient Storage")
}

extension HTTPField.Name {
  /// The name of a request, which an answer repeats.
  static let requestID = known("X-Request-ID")
  static let permissionsPolicy = known("Permissions-Policy")
  static let referrerPolicy = known("Referrer-Policy")

  /// A name that is written in this program.
  static func known(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("no header: \(text)") }
    return name
  }
}

extension Request {
  /// Whether the body is a form with parts.
  var isMultipart: Bool {
    headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") ?? false
  }

  /// The address's parameters, percent-decoded.
  var query: [(name: String, value: String)] {
    uri.queryParameters.map { name, value in
      (String(name).removingPercentEncoding ?? String(name), String(value))
    }
  }
}

extension Response {
  /// An answer of JSON that was written before.
  init(
    json: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) {
    self.init(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    self.headers[.contentType] = "application/json"
  }
}
