/// The error messages of Megvii FaceID `validate_still`.
enum MegviiCodes {
  static let all: [ProviderCode] =
    [
      row(400, "VIDEO_FACE_NOT_FOUND", .predict, "The video shows no face."),
      row(
        400, "VIDEO_LOW_FACE_QUALITY", .predict,
        "The face is too small, dark, bright, blurred or turned, or its eyes are shut."),
      row(400, "VIDEO_INVALID_DURATION", .predict, "The video is too short or too long."),
      row(
        400, "VIDEO_UNSUPPORTED_FORMAT", .predict,
        "FFmpeg cannot read the video, or the video is damaged."),
      row(400, "VIDEO_FACE_OCCLUDE", .predict, "The face is covered throughout the video."),
    ] + access(of: .megvii)

  /// What every API answers about the key, the form and itself.
  static func access(of provider: Provider) -> [ProviderCode] {
    [
      row(
        403, "AUTHENTICATION_ERROR", .server, "The key and the secret do not belong together.",
        of: provider),
      row(
        403, "AUTHORIZATION_ERROR:<reason>", .server,
        "The key is disabled, has reached its limit, or may not call this API.", of: provider),
      row(
        403, "CONCURRENCY_LIMIT_EXCEEDED", .server, "Too many requests run at the same time.",
        of: provider),
      row(400, "MISSING_ARGUMENTS:<key>", .lint, "A required parameter is missing.", of: provider),
      row(
        400, "BAD_ARGUMENTS:<key>", .lint,
        "A parameter has the wrong type, is too long or has an invalid value; for the video also one "
          + "that is too large.", of: provider),
      row(404, "API_NOT_FOUND", .server, "There is no such API.", of: provider),
      row(
        500, "INTERNAL_ERROR", .server, "The server failed; the request may be sent again.",
        of: provider),
    ]
  }

  static func row(
    _ status: Int, _ code: String, _ kind: ProviderCode.Kind, _ meaning: String,
    of provider: Provider = .megvii
  ) -> ProviderCode {
    ProviderCode(
      code: code, provider: provider, modes: [], kind: kind, httpStatus: status, meaning: meaning)
  }
}
