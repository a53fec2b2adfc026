/// Megvii FaceID `validate_still` (H5-Raw-UploadVideo).
enum MegviiStill {
  static let profiles = [
    ServiceProfile(
      provider: .megvii, title: "Megvii FaceID `validate_still` (`megvii`)", limits: limits,
      table: MegviiRules.all, codes: MegviiCodes.all,
      refusal: { _ in
        ServiceProfile.Refusal(
          code: "VIDEO_UNSUPPORTED_FORMAT",
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
}

extension Provider {
  /// Megvii FaceID, `validate_still` (H5-Raw-UploadVideo).
  public static let megvii = Provider(named: "megvii")
}

extension Service {
  /// Megvii FaceID, `validate_still`.
  public static let megvii = Service(Provider.megvii)
}
