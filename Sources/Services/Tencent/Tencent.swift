/// Tencent Cloud FaceID.
public enum Tencent {
  /// The codes that its APIs answer, as they spell them.
  ///
  /// They compare with the codes of predictions: `prediction.code == Tencent.Code.actionLightDark`.
  public enum Code: String, Sendable, CaseIterable, ProviderCodeConstant {
    /// The eyes were not seen to close.
    case actionCloseEye = "FailedOperation.ActionCloseEye"
    /// The face is too close to the camera.
    case actionFaceClose = "FailedOperation.ActionFaceClose"
    /// The face is too far from the camera.
    case actionFaceFar = "FailedOperation.ActionFaceFar"
    /// The face is too far to the left.
    case actionFaceLeft = "FailedOperation.ActionFaceLeft"
    /// The face is too far to the right.
    case actionFaceRight = "FailedOperation.ActionFaceRight"
    /// No movement was seen.
    case actionFirstAction = "FailedOperation.ActionFirstAction"
    /// There is too little light on the face.
    case actionLightDark = "FailedOperation.ActionLightDark"
    /// There is too much light on the face.
    case actionLightStrong = "FailedOperation.ActionLightStrong"
    /// No whole face was found.
    case actionNodetectFace = "FailedOperation.ActionNodetectFace"
    /// The mouth was not seen to open.
    case actionOpenMouth = "FailedOperation.ActionOpenMouth"
    /// The comparison with the photo failed.
    case compareFail = "FailedOperation.CompareFail"
    /// The person resembles the photo too little.
    case compareLowSimilarity = "FailedOperation.CompareLowSimilarity"
    /// The comparison engine could not be called.
    case compareSystemError = "FailedOperation.CompareSystemError"
    /// A file could not be fetched.
    case downLoadError = "FailedOperation.DownLoadError"
    /// Fetching a file took too long.
    case downLoadTimeoutError = "FailedOperation.DownLoadTimeoutError"
    /// The photo shows several faces.
    case lifePhotoDetectFaces = "FailedOperation.LifePhotoDetectFaces"
    /// The photo was not taken for that of a real person.
    case lifePhotoDetectFake = "FailedOperation.LifePhotoDetectFake"
    /// The photo shows no whole face.
    case lifePhotoDetectNoFaces = "FailedOperation.LifePhotoDetectNoFaces"
    /// The photo's resolution or quality is too low.
    case lifePhotoPoorQuality = "FailedOperation.LifePhotoPoorQuality"
    /// The photo is too large, too small or of another format.
    case lifePhotoSizeError = "FailedOperation.LifePhotoSizeError"
    /// The face is not shown completely.
    case lipFaceIncomplete = "FailedOperation.LipFaceIncomplete"
    /// The lips move too little.
    case lipMoveSmall = "FailedOperation.LipMoveSmall"
    /// The video could not be fetched over the network.
    case lipNetFailed = "FailedOperation.LipNetFailed"
    /// The video is empty, too large, or in LIP mode not about 6 seconds long.
    case lipSizeError = "FailedOperation.LipSizeError"
    /// The video's format is wrong.
    case lipVideoInvalid = "FailedOperation.LipVideoInvalid"
    /// The video's definition is too low.
    case lipVideoQuaility = "FailedOperation.LipVideoQuaility"
    /// No sound was found.
    case lipVoiceDetect = "FailedOperation.LipVoiceDetect"
    /// The voice is too quiet.
    case lipVoiceLow = "FailedOperation.LipVoiceLow"
    /// The digits were not understood.
    case lipVoiceRecognize = "FailedOperation.LipVoiceRecognize"
    /// No frame could be taken for the comparison.
    case livessBestFrameError = "FailedOperation.LivessBestFrameError"
    /// The liveness check failed.
    case livessDetectFail = "FailedOperation.LivessDetectFail"
    /// The recording was taken for a forgery.
    case livessDetectFake = "FailedOperation.LivessDetectFake"
    /// The liveness engine could not be called.
    case livessSystemError = "FailedOperation.LivessSystemError"
    /// The liveness check failed for an unknown reason.
    case livessUnknownError = "FailedOperation.LivessUnknownError"
    /// The check for a real person failed.
    case silentDetectFail = "FailedOperation.SilentDetectFail"
    /// The eyes could not be judged.
    case silentEyeLiveFail = "FailedOperation.SilentEyeLiveFail"
    /// The video shows no face.
    case silentFaceDetectFail = "FailedOperation.SilentFaceDetectFail"
    /// The face's quality is low.
    case silentFaceQualityFail = "FailedOperation.SilentFaceQualityFail"
    /// The person wears a mask.
    case silentFaceWithMaskFail = "FailedOperation.SilentFaceWithMaskFail"
    /// The mouth could not be judged.
    case silentMouthLiveFail = "FailedOperation.SilentMouthLiveFail"
    /// The video shows several faces.
    case silentMultiFaceFail = "FailedOperation.SilentMultiFaceFail"
    /// The video may be a forgery.
    case silentPictureLiveFail = "FailedOperation.SilentPictureLiveFail"
    /// The score for a real person is too low.
    case silentThreshold = "FailedOperation.SilentThreshold"
    /// The video is not longer than 2 seconds.
    case silentTooShort = "FailedOperation.SilentTooShort"
    /// The server failed for an unknown reason.
    case unKnown = "FailedOperation.UnKnown"
    /// A parameter is missing or malformed.
    case invalidParameter = "InvalidParameter"
    /// A parameter has an invalid value.
    case invalidParameterValue = "InvalidParameterValue"
    /// The account may not do this.
    case unauthorizedOperation = "UnauthorizedOperation"
    /// The account has unpaid bills.
    case unauthorizedOperationArrears = "UnauthorizedOperation.Arrears"
    /// The account's identity is not verified.
    case unauthorizedOperationNonAuthorize = "UnauthorizedOperation.NonAuthorize"
    /// The service is not activated.
    case unauthorizedOperationNonactivated = "UnauthorizedOperation.Nonactivated"
    /// The operation is not supported.
    case unsupportedOperation = "UnsupportedOperation"
    /// The service is being activated.
    case unauthorizedOperationActivating = "UnauthorizedOperation.Activating"

    /// The document's spelling, and for some codes one that begins with `InternalError.`.
    ///
    /// Tencent's SDK lists both for these codes (tencentcloud-sdk-go-intl-en, faceid/v20180301/errors.go).
    public var spellings: [String] {
      switch self {
      case .actionLightDark, .actionLightStrong, .actionNodetectFace, .compareLowSimilarity,
        .lifePhotoPoorQuality, .lifePhotoSizeError, .unKnown:
        [rawValue, "InternalError." + rawValue.dropFirst(TencentVideo.codePrefix.count)]
      default: [rawValue]
      }
    }
  }
}
