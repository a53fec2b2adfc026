/// Megvii FaceID `validate_still` (H5-Raw-UploadVideo).
enum MegviiStill {
  static let profiles = [
    ServiceProfile(
      provider: .megvii, title: "Megvii FaceID `validate_still` (`megvii`)", limits: limits,
      table: rules, codes: MegviiCodes.all,
      refusal: { _ in
        ServiceProfile.Refusal(
          code: Megvii.Code.videoUnsupportedFormat.rawValue,
          source: Source.megvii + ": FFmpeg must be able to read the video")
      },
      request: MegviiRequest.rules, window: .bestSeconds,
      needs: MeasuringNeeds(movement: false, eyes: true))
  ]

  /// From the parameter `video`: any container FFmpeg reads, at most 20 MB, 1 to 3 s recommended.
  ///
  /// A megabyte is taken as 1,000,000 bytes, the smaller reading.
  static let limits = ProviderLimits(
    maximumBytes: 20_000_000, maximumBase64Bytes: nil, acceptedContainers: nil,
    safeVideoCodecs: nil, safeAudioCodecs: nil, recommendedDuration: 1...3,
    durationMustExceed: nil, acceptedDuration: 0.5...10, minimumShortSide: 480,
    minimumLongSide: 640, minimumFaceWidth: FaceQualityRules.minimumWidth,
    maximumPhotoBase64Bytes: nil, downloadSeconds: nil, needsAudio: false)

  private static let shared = MegviiRules(source: Source.megvii, limits: limits, goal: 2)

  private static let rules: [Rule] =
    shared.format + shared.duration + shared.size + shared.presence + tags + MegviiRules.quality
    + eyes + occlusion + MegviiRules.wholeFrame

  private static let tags: [Rule] = [
    // Several faces are answered with a tag and do not fail the request.
    Rule(
      "return_multifaces_tag", .secondFaceAreaShare, .maximum, .above,
      warn: .carried(Measure.countedSecondFace, Source.smileID, inclusive: true), tag: "multifaces",
      advice: .beAlone,
      integrator: "A second face fills {value} of the frame; the tag is returned on request."),
    Rule(
      "return_multifaces_tag", .secondFaceSizeRatio, .maximum, .above,
      warn: .heuristic(
        Measure.comparableSecondFace, "of two faces so alike nobody can tell which one is meant",
        inclusive: true),
      tag: "multifaces", advice: .beAlone,
      integrator:
        "A second face has {value} of the first one's area; the tag is returned on request."),
  ]

  private static let eyes: [Rule] = [
    Rule(
      MegviiRules.lowQuality, .eyesOpen, .bestFrames, .below,
      warn: .heuristic(
        FaceQualityRules.narrowEyes,
        "hardly open in the good frames; eye_close_detection is on by default; "
          + FaceQualityRules.eyesReason),
      goal: 0.8, applies: .eyeCloseDetection,
      advice: .keepEyesOpen,
      integrator:
        "The eyes are {value} open in the best frames; eye_close_detection may refuse them.")
  ]

  private static let occlusion: [Rule] = [
    Rule(
      Megvii.Code.videoFaceOcclude.rawValue, .occlusion, .minimum, .above,
      warn: .carried(
        CoverLimits.partly, Source.ofiq + ": half of a region covered, here in every frame"),
      fail: .heuristic(CoverLimits.nearlyAll, "nearly a whole region covered in every frame"),
      goal: 0,
      applies: .faceOcclusionDetection,
      causes: [
        Cause(
          [Condition(.handOcclusion, .above, CoverLimits.hand)], advice: .lowerHand,
          integrator: covered),
        Cause(
          [Condition(.eyeOcclusion, .below, CoverLimits.partly)], advice: .uncoverMouth,
          integrator: covered),
        Cause(
          [Condition(.lowerFaceOcclusion, .below, CoverLimits.partly)], advice: .uncoverEyes,
          integrator: covered),
      ],
      advice: .uncoverFace, integrator: covered)
  ]

  private static let covered =
    "At least {value} of the eyes or the lower face is covered in every frame."
}

extension Provider {
  /// Megvii FaceID, `validate_still` (H5-Raw-UploadVideo).
  public static let megvii = Provider(named: "megvii")
}

extension Service {
  /// Megvii FaceID, `validate_still`.
  public static let megvii = Service(Provider.megvii)
}
