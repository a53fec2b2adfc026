/// The error codes of Tencent's APIs, as the document of `VideoLivenessCompare` lists them.
enum TencentCodes {
  static func all(of provider: Provider) -> [ProviderCode] {
    (operation + request).map { $0.answered(by: provider) }
  }

  private static let operation: [ProviderCode] = [
    row(.actionCloseEye, .predict, "The eyes were not seen to close.", [.action]),
    row(.actionFaceClose, .predict, "The face is too close to the camera."),
    row(.actionFaceFar, .predict, "The face is too far from the camera."),
    row(.actionFaceLeft, .predict, "The face is too far to the left."),
    row(.actionFaceRight, .predict, "The face is too far to the right."),
    row(.actionFirstAction, .predict, "No movement was seen.", [.action]),
    row(.actionLightDark, .predict, "There is too little light on the face."),
    row(.actionLightStrong, .predict, "There is too much light on the face."),
    row(.actionNodetectFace, .predict, "No whole face was found.", [.action]),
    row(.actionOpenMouth, .predict, "The mouth was not seen to open.", [.action]),
    row(.compareFail, .server, "The comparison with the photo failed."),
    row(.compareLowSimilarity, .server, "The person resembles the photo too little."),
    row(.compareSystemError, .server, "The comparison engine could not be called."),
    row(.downLoadError, .server, "A file could not be fetched."),
    row(.downLoadTimeoutError, .predict, "Fetching a file took too long."),
    row(.lifePhotoDetectFaces, .predict, "The photo shows several faces."),
    row(.lifePhotoDetectFake, .server, "The photo was not taken for that of a real person."),
    row(.lifePhotoDetectNoFaces, .predict, "The photo shows no whole face."),
    row(.lifePhotoPoorQuality, .predict, "The photo's resolution or quality is too low."),
    row(.lifePhotoSizeError, .predict, "The photo is too large, too small or of another format."),
    row(.lipFaceIncomplete, .predict, "The face is not shown completely.", [.lip]),
    row(.lipMoveSmall, .predict, "The lips move too little.", [.lip]),
    row(.lipNetFailed, .server, "The video could not be fetched over the network."),
    row(
      .lipSizeError, .predict,
      "The video is empty, too large, or in LIP mode not about 6 seconds long."),
    row(.lipVideoInvalid, .predict, "The video's format is wrong."),
    row(.lipVideoQuaility, .predict, "The video's definition is too low."),
    row(.lipVoiceDetect, .predict, "No sound was found.", [.lip]),
    row(.lipVoiceLow, .predict, "The voice is too quiet.", [.lip]),
    row(.lipVoiceRecognize, .server, "The digits were not understood.", [.lip]),
    row(.livessBestFrameError, .predict, "No frame could be taken for the comparison."),
    row(.livessDetectFail, .server, "The liveness check failed."),
    row(.livessDetectFake, .server, "The recording was taken for a forgery."),
    row(.livessSystemError, .server, "The liveness engine could not be called."),
    row(.livessUnknownError, .server, "The liveness check failed for an unknown reason."),
    row(.silentDetectFail, .server, "The check for a real person failed.", [.silent]),
    row(.silentEyeLiveFail, .predict, "The eyes could not be judged.", [.silent]),
    row(.silentFaceDetectFail, .predict, "The video shows no face.", [.silent]),
    row(.silentFaceQualityFail, .predict, "The face's quality is low.", [.silent]),
    row(.silentFaceWithMaskFail, .predict, "The person wears a mask.", [.silent]),
    row(.silentMouthLiveFail, .predict, "The mouth could not be judged.", [.silent]),
    row(.silentMultiFaceFail, .predict, "The video shows several faces.", [.silent]),
    row(.silentPictureLiveFail, .server, "The video may be a forgery.", [.silent]),
    row(.silentThreshold, .server, "The score for a real person is too low.", [.silent]),
    row(.silentTooShort, .predict, "The video is not longer than 2 seconds.", [.silent]),
    row(.unKnown, .server, "The server failed for an unknown reason."),
  ]

  private static let request: [ProviderCode] = [
    row(.invalidParameter, .lint, "A parameter is missing or malformed."),
    row(.invalidParameterValue, .lint, "A parameter has an invalid value."),
    row(.unauthorizedOperation, .server, "The account may not do this."),
    row(.unauthorizedOperationArrears, .server, "The account has unpaid bills."),
    row(.unauthorizedOperationNonAuthorize, .server, "The account's identity is not verified."),
    row(.unauthorizedOperationNonactivated, .server, "The service is not activated."),
    row(.unsupportedOperation, .server, "The operation is not supported."),
  ]

  /// Whether a request that is answered with the code is charged.
  ///
  /// From the list of error codes of Tencent's eKYC (tencentcloud.com/document/product/1061/55390): its
  /// common codes, and those of the sibling LivenessCompare, which answers with the same names. What it
  /// says of the other codes could not be read.
  private static func charged(_ code: Tencent.Code) -> Bool? {
    switch code {
    case .compareLowSimilarity: true
    case .compareFail, .downLoadError, .lifePhotoDetectFaces, .lifePhotoDetectFake,
      .lifePhotoDetectNoFaces, .livessSystemError, .unKnown, .invalidParameter,
      .invalidParameterValue, .unauthorizedOperation, .unauthorizedOperationActivating,
      .unauthorizedOperationArrears, .unauthorizedOperationNonAuthorize,
      .unauthorizedOperationNonactivated:
      false
    default: nil
    }
  }

  static func row(
    _ code: Tencent.Code, _ kind: ProviderCode.Kind, _ meaning: String,
    _ modes: [ProviderMode] = [], of provider: Provider = .tencent
  ) -> ProviderCode {
    ProviderCode(
      code: code.rawValue, provider: provider, modes: modes, kind: kind, httpStatus: nil,
      meaning: meaning, aliases: Array(code.spellings.dropFirst()), charged: charged(code))
  }
}

extension ProviderCode {
  /// The same code as another provider answers it.
  fileprivate func answered(by provider: Provider) -> ProviderCode {
    ProviderCode(
      code: code, provider: provider, modes: modes, kind: kind, httpStatus: httpStatus,
      meaning: meaning, aliases: aliases, charged: charged)
  }
}
