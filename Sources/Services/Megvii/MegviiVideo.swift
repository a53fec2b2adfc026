/// Megvii FaceID `validate_video`: the person reads the digits that `get_random_number` gave.
///
/// Its document is no longer on Megvii's site; the figures are those of copies that integrators keep.
enum MegviiVideo {
  static let profiles = [
    ServiceProfile(
      provider: .megviiVideo, title: "Megvii FaceID `validate_video` (`megvii-video`)",
      limits: limits, table: rules, codes: codes,
      refusal: { _ in
        ServiceProfile.Refusal(
          code: Megvii.Code.videoUnsupportedFormat.rawValue,
          source: source + ": FFmpeg must be able to read the video")
      },
      request: request, window: .voiced, needs: MeasuringNeeds(movement: true, eyes: false))
  ]

  private static let source = "Megvii FaceID, validate_video (copies of its document)"

  /// Any container FFmpeg reads, at most 20 MB, 3 to 6 s recommended.
  ///
  /// Where the copies are silent, the limits are those of `validate_still`.
  static let limits = ProviderLimits(
    maximumBytes: MegviiStill.limits.maximumBytes, maximumBase64Bytes: nil,
    acceptedContainers: nil, safeVideoCodecs: nil, safeAudioCodecs: nil, recommendedDuration: 3...6,
    durationMustExceed: nil, acceptedDuration: 1.5...18,
    minimumShortSide: MegviiStill.limits.minimumShortSide,
    minimumLongSide: MegviiStill.limits.minimumLongSide,
    minimumFaceWidth: MegviiStill.limits.minimumFaceWidth, maximumPhotoBase64Bytes: nil,
    downloadSeconds: nil, needsAudio: true)

  // MARK: - Rules

  private static let shared = MegviiRules(source: source, limits: limits, goal: 4)

  private static let rules: [Rule] =
    shared.format + shared.duration + shared.size + shared.presence + others
    + MegviiRules.quality + sound + MegviiRules.wholeFrame

  private static let reason =
    "half of the frames show two faces so alike that nobody can tell which one is meant"

  private static let others: [Rule] = [
    Rule(
      Megvii.Code.videoMultipleFaces.rawValue, .secondFaceAreaShare, .maximum, .above,
      warn: .carried(Measure.countedSecondFace, Source.smileID, inclusive: true),
      advice: .beAlone,
      integrator: "A second face fills {value} of the frame; record where nobody else is seen."),
    Rule(
      Megvii.Code.videoMultipleFaces.rawValue, .secondFaceSizeRatio, .median, .above,
      warn: .heuristic(
        0.25, "half as wide as the person's face, or as wide and a picture", inclusive: true),
      fail: .heuristic(
        Measure.comparableSecondFace, reason, inclusive: true, when: Measure.livingSecondFace),
      advice: .beAlone,
      integrator: "In half of the frames a second face has {value} of the first one's area."),
  ]

  private static let sound: [Rule] = [
    Rule(
      Megvii.Code.videoNoAudio.rawValue, .audioPresent, .whole, .below,
      fail: .documented(1, source + ": the video has no sound"),
      advice: .allowMicrophone,
      integrator: "There is no audio stream that decodes; ask for the microphone permission."),
    Rule(
      Megvii.Code.videoNoAudio.rawValue, .peakDBFS, .whole, .below,
      warn: .heuristic(-60, "the loudest sample is below the noise of a phone's microphone"),
      goal: -12,
      advice: .uncoverMicrophone,
      integrator: "The loudest sample is at {value}; the microphone was muted or covered."),
  ]

  // MARK: - Codes

  private static let codes: [ProviderCode] =
    [
      row(400, .videoFaceNotFound, .predict, "The video shows no face."),
      row(400, .videoMultipleFaces, .predict, "The video shows several faces."),
      row(
        400, .videoLowFaceQuality, .predict,
        "The face is too small, dark, bright, blurred or turned."),
      row(400, .videoInvalidDuration, .predict, "The video is too short or too long."),
      row(
        400, .videoUnsupportedFormat, .predict,
        "FFmpeg cannot read the video, or the video is damaged."),
      row(400, .videoNoAudio, .predict, "The video has no sound."),
      row(400, .invalidToken, .server, "The token of the digits is wrong or has expired."),
    ] + MegviiCodes.access(of: .megviiVideo)

  private static func row(
    _ status: Int, _ code: Megvii.Code, _ kind: ProviderCode.Kind, _ meaning: String
  ) -> ProviderCode {
    MegviiCodes.row(status, code, kind, meaning, of: .megviiVideo)
  }

  // MARK: - Request

  private static let request = RequestRules(
    lint: { parameters, _ in
      MegviiForm(
        parameters: parameters, choices: [("return_image", ["0", "1", "2"])], limits: limits
      ).findings(required: ["token_random_number"])
    }, clipParameter: MegviiForm.clip)
}

extension Provider {
  /// Megvii FaceID, `validate_video`.
  public static let megviiVideo = Provider(named: "megvii-video")
}

extension Service {
  /// Megvii FaceID, `validate_video`.
  public static let megviiVideo = Service(Provider.megviiVideo)
}
