/// Tencent Cloud FaceID `CompareFaceLiveness`: the clip and the photo travel in the request, as Base64.
///
/// Its document (tencentcloud.com/document/product/1061/57416) is that of March 2026. Until 2024 it named
/// `LIP` as a third liveness type; now it names two, and says which actions there are.
enum TencentCompareFace {
  static let profiles = modes.map(profile)

  private static let modes: [ProviderMode] = [.silent, .action]

  private static let source = "Tencent Cloud FaceID, CompareFaceLiveness"

  private static func profile(_ mode: ProviderMode) -> ServiceProfile {
    ServiceProfile(
      provider: .tencentCompareFace, mode: mode,
      title: "Tencent `CompareFaceLiveness` (`tencent-compare-face`)",
      codePrefix: TencentVideo.codePrefix, limits: limits(mode), table: table, codes: codes,
      refusal: { media in
        media == .empty
          ? TencentVideo.refusal(media)
          : ServiceProfile.Refusal(
            code: TencentRules.code(.lipVideoInvalid), source: source + ": MP4, AVI or FLV")
      }, photoCode: TencentRules.code(.lifePhotoSizeError),
      request: request.rules(clip: clip, photo: photo), window: TencentVideo.window(mode),
      needs: TencentVideo.needs(mode), actions: actions)
  }

  /// From the parameters: MP4, AVI or FLV, at most 8 MB after Base64 (`VideoBase64`); photo at most 3 MB
  /// after Base64 (`ImageBase64`).
  ///
  /// The document is silent about everything else, which is that of `VideoLivenessCompare`; nothing is
  /// fetched.
  @Sendable static func limits(_ mode: ProviderMode) -> ProviderLimits {
    let base64 = 8_000_000
    let other = TencentVideo.limits(mode)
    return ProviderLimits(
      maximumBytes: Base64Size.largestRaw(within: base64), maximumBase64Bytes: base64,
      acceptedContainers: ["mp4", "avi", "flv"], safeVideoCodecs: other.safeVideoCodecs,
      safeAudioCodecs: other.safeAudioCodecs, recommendedDuration: other.recommendedDuration,
      durationMustExceed: other.durationMustExceed, acceptedDuration: other.acceptedDuration,
      minimumShortSide: other.minimumShortSide, minimumLongSide: other.minimumLongSide,
      minimumFaceWidth: other.minimumFaceWidth, maximumPhotoBase64Bytes: 3_000_000,
      downloadSeconds: nil, needsAudio: other.needsAudio)
  }

  /// `ValidateData`: one or two of 1 (open mouth), 2 (blink), 3 (nod) and 4 (shake head).
  ///
  /// That the same one may be asked for twice is not excluded.
  private static let actions = ActionSequences(
    accepted: (1...4).flatMap { first in [[first]] + (1...4).map { [first, $0] } }, standard: nil,
    text: "one or two of 1, 2, 3 and 4, such as 4,2")

  // MARK: - Rules

  private static let table = TencentRules(
    source: source, explainsCodes: false, modes: modes, limits: limits,
    actions: actions, turn: .documented(source + ": ValidateData controls the action sequence"),
    asking: "the request asks"
  ).all

  // MARK: - Codes

  /// The document lists what is answered about the account and the parameters.
  ///
  /// For the answers about the clip, which stand in `Result`, it refers to the list of the selfie APIs
  /// (1061/55390): the codes of `VideoLivenessCompare`. Those about fetching files and about LIP are left
  /// out here.
  private static let codes: [ProviderCode] =
    TencentCodes.all(of: .tencentCompareFace).filter { code in
      let others: [Tencent.Code] = [
        .downLoadError, .downLoadTimeoutError, .lipNetFailed, .unauthorizedOperation,
        .unsupportedOperation,
      ]
      return code.modes != [.lip] && !others.contains { code.code == $0 }
    } + [
      TencentCodes.row(
        .unauthorizedOperationActivating, .server, "The service is being activated.",
        of: .tencentCompareFace)
    ]

  // MARK: - Request

  private static let (clip, photo) = ("VideoBase64", "ImageBase64")

  private static let request = TencentRequest(
    action: "CompareFaceLiveness", types: modes, actions: actions
  ) { parameters, _ in
    findings(photo, parameters, largest: limits(.silent).maximumPhotoBase64Bytes ?? 0)
      + findings(clip, parameters, largest: limits(.silent).maximumBase64Bytes ?? 0)
  }

  /// Checks a parameter that is a file in Base64, or the file itself, which will be sent as such.
  private static func findings(
    _ key: String, _ parameters: [String: RequestValue], largest: Int
  ) -> [LintFinding] {
    func size(_ characters: Int) -> String? {
      if characters <= 0 { return "is an empty file" }
      return characters > largest
        ? "has \(characters) characters; at most \(largest) are accepted" : nil
    }
    if case .file(let bytes)? = parameters[key] {
      return size(Base64Size.encoded(bytes)).map { [TencentRequest.invalidValue(key, $0)] } ?? []
    }
    return TencentRequest.required(key, parameters) { text in
      isBase64(text)
        ? size(text.utf8.count)
        : "must be the file in Base64 (RFC 4648) with its padding, and no more"
    }
  }

  private static func isBase64(_ text: String) -> Bool {
    let digits = text.utf8
    let padding = digits.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    return digits.count.isMultiple(of: 4)
      && digits.dropLast(padding).allSatisfy { digit in
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
          true
        default: false
        }
      }
  }
}

extension Provider {
  /// Tencent Cloud FaceID, `CompareFaceLiveness`.
  public static let tencentCompareFace = Provider(named: "tencent-compare-face")
}

extension Service {
  /// The liveness types of `CompareFaceLiveness`.
  public enum CompareFaceMode: Sendable {
    /// `ACTION`: the person makes the movements asked for.
    case action
    /// `SILENT`: the person only looks at the camera.
    case silent
  }

  /// Tencent Cloud FaceID, `CompareFaceLiveness`, with a `LivenessType`.
  public static func tencentCompareFace(_ mode: CompareFaceMode) -> Service {
    let mode: ProviderMode = mode == .action ? .action : .silent
    return Service(Provider.tencentCompareFace, mode: mode)
      ?? Service(Provider.tencentCompareFace)
  }
}
