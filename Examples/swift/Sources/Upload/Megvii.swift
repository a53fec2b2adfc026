import Foundation
import VPrep

/// Megvii's `validate_still`, which takes the clip in the request.
struct Megvii: Destination {
  let gate = Gate(provider: .megvii)
  private let environment: Environment
  private let fields: [(String, String)]

  init(_ environment: Environment) throws {
    self.environment = environment
    fields = [
      ("api_key", try environment.required("MEGVII_API_KEY")),
      ("api_secret", try environment.required("MEGVII_API_SECRET")),
      ("return_image", "1"),
    ]
  }

  func send(_ video: Video) async throws -> Answer {
    let form = Form(fields: fields, file: ("video", video.bytes))
    let answer: Body = try await post(
      form.body,
      to: (environment["MEGVII_URL"] ?? "https://api-sgp.megvii.com")
        + "/faceid/lite/raw/validate_still",
      headers: [("Content-Type", form.contentType)], environment)
    guard let code = answer.error_message else { return .accepted(answer.token_still ?? "") }
    return Self.temporary.contains(code) ? .temporary(code) : .refused(code)
  }

  private static let temporary: Set = ["CONCURRENCY_LIMIT_EXCEEDED", "INTERNAL_ERROR"]

  private struct Body: Decodable {
    var error_message: String?
    var token_still: String?
  }
}
