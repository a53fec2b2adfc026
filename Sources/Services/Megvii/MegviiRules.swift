/// Megvii FaceID `validate_still`: what predicts each of its codes.
enum MegviiRules {
  static let lowQuality = "VIDEO_LOW_FACE_QUALITY"

  private static let limits = MegviiStill.limits

  static let all: [Rule] =
    format + duration + size + face + FaceQualityRules.rules(lowQuality) + eyes + occlusion
    + wholeFrame

  private static let format: [Rule] = [
    Rule(
      "VIDEO_UNSUPPORTED_FORMAT", .framesDecoded, .whole, .below,
      fail: .documented(1, Source.megvii + ": FFmpeg must be able to read the video"),
      advice: "Record the video again: this file cannot be played.",
      integrator: "The video stream decodes to {value} frames; check what the recorder writes."),
    Rule(
      "VIDEO_UNSUPPORTED_FORMAT", .decodeErrors, .whole, .above,
      warn: .documented(0, Source.megvii + ": a corrupted video is refused"),
      advice: "Record the video again: parts of this file are damaged.",
      integrator: "The decoder reports {value} damaged packets or frames; check the upload."),
  ]

  private static let duration: [Rule] = [
    Rule(
      "VIDEO_INVALID_DURATION", .durationSeconds, .whole, .below,
      warn: .documented(
        limits.recommendedDuration?.lowerBound ?? 0, Source.megvii + ": 1 to 3 s recommended"),
      fail: .heuristic(
        limits.acceptedDuration.lowerBound, "the hard limit is not published; half the least"),
      goal: 2,
      advice: "Record for longer: the video lasts {value}; {goal} works.",
      integrator: "The clip lasts {value}; record at least {limit}, best {goal}."),
    Rule(
      "VIDEO_INVALID_DURATION", .durationSeconds, .whole, .above,
      warn: .documented(
        limits.recommendedDuration?.upperBound ?? 0, Source.megvii + ": 1 to 3 s recommended"),
      fail: .heuristic(
        limits.acceptedDuration.upperBound,
        "the hard limit is not published; three times the most"),
      advice: "Record a shorter video: it lasts {value}; {goal} works.",
      integrator: "The clip lasts {value}; fit cuts it to the best {goal}."),
  ]

  private static let size: [Rule] = [
    Rule(
      "BAD_ARGUMENTS:video", .bytes, .whole, .above,
      fail: .documented(
        Double(limits.maximumBytes), Source.megvii + ": at most 20 MB, taken as 20,000,000 bytes"),
      advice: "Record a shorter video: the file has {value}; at most {limit} is accepted.",
      integrator: "The file has {value} and may have {limit}; fit makes it smaller.")
  ]

  private static let face: [Rule] = [
    Rule(
      "VIDEO_FACE_NOT_FOUND", .framesWithFaceShare, .share, .below,
      warn: .heuristic(0.5, "a server that samples few frames may miss the face"),
      fail: .documented(
        0, Source.megvii + ": no face is detected in the video", inclusive: true),
      goal: 1,
      advice: "Keep your face in the picture: it is there {value} of the time.",
      integrator: "A face is found in {value} of the measured frames; check camera and rotation."),
    // Several faces are answered with a tag and do not fail the request.
    Rule(
      "return_multifaces_tag", .secondFaceAreaShare, .maximum, .above,
      warn: .carried(Measure.countedSecondFace, Source.smileID, inclusive: true), tag: "multifaces",
      advice: "Make sure that you are alone in the picture.",
      integrator: "A second face fills {value} of the frame; the tag is returned on request."),
    Rule(
      "return_multifaces_tag", .secondFaceSizeRatio, .maximum, .above,
      warn: .heuristic(
        Measure.comparableSecondFace, "of two faces so alike nobody can tell which one is meant",
        inclusive: true),
      tag: "multifaces", advice: "Make sure that you are alone in the picture.",
      integrator:
        "A second face has {value} of the first one's area; the tag is returned on request."),
  ]

  private static let eyes: [Rule] = [
    Rule(
      lowQuality, .eyesOpen, .bestFrames, .below,
      warn: .heuristic(0.3, "shut in every good frame; eye_close_detection is on by default"),
      goal: 0.8, applies: .eyeCloseDetection,
      advice: "Keep your eyes open while you record.",
      integrator:
        "The eyes are {value} open in the best frames; eye_close_detection may refuse them.")
  ]

  private static let occlusion: [Rule] = [
    Rule(
      "VIDEO_FACE_OCCLUDE", .occlusion, .minimum, .above,
      warn: .carried(0.5, Source.ofiq + ": half of a region covered, here in every frame"),
      fail: .heuristic(0.8, "nearly a whole region covered in every frame"), goal: 0,
      applies: .faceOcclusionDetection,
      advice: "Uncover your face: take off a mask, dark glasses, or a hand in front of it.",
      integrator: "At least {value} of the eyes or the lower face is covered in every frame.")
  ]

  private static let wholeFrame: [Rule] =
    WholeFrameRules.dark(lowQuality)
    + WholeFrameRules.bright(lowQuality)
}
