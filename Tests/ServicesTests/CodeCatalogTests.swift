import Foundation
import Services
import Testing

@Suite("The catalogue of codes")
struct CodeCatalogTests {
  /// The error messages in the document of Megvii's H5-Raw-UploadVideo, with their HTTP status.
  static let megvii: [(String, Int)] = [
    ("VIDEO_FACE_NOT_FOUND", 400), ("VIDEO_LOW_FACE_QUALITY", 400),
    ("VIDEO_INVALID_DURATION", 400), ("VIDEO_UNSUPPORTED_FORMAT", 400),
    ("VIDEO_FACE_OCCLUDE", 400), ("AUTHENTICATION_ERROR", 403),
    ("AUTHORIZATION_ERROR:<reason>", 403), ("CONCURRENCY_LIMIT_EXCEEDED", 403),
    ("MISSING_ARGUMENTS:<key>", 400), ("BAD_ARGUMENTS:<key>", 400), ("API_NOT_FOUND", 404),
    ("INTERNAL_ERROR", 500),
  ]

  /// The error codes in the document of Tencent's VideoLivenessCompare.
  static let tencent =
    [
      "ActionCloseEye", "ActionFaceClose", "ActionFaceFar", "ActionFaceLeft", "ActionFaceRight",
      "ActionFirstAction", "ActionLightDark", "ActionLightStrong", "ActionNodetectFace",
      "ActionOpenMouth", "CompareFail", "CompareLowSimilarity", "CompareSystemError",
      "DownLoadError", "DownLoadTimeoutError", "LifePhotoDetectFaces", "LifePhotoDetectFake",
      "LifePhotoDetectNoFaces", "LifePhotoPoorQuality", "LifePhotoSizeError", "LipFaceIncomplete",
      "LipMoveSmall", "LipNetFailed", "LipSizeError", "LipVideoInvalid", "LipVideoQuaility",
      "LipVoiceDetect", "LipVoiceLow", "LipVoiceRecognize", "LivessBestFrameError",
      "LivessDetectFail", "LivessDetectFake", "LivessSystemError", "LivessUnknownError",
      "SilentDetectFail", "SilentEyeLiveFail", "SilentFaceDetectFail", "SilentFaceQualityFail",
      "SilentFaceWithMaskFail", "SilentMouthLiveFail", "SilentMultiFaceFail",
      "SilentPictureLiveFail", "SilentThreshold", "SilentTooShort", "UnKnown",
    ].map { "FailedOperation." + $0 } + [
      "InvalidParameter", "InvalidParameterValue", "UnauthorizedOperation",
      "UnauthorizedOperation.Arrears", "UnauthorizedOperation.NonAuthorize",
      "UnauthorizedOperation.Nonactivated", "UnsupportedOperation",
    ]

  func codes(_ provider: Provider) -> [ProviderCode] {
    CodeCatalog.codes.filter { $0.provider == provider }
  }

  @Test("holds every code that the documents hold, and no other")
  func complete() {
    #expect(Self.megvii.count == 12)
    #expect(Self.tencent.count == 52)
    #expect(codes(.megvii).map(\.code) == Self.megvii.map(\.0))
    #expect(codes(.megvii).map(\.httpStatus) == Self.megvii.map(\.1))
    #expect(codes(.tencent).map(\.code) == Self.tencent)
  }

  @Test("gives each predicted code a rule, and each rule a code")
  func rulesAndCodes() {
    for listing in CodeCatalog.listing() {
      let isPredicted = listing.code.kind == .predict
      let mayHaveRules = isPredicted || listing.code.code == "BAD_ARGUMENTS:<key>"
      #expect(listing.rules.isEmpty != mayHaveRules, "\(listing.code.code)")
      for rule in listing.rules {
        #expect(rule.modes == listing.code.modes || listing.code.modes.isEmpty)
      }
    }
    for provider in Provider.allCases {
      for rule in Service(provider).profile.table where rule.tag == nil {
        #expect(CodeCatalog.entry(for: rule.code, of: provider) != nil, "\(rule.code)")
      }
    }
  }

  @Test("lists as unpredictable what only the server knows, in the mode that can give it")
  func unpredictable() {
    let lip = CodeCatalog.unpredictable(by: .tencent(.lip))
    let silent = CodeCatalog.unpredictable(by: .tencent(.silent))
    #expect(lip.contains("FailedOperation.LipVoiceRecognize"))
    #expect(!silent.contains("FailedOperation.LipVoiceRecognize"))
    #expect(silent.contains("FailedOperation.SilentThreshold"))
    #expect(!lip.contains("FailedOperation.SilentThreshold"))
    let predicted = Set(Service(.tencent).profile.table.map(\.code))
    #expect(predicted.isDisjoint(with: lip + silent))
    let all = Set(ProviderMode.allCases.flatMap { CodeCatalog.unpredictable(by: .tencent($0)) })
    #expect(all == Set(codes(.tencent).filter { $0.kind == .server }.map(\.code)))
  }

  @Test("finds the code that a spelt-out one is an instance of")
  func instances() {
    #expect(CodeCatalog.entry(for: "MISSING_ARGUMENTS:api_key")?.code == "MISSING_ARGUMENTS:<key>")
    #expect(CodeCatalog.entry(for: "VIDEO_FACE_OCCLUDE")?.code == "VIDEO_FACE_OCCLUDE")
    #expect(CodeCatalog.entry(for: "NO_SUCH_CODE") == nil)
    #expect(CodeCatalog.entry(for: "NO_SUCH_CODE:key") == nil)
  }

  @Test("lists limits as the caller's rules leave them")
  func overrides() throws {
    let overrides = try RuleOverrides(
      json: #"{"ActionFaceFar": {"face.widthShare": {"warn": 0.2}}}"#)
    let limits = CodeCatalog.listing(.tencent, overrides: overrides).flatMap(\.rules).compactMap(
      \.warn
    ).filter(\.overridden)
    #expect(limits.map(\.text) == ["< 20 %"])
  }

  @Test("writes a code and its rules as one JSON object")
  func json() throws {
    let listing = try #require(
      CodeCatalog.listing(.tencent).first { $0.code.code.hasSuffix("SilentTooShort") })
    let data = try JSONEncoder().encode(listing)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["code"] as? String == "FailedOperation.SilentTooShort")
    #expect(object["kind"] as? String == "predict")
    let rule = try #require((object["rules"] as? [[String: Any]])?.first)
    #expect(rule["measure"] as? String == "input.durationSeconds")
    #expect((rule["fail"] as? [String: Any])?["text"] as? String == "≤ 2 s")
  }

  @Test("is what the documentation shows")
  func documentation() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Docs/provider-codes.md")
    let text = CodeCatalog.markdown()
    if ProcessInfo.processInfo.environment["VPREP_WRITE_DOCS"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    for code in CodeCatalog.codes { #expect(text.contains("`\(code.code)`")) }
    for measure in Measure.all { #expect(text.contains("`\(measure.name)`")) }
  }
}
