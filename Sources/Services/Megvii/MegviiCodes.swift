/// The error messages of Megvii FaceID `validate_still`.
enum MegviiCodes {
  static let all: [ProviderCode] =
    [
      row(400, .videoFaceNotFound, .predict, "The video shows no face."),
      row(
        400, .videoLowFaceQuality, .predict,
        "The face is too small, dark, bright, blurred or turned, or its eyes are shut."),
      row(400, .videoInvalidDuration, .predict, "The video is too short or too long."),
      row(
        400, .videoUnsupportedFormat, .predict,
        "FFmpeg cannot read the video, or the video is damaged."),
      row(400, .videoFaceOcclude, .predict, "The face is covered throughout the video."),
    ] + access(of: .megvii)

  /// What every API answers about the key, the form and itself.
  static func access(of provider: Provider) -> [ProviderCode] {
    [
      row(
        403, .authenticationError, .server, "The key and the secret do not belong together.",
        of: provider),
      row(
        403, .authorizationError, .server,
        "The key is disabled, has reached its limit, or may not call this API.", of: provider),
      row(
        403, .concurrencyLimitExceeded, .server, "Too many requests run at the same time.",
        of: provider),
      row(400, .missingArguments, .lint, "A required parameter is missing.", of: provider),
      row(
        400, .badArguments, .lint,
        "A parameter has the wrong type, is too long or has an invalid value; for the video also one "
          + "that is too large.", of: provider),
      row(404, .apiNotFound, .server, "There is no such API.", of: provider),
      row(
        500, .internalError, .server, "The server failed; the request may be sent again.",
        of: provider),
    ]
  }

  static func row(
    _ status: Int, _ code: Megvii.Code, _ kind: ProviderCode.Kind, _ meaning: String,
    of provider: Provider = .megvii
  ) -> ProviderCode {
    ProviderCode(
      code: code.rawValue, provider: provider, modes: [], kind: kind, httpStatus: status,
      meaning: meaning)
  }
}
