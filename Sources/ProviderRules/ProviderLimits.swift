/// The limits of one provider and mode that a file must keep, for whoever makes the file.
///
/// The rules read the same numbers, so a file made to these limits raises no prediction about them.
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
  /// Seconds in which the provider must have fetched the clip; `nil` where it is uploaded.
  public let downloadSeconds: Double?
  /// Whether the mode needs the sound track.
  public let needsAudio: Bool

  /// The limits of `provider` in `mode`; the provider's default mode when `mode` is `nil`.
  public static func limits(for provider: Provider, mode: ProviderMode? = nil) -> ProviderLimits {
    switch provider {
    case .megvii: megvii
    case .tencent: tencent(mode ?? .silent)
    }
  }

  /// Megvii's limits, from the parameter `video` of H5-Raw-UploadVideo.
  ///
  /// Any container FFmpeg reads, at most 20 MB, 1 to 3 s recommended. A megabyte is taken as
  /// 1,000,000 bytes, the smaller reading.
  private static let megvii = ProviderLimits(
    maximumBytes: 20_000_000, maximumBase64Bytes: nil, acceptedContainers: nil,
    safeVideoCodecs: nil, safeAudioCodecs: nil, recommendedDuration: 1...3,
    durationMustExceed: nil, acceptedDuration: 0.5...10, minimumShortSide: 480,
    minimumLongSide: 640, minimumFaceWidth: 150, maximumPhotoBase64Bytes: nil,
    downloadSeconds: nil, needsAudio: false)

  /// Tencent's limits, from the parameters and codes of VideoLivenessCompare.
  ///
  /// MP4, AVI or FLV, at most 8 MB after Base64, fetched within 4 s (`VideoUrl`); photo at most
  /// 3 MB after Base64 (`ImageUrl`); about 6 s in LIP mode (`LipSizeError`), longer than 2 s in
  /// SILENT mode (`SilentTooShort`).
  private static func tencent(_ mode: ProviderMode) -> ProviderLimits {
    let base64 = 8_000_000
    return ProviderLimits(
      maximumBytes: Base64Size.largestRaw(within: base64), maximumBase64Bytes: base64,
      acceptedContainers: ["mp4", "avi", "flv"], safeVideoCodecs: ["h264"],
      safeAudioCodecs: ["aac"], recommendedDuration: mode == .lip ? 4...8 : nil,
      durationMustExceed: mode == .silent ? 2 : nil,
      acceptedDuration: mode == .lip ? 2...12 : 0...Double.infinity, minimumShortSide: 480,
      minimumLongSide: 640, minimumFaceWidth: 150, maximumPhotoBase64Bytes: 3_000_000,
      downloadSeconds: 4, needsAudio: mode == .lip)
  }
}
