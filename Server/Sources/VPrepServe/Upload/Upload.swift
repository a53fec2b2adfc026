import Hummingbird
import NIOCore

/// What a request has brought: files in the request's folder, and short fields.
struct Upload {
  var files: [String: UploadedFile] = [:]
  var fields: [String: String] = [:]
}

/// Stores the body of a request as it arrives.
struct UploadReader {
  let folder: RequestFolder
  let maximumBytes: Int
  let seconds: Double
  let metrics: Metrics
  /// Fields that are files.
  let files: Set<String>
  /// The field that a body without a form is.
  let raw: String

  /// Bytes that are read and dropped after a refusal, so that the client sees the answer.
  static let mostDropped = 16 << 20

  /// Reads all of the body.
  ///
  /// - Throws: 413 beyond the limit, as soon as it is passed; 408 if it takes too long; 400 if it is
  ///   malformed or ends early.
  func read(_ request: Request) async throws -> Upload {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumBytes {
      throw tooLarge(.all)
    }
    var sink = try UploadSink(
      reader: request.isMultipart ? multipart(request) : nil, folder: folder, files: files, raw: raw
    )
    let deadline = ContinuousClock.now + .seconds(seconds)
    var count = 0
    for try await buffer in request.body {
      // A client that sends nothing at all is cut off by the connection's own limit.
      guard ContinuousClock.now < deadline else { throw tooSlow }
      count += buffer.readableBytes
      if count <= maximumBytes {
        try sink.take(buffer.readableBytesView)
      } else if count > maximumBytes + Self.mostDropped {
        break
      }
    }
    metrics.count(uploadedBytes: min(count, maximumBytes))
    guard count <= maximumBytes else { throw tooLarge(.some) }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), count < length {
      throw ServiceError.usage("the body ends after \(count) of \(length) bytes")
    }
    return try sink.complete()
  }

  private func multipart(_ request: Request) throws(ServiceError) -> MultipartReader {
    guard let reader = MultipartReader(contentType: request.headers[.contentType] ?? "") else {
      var error = ServiceError.usage("Content-Type names no boundary")
      error.rest = .all
      throw error
    }
    return reader
  }

  private var tooSlow: ServiceError {
    ServiceError(
      status: .requestTimeout, kind: "limit", stage: "upload",
      message: "the upload took more than \(Int(seconds)) s", rest: .some)
  }

  private func tooLarge(_ rest: ServiceError.Rest) -> ServiceError {
    ServiceError(
      status: .contentTooLarge, kind: "limit", stage: "upload",
      message: "the body has more than \(maximumBytes) bytes", rest: rest)
  }
}
