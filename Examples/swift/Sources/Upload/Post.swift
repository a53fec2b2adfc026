import AsyncHTTPClient
import Foundation
import NIOCore

/// Posts a body and reads the answer as JSON, whatever its status is.
func post<Body: Decodable>(
  _ body: Data, to url: String, headers: [(String, String)], _ environment: Environment
) async throws -> Body {
  var request = HTTPClientRequest(url: url)
  request.method = .POST
  request.headers.add(contentsOf: headers)
  if let code = environment["STAND_IN_CODE"] {
    request.headers.add(name: "X-Stand-In-Code", value: code)
  }
  request.body = .bytes(ByteBuffer(bytes: body))
  let response = try await HTTPClient.shared.execute(request, timeout: .seconds(120))
  // An answer holds a photograph at most.
  let answer = try await response.body.collect(upTo: 16 << 20)
  return try JSONDecoder().decode(Body.self, from: Data(answer.readableBytesView))
}

/// A body of the type `multipart/form-data`.
struct Form {
  private(set) var body = Data()
  private let boundary = UUID().uuidString
  var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  init(fields: [(String, String)], file: (name: String, bytes: Data)) {
    for (name, value) in fields {
      append(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n")
    }
    append(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.name)\"; "
        + "filename=\"\(file.name)\"\r\nContent-Type: application/octet-stream\r\n\r\n")
    body += file.bytes
    append("\r\n--\(boundary)--\r\n")
  }

  private mutating func append(_ text: String) { body += Data(text.utf8) }
}
