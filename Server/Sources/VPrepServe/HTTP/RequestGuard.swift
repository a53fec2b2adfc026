import Hummingbird
import Logging

/// What is done around each request: its name, its log line, its counts, and errors as JSON.
struct RequestGuard: RouterMiddleware {
  typealias Context = ServeContext

  let metrics: Metrics

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var context = context
    if let name = request.headers[.requestID], Self.isName(name) { context.requestID = name }
    let start = ContinuousClock.now
    var response: Response
    var kind: String?
    do {
      response = try await next(request, context)
    } catch let error as ServiceError {
      kind = error.kind
      response = Self.response(error, request)
    } catch let error as HTTPError {
      let error = Self.described(error)
      kind = error.kind
      response = Self.response(error, request)
    } catch let error as SpoolError {
      context.logger.error("cannot store an upload", metadata: ["error": "\(error)"])
      kind = "output"
      response = Self.response(
        ServiceError(
          status: .insufficientStorage, kind: "output", stage: "upload",
          message: "the upload cannot be stored", retryAfter: 5, rest: .all), request)
    }
    response.headers[.requestID] = context.requestID
    response.headers[.xContentTypeOptions] = "nosniff"
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let route = context.endpointPath ?? "none"
    metrics.count(route: route, status: response.status.code, seconds: seconds)
    var metadata: Logger.Metadata = [
      "request": "\(context.requestID)", "method": "\(request.method)", "route": "\(route)",
      "status": "\(response.status.code)", "seconds": "\((seconds * 1000).rounded() / 1000)",
    ]
    if let kind { metadata["kind"] = "\(kind)" }
    context.logger.info("answered", metadata: metadata)
    return response
  }

  /// Whether a name given by the client may stand in a log.
  private static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || byte == 45 || byte == 46 || byte == 95
      }
  }

  private static func described(_ error: HTTPError) -> ServiceError {
    switch error.status {
    case .notFound:
      ServiceError(
        status: .notFound, kind: "usage", message: "there is nothing at this address",
        rest: .all)
    default:
      ServiceError(
        status: error.status, kind: "usage", message: error.body ?? error.status.reasonPhrase,
        rest: .all)
    }
  }

  private static func response(_ error: ServiceError, _ request: Request) -> Response {
    var headers: HTTPFields = [:]
    if let seconds = error.retryAfter { headers[.retryAfter] = "\(seconds)" }
    if error.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
    let hasBody =
      request.headers[.contentLength] ?? "0" != "0" || request.headers[.transferEncoding] != nil
    guard error.rest != .none, hasBody else {
      return Response(json: error.json, status: error.status, headers: headers)
    }
    // What the client still sends would be read to its end: the connection ends instead, when the client
    // has had the time to see the answer.
    headers[.connection] = "close"
    headers[.contentType] = "application/json"
    let buffer = ByteBuffer(bytes: error.json)
    return Response(
      status: error.status, headers: headers,
      body: ResponseBody(contentLength: buffer.readableBytes) { writer in
        try await writer.write(buffer)
        try await writer.finish(nil)
        if error.rest == .all { try await drop(request.body) }
        throw ConnectionEnd()
      })
  }

  /// Reads and drops a body up to a bound.
  private static func drop(_ body: RequestBody) async throws {
    let deadline = ContinuousClock.now + .seconds(2)
    var count = 0
    for try await buffer in body {
      count += buffer.readableBytes
      if count > UploadReader.mostDropped || ContinuousClock.now > deadline { return }
    }
  }

  /// Ends the connection after an answer.
  private struct ConnectionEnd: Error {}
}
