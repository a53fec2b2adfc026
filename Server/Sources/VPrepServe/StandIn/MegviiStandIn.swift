import Crypto
import Foundation
import Hummingbird

/// Megvii FaceID `validate_still` (H5-Raw-UploadVideo): parameters, fields and errors of the document.
///
/// `return_multifaces_tag` is accepted and adds nothing: the document does not say what it returns.
struct MegviiStandIn: Sendable {
  let standIn: StandIn

  /// What a request has asked for, as far as it was read.
  private struct Form {
    var fields: [String: String] = [:]
    var md5 = ""
  }

  /// Why there is no success: the document's error message.
  private struct Refusal: Error { let message: String }

  private static let parameters: Set<String> = [
    "api_key", "api_secret", "biz_no", "liveness_preference", "return_image",
    "return_multifaces_tag", "face_occlusion_detection", "eye_close_detection",
  ]

  func answer(_ request: Request, _ context: ServeContext) async -> Response {
    let start = ContinuousClock.now
    var form = Form()
    var body: [String: JSON] = [:]
    var status = HTTPResponse.Status.ok
    do {
      body = try await success(request, &form)
    } catch {
      let message = Self.message(error)
      body = ["error_message": .string(message)]
      status = Self.status(of: message)
    }
    body["request_id"] = .string("\(Int(Date().timeIntervalSince1970)),\(context.requestID)")
    body["time_used"] = .number(((ContinuousClock.now - start) / .milliseconds(1)).rounded())
    if let number = form.fields["biz_no"] { body["biz_no"] = .string(number) }
    return Response(json: JSON.object(body).line, status: status)
  }

  private func success(_ request: Request, _ form: inout Form) async throws -> [String: JSON] {
    guard request.isMultipart else { throw Refusal(message: "MISSING_ARGUMENTS:api_key") }
    let service = standIn.service
    var read = Form()
    defer { form = read }
    let folder = try RequestFolder(in: service.spool.path)
    defer { folder.remove() }
    let upload = try await UploadReader(
      folder: folder, maximumBytes: service.settings.maximumBytes,
      seconds: service.settings.uploadSeconds, metrics: service.metrics, files: ["video"],
      raw: "video"
    ).read(request)
    read.fields = upload.fields
    if let code = await standIn.forced.next(request.headers[.standInCode]) {
      throw Refusal(message: code)
    }
    try authenticate(read.fields)
    guard await standIn.megviiRate.takes() else {
      throw Refusal(message: "CONCURRENCY_LIMIT_EXCEEDED")
    }
    guard let video = upload.files["video"] else {
      throw Refusal(message: "MISSING_ARGUMENTS:video")
    }
    var job = Job(call: .check, clip: video.path, options: options(read.fields))
    let verdict = try await standIn.check(job)
    if let code = verdict.code { throw Refusal(message: code) }
    var body: [String: JSON] = [
      "token_still": .string(Self.token(try Data(contentsOf: URL(filePath: video.path))))
    ]
    let wanted = Int(read.fields["return_image"] ?? "0") ?? 0
    guard wanted > 0 else { return body }
    job = Job(call: .preview, clip: video.path, options: ["previews": .number(Double(wanted))])
    let images = try await images(job)
    body["image_best"] = images.first.map(JSON.string) ?? .null
    if wanted == 2 { body["image_best_2"] = images.dropFirst().first.map(JSON.string) ?? .null }
    return body
  }

  private func authenticate(_ fields: [String: String]) throws(Refusal) {
    for key in ["api_key", "api_secret"] where fields[key, default: ""].isEmpty {
      throw Refusal(message: "MISSING_ARGUMENTS:\(key)")
    }
    guard fields["api_key"] == standIn.keys.megviiKey,
      fields["api_secret"] == standIn.keys.megviiSecret
    else { throw Refusal(message: "AUTHENTICATION_ERROR") }
  }

  private func options(_ fields: [String: String]) -> [String: JSON] {
    let request = fields.filter { Self.parameters.contains($0.key) }.mapValues { JSON.string($0) }
    return [
      "provider": .string("megvii"), "request": .object(request),
      "timeLimit": .number(standIn.service.settings.timeLimit),
    ]
  }

  private func images(_ job: Job) async throws -> [String] {
    let answer = try await standIn.service.pool.run(
      job, seconds: standIn.service.settings.timeLimit + WorkerPool.grace)
    guard case .success(let report) = answer.result else { return [] }
    return try JSONDecoder().decode(JudgedReport.self, from: Data(report)).previews.map(\.image)
  }

  /// The same token for the same clip.
  private static func token(_ clip: Data) -> String {
    SHA256.hash(data: clip).prefix(16).map { String(format: "%02x", $0) }.joined()
  }

  private static func message(_ error: any Error) -> String {
    switch error {
    case let refusal as Refusal: refusal.message
    // The queue is full: the document's word for it.
    case let error as ServiceError where error.status == .tooManyRequests:
      "CONCURRENCY_LIMIT_EXCEEDED"
    case let error as ServiceError where error.status == .contentTooLarge:
      "BAD_ARGUMENTS:video"
    case let error as ServiceError where error.status == .badRequest: "BAD_ARGUMENTS:video"
    default: "INTERNAL_ERROR"
    }
  }

  /// The document's HTTP status of a message.
  static func status(of message: String) -> HTTPResponse.Status {
    switch message.prefix(while: { $0 != ":" }) {
    case "AUTHENTICATION_ERROR", "AUTHORIZATION_ERROR", "CONCURRENCY_LIMIT_EXCEEDED": .forbidden
    case "API_NOT_FOUND": .notFound
    case "INTERNAL_ERROR": .internalServerError
    default: .badRequest
    }
  }
}
