/// Tencent Cloud FaceID `VideoLivenessCompare`.
enum TencentVideo {
  static let profiles = [ProviderMode.silent, .lip, .action].map(profile)

  /// What Tencent puts before the names of its business codes.
  static let codePrefix = "FailedOperation."

  private static func profile(_ mode: ProviderMode) -> ServiceProfile {
    ServiceProfile(
      provider: .tencent, mode: mode, title: "Tencent `VideoLivenessCompare` (`tencent`)",
      codePrefix: codePrefix, limits: limits(mode), table: rules.all,
      codes: TencentCodes.all(of: .tencent), refusal: refusal,
      photoCode: TencentRules.code(.lifePhotoSizeError), request: request.rules,
      window: window(mode), needs: needs(mode), actions: actions)
  }

  /// What is judged by.
  static let rules = TencentRules(
    source: Source.tencent, explainsCodes: true, modes: ProviderMode.allCases, limits: limits,
    actions: actions,
    turn: .carried(Source.tencentActions),
    asking: "either sequence asks")

  /// The parameters do not say which sequences there are; `GetActionSequence` gives one of two.
  static let actions = ActionSequences(
    accepted: [[1, 2], [2, 1]], standard: [1, 2], text: "1,2 or 2,1")

  /// Which seconds stay of a clip.
  static func window(_ mode: ProviderMode) -> WindowPolicy {
    switch mode {
    case .lip: .voiced
    case .action: .moving
    case .silent: .longEnough
    }
  }

  /// How closely a clip is looked at.
  static func needs(_ mode: ProviderMode) -> MeasuringNeeds {
    MeasuringNeeds(movement: mode != .silent, eyes: mode != .lip)
  }

  // MARK: - Request

  private static let request = TencentRequest(
    action: "VideoLivenessCompare", types: ProviderMode.allCases, actions: actions
  ) { parameters, files in
    TencentRequest.required("ImageUrl", parameters, check: url)
      + TencentRequest.required("ImageMd5", parameters) { digest($0, of: files.image, "photo") }
      + TencentRequest.required("VideoUrl", parameters, check: url)
      + TencentRequest.required("VideoMd5", parameters) { digest($0, of: files.video, "video") }
  }

  private static func url(_ text: String) -> String? {
    for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
      let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
      let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
      return host.isEmpty || !isPlain
        ? "must be a URL with a host, percent-encoded" : nil
    }
    return "must be an http or https URL"
  }

  private static func digest(_ text: String, of file: String?, _ name: String) -> String? {
    let digits = text.lowercased()
    let isHex = digits.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    guard digits.utf8.count == 32, isHex else { return "must be 32 hexadecimal digits" }
    guard let file, file.lowercased() != digits else { return nil }
    return "does not match the \(name), whose MD5 is \(file.lowercased())"
  }

  // MARK: - Limits

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

  static let refusal: @Sendable (UnusableMedia) -> ServiceProfile.Refusal = { media in
    media == .empty
      ? ServiceProfile.Refusal(
        code: TencentRules.code(.lipSizeError), source: Source.tencent + ": the video is empty")
      : ServiceProfile.Refusal(
        code: TencentRules.code(.lipVideoInvalid),
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
