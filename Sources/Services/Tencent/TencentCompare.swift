/// Tencent Cloud FaceID `VideoLivenessCompare`.
enum TencentCompare {
  static let profiles = [ProviderMode.silent, .lip, .action].map(profile)

  /// What Tencent puts before the names of its business codes.
  static let codePrefix = "FailedOperation."

  private static func profile(_ mode: ProviderMode) -> ServiceProfile {
    ServiceProfile(
      provider: .tencent, mode: mode, title: "Tencent `VideoLivenessCompare` (`tencent`)",
      codePrefix: codePrefix, limits: limits(mode), table: TencentRules.all,
      codes: TencentCodes.all, refusal: refusal,
      photoCode: TencentRules.code("LifePhotoSizeError"), request: TencentRequest.rules,
      window: window(mode), needs: MeasuringNeeds(movement: mode != .silent, eyes: mode != .lip))
  }

  private static func window(_ mode: ProviderMode) -> WindowPolicy {
    switch mode {
    case .lip: .voiced
    case .action: .moving
    case .silent: .longEnough
    }
  }

  /// From the parameters and codes: MP4, AVI or FLV, at most 8 MB after Base64, fetched within 4 s
  /// (`VideoUrl`); photo at most 3 MB after Base64 (`ImageUrl`); about 6 s in LIP mode (`LipSizeError`),
  /// longer than 2 s in SILENT mode (`SilentTooShort`).
  static func limits(_ mode: ProviderMode) -> ProviderLimits {
    let base64 = 8_000_000
    return ProviderLimits(
      maximumBytes: Base64Size.largestRaw(within: base64), maximumBase64Bytes: base64,
      acceptedContainers: ["mp4", "avi", "flv"], safeVideoCodecs: ["h264"],
      safeAudioCodecs: ["aac"], recommendedDuration: mode == .lip ? 4...8 : nil,
      durationMustExceed: mode == .silent ? 2 : nil,
      acceptedDuration: mode == .lip ? 2...12 : 0...Double.infinity, minimumShortSide: 480,
      minimumLongSide: 640, minimumFaceWidth: FaceQualityRules.minimumWidth,
      maximumPhotoBase64Bytes: 3_000_000, downloadSeconds: 4, needsAudio: mode == .lip)
  }

  private static let refusal: @Sendable (UnusableMedia) -> ServiceProfile.Refusal = { media in
    media == .empty
      ? ServiceProfile.Refusal(
        code: TencentRules.code("LipSizeError"), source: Source.tencent + ": the video is empty")
      : ServiceProfile.Refusal(
        code: TencentRules.code("LipVideoInvalid"),
        source: Source.tencent + ": the video format must be correct")
  }
}

extension Provider {
  /// Tencent Cloud FaceID, `VideoLivenessCompare`.
  public static let tencent = Provider(named: "tencent")
}

extension Service {
  /// Tencent Cloud FaceID, `VideoLivenessCompare`, with a `LivenessType`.
  public static func tencent(_ mode: ProviderMode) -> Service {
    Service(Provider.tencent, mode: mode) ?? Service(Provider.tencent)
  }
}
