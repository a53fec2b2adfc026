/// What predicts the codes that Megvii's video APIs share.
struct MegviiRules {
  static let lowQuality = Megvii.Code.videoLowFaceQuality.rawValue

  /// The document.
  let source: String
  let limits: ProviderLimits
  /// Seconds that a clip had best last.
  let goal: Double

  private var recommended: String {
    guard let range = limits.recommendedDuration else { return "any length" }
    return "\(Int(range.lowerBound)) to \(Int(range.upperBound)) s"
  }

  var format: [Rule] {
    [
      Rule(
        Megvii.Code.videoUnsupportedFormat.rawValue, .framesDecoded, .whole, .below,
        fail: .documented(1, source + ": FFmpeg must be able to read the video"),
        advice: .fileUnplayable,
        integrator: "The video stream decodes to {value} frames; check what the recorder writes."),
      Rule(
        Megvii.Code.videoUnsupportedFormat.rawValue, .decodeErrors, .whole, .above,
        warn: .documented(0, source + ": a corrupted video is refused"),
        causes: [FileCauses.brokenOff], advice: .fileDamaged,
        integrator: "The decoder reports {value} damaged packets or frames; check the upload."),
    ]
  }

  var duration: [Rule] {
    [
      Rule(
        Megvii.Code.videoInvalidDuration.rawValue, .durationSeconds, .whole, .below,
        warn: .documented(
          limits.recommendedDuration?.lowerBound ?? 0, "\(source): \(recommended) recommended"),
        fail: .heuristic(
          limits.acceptedDuration.lowerBound, "the hard limit is not published; half the least"),
        goal: goal,
        causes: [FileCauses.brokenOff], advice: .recordLonger,
        integrator: "The clip lasts {value}; record at least {limit}, best {goal}."),
      Rule(
        Megvii.Code.videoInvalidDuration.rawValue, .durationSeconds, .whole, .above,
        warn: .documented(
          limits.recommendedDuration?.upperBound ?? 0, "\(source): \(recommended) recommended"),
        fail: .heuristic(
          limits.acceptedDuration.upperBound,
          "the hard limit is not published; three times the most"),
        advice: .cutShorter,
        integrator: "The clip lasts {value}; fit cuts it to the best {goal}."),
    ]
  }

  var size: [Rule] {
    [
      Rule(
        Megvii.Code.badArgumentsVideo.rawValue, .bytes, .whole, .above,
        fail: .documented(
          Double(limits.maximumBytes), source + ": at most 20 MB, taken as 20,000,000 bytes"),
        advice: .shrinkFile,
        integrator: "The file has {value} and may have {limit}; fit makes it smaller.")
    ]
  }

  var presence: [Rule] {
    [
      Rule(
        Megvii.Code.videoFaceNotFound.rawValue, .framesWithFaceShare, .share, .below,
        warn: .heuristic(0.5, "a server that samples few frames may miss the face"),
        fail: .documented(
          0, source + ": no face is detected in the video", inclusive: true),
        goal: 1,
        causes: PresenceCauses.absence(Self.faceFound) + [PresenceCauses.leaving(Self.faceFound)],
        advice: .showFace, integrator: Self.faceFound)
    ]
  }

  private static let faceFound =
    "A face is found in {value} of the measured frames; check camera and rotation."

  /// The face in the best frames, and the light of clips in which none could be read.
  static let quality = FaceQualityRules.rules(lowQuality)
  static let wholeFrame = WholeFrameRules.dark(lowQuality) + WholeFrameRules.bright(lowQuality)
}
