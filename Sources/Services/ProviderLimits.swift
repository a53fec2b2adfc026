/// The limits that a file must meet for one provider and mode.
///
/// The rules read the same numbers, so a file within these limits raises no prediction about them.
public struct ProviderLimits: Sendable, Equatable {
  /// Largest file in bytes.
  public let maximumBytes: Int
  /// Largest Base64 size in characters; `nil` where the provider counts raw bytes.
  public let maximumBase64Bytes: Int?
  /// Accepted containers, as `ClipFacts.container` names them; `nil` for any that FFmpeg reads.
  public let acceptedContainers: [String]?
  /// Video codecs that are assumed safe, by FFmpeg's names; `nil` for any that FFmpeg reads.
  public let safeVideoCodecs: [String]?
  /// Audio codecs that are assumed safe, by FFmpeg's names; `nil` for any that FFmpeg reads.
  public let safeAudioCodecs: [String]?
  /// Durations in seconds that raise no warning; `nil` where the provider recommends none.
  public let recommendedDuration: ClosedRange<Double>?
  /// Duration in seconds that a clip must exceed; `nil` where there is no such limit.
  public let durationMustExceed: Double?
  /// Durations in seconds that are not predicted to fail.
  public let acceptedDuration: ClosedRange<Double>
  /// Shorter side of the picture in pixels that raises no warning.
  public let minimumShortSide: Int
  /// Longer side of the picture in pixels that raises no warning.
  public let minimumLongSide: Int
  /// Face width in pixels that raises no warning.
  public let minimumFaceWidth: Double
  /// Largest Base64 size in characters of the photo; `nil` where the request takes none.
  public let maximumPhotoBase64Bytes: Int?
  /// Seconds in which the provider must fetch the clip; `nil` if the clip is uploaded.
  public let downloadSeconds: Double?
  /// Whether the mode needs audio.
  public let needsAudio: Bool
}
