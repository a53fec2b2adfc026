/// The error codes of Tencent's APIs, as the document of `VideoLivenessCompare` lists them.
enum TencentCodes {
  static func all(of provider: Provider) -> [ProviderCode] {
    (operation + request).map { $0.answered(by: provider) }
  }

  private static let operation: [ProviderCode] = [
    row("ActionCloseEye", .predict, "The eyes were not seen to close.", [.action]),
    row("ActionFaceClose", .predict, "The face is too close to the camera."),
    row("ActionFaceFar", .predict, "The face is too far from the camera."),
    row("ActionFaceLeft", .predict, "The face is too far to the left."),
    row("ActionFaceRight", .predict, "The face is too far to the right."),
    row("ActionFirstAction", .predict, "No movement was seen.", [.action]),
    row("ActionLightDark", .predict, "There is too little light on the face."),
    row("ActionLightStrong", .predict, "There is too much light on the face."),
    row("ActionNodetectFace", .predict, "No whole face was found.", [.action]),
    row("ActionOpenMouth", .predict, "The mouth was not seen to open.", [.action]),
    row("CompareFail", .server, "The comparison with the photo failed."),
    row("CompareLowSimilarity", .server, "The person resembles the photo too little."),
    row("CompareSystemError", .server, "The comparison engine could not be called."),
    row("DownLoadError", .server, "A file could not be fetched."),
    row("DownLoadTimeoutError", .predict, "Fetching a file took too long."),
    row("LifePhotoDetectFaces", .predict, "The photo shows several faces."),
    row("LifePhotoDetectFake", .server, "The photo was not taken for that of a real person."),
    row("LifePhotoDetectNoFaces", .predict, "The photo shows no whole face."),
    row("LifePhotoPoorQuality", .predict, "The photo's resolution or quality is too low."),
    row("LifePhotoSizeError", .predict, "The photo is too large, too small or of another format."),
    row("LipFaceIncomplete", .predict, "The face is not shown completely.", [.lip]),
    row("LipMoveSmall", .predict, "The lips move too little.", [.lip]),
    row("LipNetFailed", .server, "The video could not be fetched over the network."),
    row(
      "LipSizeError", .predict,
      "The video is empty, too large, or in LIP mode not about 6 seconds long."),
    row("LipVideoInvalid", .predict, "The video's format is wrong."),
    row("LipVideoQuaility", .predict, "The video's definition is too low."),
    row("LipVoiceDetect", .predict, "No sound was found.", [.lip]),
    row("LipVoiceLow", .predict, "The voice is too quiet.", [.lip]),
    row("LipVoiceRecognize", .server, "The digits were not understood.", [.lip]),
    row("LivessBestFrameError", .predict, "No frame could be taken for the comparison."),
    row("LivessDetectFail", .server, "The liveness check failed."),
    row("LivessDetectFake", .server, "The recording was taken for a forgery."),
    row("LivessSystemError", .server, "The liveness engine could not be called."),
    row("LivessUnknownError", .server, "The liveness check failed for an unknown reason."),
    row("SilentDetectFail", .server, "The check for a real person failed.", [.silent]),
    row("SilentEyeLiveFail", .predict, "The eyes could not be judged.", [.silent]),
    row("SilentFaceDetectFail", .predict, "The video shows no face.", [.silent]),
    row("SilentFaceQualityFail", .predict, "The face's quality is low.", [.silent]),
    row("SilentFaceWithMaskFail", .predict, "The person wears a mask.", [.silent]),
    row("SilentMouthLiveFail", .predict, "The mouth could not be judged.", [.silent]),
    row("SilentMultiFaceFail", .predict, "The video shows several faces.", [.silent]),
    row("SilentPictureLiveFail", .server, "The video may be a forgery.", [.silent]),
    row("SilentThreshold", .server, "The score for a real person is too low.", [.silent]),
    row("SilentTooShort", .predict, "The video is not longer than 2 seconds.", [.silent]),
    row("UnKnown", .server, "The server failed for an unknown reason."),
  ]

  private static let request: [ProviderCode] = [
    plain("InvalidParameter", .lint, "A parameter is missing or malformed."),
    plain("InvalidParameterValue", .lint, "A parameter has an invalid value."),
    plain("UnauthorizedOperation", .server, "The account may not do this."),
    plain("UnauthorizedOperation.Arrears", .server, "The account has unpaid bills."),
    plain("UnauthorizedOperation.NonAuthorize", .server, "The account's identity is not verified."),
    plain("UnauthorizedOperation.Nonactivated", .server, "The service is not activated."),
    plain("UnsupportedOperation", .server, "The operation is not supported."),
  ]

  private static func row(
    _ name: String, _ kind: ProviderCode.Kind, _ meaning: String, _ modes: [ProviderMode] = []
  ) -> ProviderCode {
    ProviderCode(
      code: TencentRules.code(name), provider: .tencent, modes: modes, kind: kind,
      httpStatus: nil, meaning: meaning)
  }

  static func plain(
    _ code: String, _ kind: ProviderCode.Kind, _ meaning: String, of provider: Provider = .tencent
  ) -> ProviderCode {
    ProviderCode(
      code: code, provider: provider, modes: [], kind: kind, httpStatus: nil, meaning: meaning)
  }
}

extension ProviderCode {
  /// The same code as another provider answers it.
  fileprivate func answered(by provider: Provider) -> ProviderCode {
    ProviderCode(
      code: code, provider: provider, modes: modes, kind: kind, httpStatus: httpStatus,
      meaning: meaning)
  }
}
