import Crypto
import Foundation
import Hummingbird

/// Tencent Cloud `VideoLivenessCompare`: parameters, fields and errors of the document.
///
/// Codes that begin with `FailedOperation` are the `Result`, as the document says; the others are an `Error`.
/// The similarity is made up, and `BestFrame.Url` holds the picture itself.
struct TencentStandIn: Sendable {
  let standIn: StandIn

  /// Why there is no success: a code of the API, and what it says.
  private struct Refusal: Error {
    let code: String
    let message: String
  }

  /// Seconds that a request's time may be off ("Common Params", Tencent Cloud API 3.0: five minutes).
  private static let clockSkew = 300.0
  private static let mostBytes = 1 << 20
  /// Above the 70 that the document recommends.
  private static let similarity = 90.0

  func answer(_ request: Request, _ context: ServeContext) async -> Response {
    var response: [String: JSON]
    do {
      response = try await success(request)
    } catch {
      let refusal = Self.refusal(error)
      response =
        refusal.code.hasPrefix("FailedOperation")
        ? [
          "Result": .string(refusal.code), "Description": .string(refusal.message),
          "BestFrame": .null, "Sim": .number(0),
        ]
        : ["Error": .object(["Code": .string(refusal.code), "Message": .string(refusal.message)])]
    }
    response["RequestId"] = .string(context.requestID)
    return Response(json: JSON.object(["Response": .object(response)]).line)
  }

  private func success(_ request: Request) async throws -> [String: JSON] {
    let body = [UInt8](try await request.body.collect(upTo: Self.mostBytes).readableBytesView)
    try authenticate(request, body)
    if let code = await standIn.forced.next(request.headers[.standInCode]) {
      throw Refusal(code: code, message: "asked for by X-Stand-In-Code")
    }
    guard await standIn.tencentRate.takes() else {
      throw Refusal(code: "RequestLimitExceeded", message: "more requests a second than it takes")
    }
    let action = request.headers[.known("X-TC-Action")] ?? ""
    guard action == "VideoLivenessCompare" else {
      throw Refusal(code: "InvalidAction", message: "the stand-in knows VideoLivenessCompare alone")
    }
    guard request.headers[.known("X-TC-Version")] == "2018-03-01" else {
      throw Refusal(code: "NoSuchVersion", message: "the version is 2018-03-01")
    }
    guard case .object(let parameters)? = JSON(text: body) else {
      throw Refusal(code: "InvalidParameter", message: "the body is not a JSON object")
    }
    return try await compare(parameters)
  }

  private func authenticate(_ request: Request, _ body: [UInt8]) throws(Refusal) {
    func refuse(_ code: String, _ message: String) -> Refusal {
      Refusal(code: "AuthFailure.\(code)", message: message)
    }
    guard let signature = request.headers[.authorization].flatMap({ TencentSignature($0) }) else {
      throw refuse("SignatureFailure", "Authorization holds no TC3-HMAC-SHA256 signature")
    }
    let timestamp = request.headers[.known("X-TC-Timestamp")] ?? ""
    guard let seconds = Double(timestamp),
      abs(Date().timeIntervalSince1970 - seconds) <= Self.clockSkew
    else { throw refuse("SignatureExpire", "X-TC-Timestamp is more than five minutes off") }
    guard signature.identifier == standIn.keys.tencentID else {
      throw refuse("SecretIdNotFound", "the SecretId is not known")
    }
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    headers["host"] = request.head.authority ?? headers["host"]
    guard
      signature.signs(
        headers: headers, body: body, timestamp: timestamp, key: standIn.keys.tencentKey)
    else { throw refuse("SignatureFailure", "the signature is not that of this request") }
  }

  // MARK: - The files

  private func compare(_ parameters: [String: JSON]) async throws -> [String: JSON] {
    guard let video = parameters["VideoUrl"]?.text, let image = parameters["ImageUrl"]?.text else {
      throw Refusal(code: "InvalidParameter", message: "VideoUrl and ImageUrl are required")
    }
    let service = standIn.service
    let folder = try RequestFolder(in: service.spool.path)
    defer { folder.remove() }
    for (url, name) in [(video, "video"), (image, "image")] {
      let bytes = try await fetch(url)
      let file = try UploadedFile(path: folder.file(name), name: nil)
      try file.write(bytes)
    }
    let mode = (parameters["LivenessType"]?.text ?? "SILENT").lowercased()
    var options: [String: JSON] = [
      "provider": .string("tencent"), "photo": .string(folder.file("image")),
      "request": .object(parameters), "timeLimit": .number(service.settings.timeLimit),
    ]
    if ["lip", "action", "silent"].contains(mode) { options["mode"] = .string(mode) }
    let verdict = try await standIn.check(
      Job(call: .check, clip: folder.file("video"), options: options))
    if let code = verdict.code { throw Refusal(code: code, message: verdict.message) }
    return [
      "Result": .string("Success"), "Description": .string("Success"),
      "Sim": .number(Self.similarity), "BestFrame": try await bestFrame(folder.file("video")),
    ]
  }

  private func fetch(_ url: String) async throws -> [UInt8] {
    do {
      return try await LoopbackFetch.bytes(of: url)
    } catch {
      throw Refusal(code: error.code, message: "\(error)")
    }
  }

  private func bestFrame(_ clip: String) async throws -> JSON {
    let answer = try await standIn.service.pool.run(
      Job(call: .preview, clip: clip, options: ["previews": .number(1)]),
      seconds: standIn.service.settings.timeLimit + WorkerPool.grace)
    guard case .success(let report) = answer.result,
      let image = try JSONDecoder().decode(JudgedReport.self, from: Data(report)).previews.first?
        .image,
      let comma = image.firstIndex(of: ","),
      let jpeg = Data(base64Encoded: String(image[image.index(after: comma)...]))
    else { return .null }
    let md5 = Insecure.MD5.hash(data: jpeg).map { String(format: "%02x", $0) }.joined()
    return .object([
      "Url": .string(image), "MD5": .string(md5), "Size": .number(Double(jpeg.count)),
    ])
  }

  private static func refusal(_ error: any Error) -> Refusal {
    switch error {
    case let refusal as Refusal: refusal
    case let error as ServiceError where error.status == .tooManyRequests:
      Refusal(code: "RequestLimitExceeded", message: error.message)
    case let error as ServiceError where error.status == .badRequest:
      Refusal(code: "InvalidParameterValue", message: error.message)
    default: Refusal(code: "InternalError", message: "the stand-in has failed")
    }
  }
}
