/// Megvii FaceID.
public enum Megvii {
  /// The codes that its APIs answer, as they spell them.
  ///
  /// They compare with the codes of predictions: `prediction.code == Megvii.Code.videoFaceNotFound`.
  public enum Code: String, Sendable, CaseIterable, ProviderCodeConstant {
    /// The video shows no face.
    case videoFaceNotFound = "VIDEO_FACE_NOT_FOUND"
    /// The face is too small, dark, bright, blurred or turned.
    case videoLowFaceQuality = "VIDEO_LOW_FACE_QUALITY"
    /// The video is too short or too long.
    case videoInvalidDuration = "VIDEO_INVALID_DURATION"
    /// FFmpeg cannot read the video, or the video is damaged.
    case videoUnsupportedFormat = "VIDEO_UNSUPPORTED_FORMAT"
    /// The face is covered throughout the video (`validate_still`).
    case videoFaceOcclude = "VIDEO_FACE_OCCLUDE"
    /// The video shows several faces (`validate_video`).
    case videoMultipleFaces = "VIDEO_MULTIPLE_FACES"
    /// The video has no sound (`validate_video`).
    case videoNoAudio = "VIDEO_NO_AUDIO"
    /// The token of the digits is wrong or has expired (`validate_video`).
    case invalidToken = "INVALID_TOKEN"
    /// The key and the secret do not belong together.
    case authenticationError = "AUTHENTICATION_ERROR"
    /// The key is disabled, has reached its limit, or may not call this API.
    case authorizationError = "AUTHORIZATION_ERROR:<reason>"
    /// Too many requests run at the same time.
    case concurrencyLimitExceeded = "CONCURRENCY_LIMIT_EXCEEDED"
    /// A required parameter is missing; the answer names it for `<key>`.
    case missingArguments = "MISSING_ARGUMENTS:<key>"
    /// A parameter is wrong; the answer names it for `<key>`.
    case badArguments = "BAD_ARGUMENTS:<key>"
    /// The video is too large: an instance of `BAD_ARGUMENTS:<key>`.
    case badArgumentsVideo = "BAD_ARGUMENTS:video"
    /// There is no such API.
    case apiNotFound = "API_NOT_FOUND"
    /// The server failed; the request may be sent again.
    case internalError = "INTERNAL_ERROR"

    /// The code with the name of a parameter in place of `<key>`.
    func naming(_ key: String) -> String {
      rawValue.prefix { $0 != ":" } + ":" + key
    }
  }
}
