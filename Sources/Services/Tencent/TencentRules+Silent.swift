/// Whether there is a face to judge, and SILENT mode: the person only looks at the camera.
extension TencentRules {
  var silent: [Rule] {
    [
      faceFound(.silentFaceDetectFail, [.silent]),
      faceFound(.actionNodetectFace, [.action]),
      faceFound(.livessBestFrameError, nil),
    ]
      + FaceQualityRules.rules(code(.silentFaceQualityFail), modes: [.silent])
      // No code of the other modes is about the face's quality; this one is about the frame that it
      // is compared by.
      + SharpnessRules.rules(code(.livessBestFrameError), modes: modes.filter { $0 != .silent })
      + Self.multipleFaces + Self.mask + Self.eyesAndMouth
  }

  private static let wholeFaceFound = "A whole face is found in {value} of the measured frames."

  private func faceFound(_ name: Tencent.Code, _ modes: [ProviderMode]?) -> Rule {
    Rule(
      code(name), .framesWithCompleteFaceShare, .share, .below,
      warn: .heuristic(0.5, "a server that samples few frames may miss the face"),
      fail: answered(0, "no full face is detected", inclusive: true),
      goal: 1, modes: modes, causes: PresenceCauses.absenceOrCut(Self.wholeFaceFound),
      advice: .showFace, integrator: Self.wholeFaceFound)
  }

  private static let multipleFaces: [Rule] = [
    Rule(
      code(.silentMultiFaceFail), .framesWithSecondFaceShare, .share, .above,
      warn: .heuristic(0.2, "a fifth of the frames; " + countedFace, inclusive: true),
      fail: .heuristic(
        0.5, "half of the frames; " + countedFace, inclusive: true, when: Measure.livingSecondFace),
      goal: 0, modes: [.silent],
      advice: .beAlone,
      integrator: "A second face is in {value} of the measured frames."),
    Rule(
      code(.silentMultiFaceFail), .secondFaceSizeRatio, .median, .above,
      warn: .heuristic(
        0.25, "half as wide as the person's face, which is what twice the distance makes of it",
        inclusive: true),
      goal: 0, modes: [.silent],
      advice: .beAlone,
      integrator: "In half of the frames a second face has {value} of the first one's area or more."
    ),
  ]

  private static let countedFace =
    "a second face counts from .03 of the frame, as at Smile ID, or from half of the person's own: "
    + "of two so alike nobody can tell which one is meant"

  /// A mask covers the lower face and leaves the eyes free; a hand or a phone often covers both.
  ///
  /// A hand before the mouth alone is a mask to the service, and to the person it is a hand.
  private static let mask: [Rule] = [
    Rule(
      code(.silentFaceWithMaskFail), .lowerFaceOcclusion, .median, .above,
      warn: .heuristic(
        CoverLimits.partly, "half of the lower face covered, the eyes free",
        when: eyesFree + [Condition(.handOcclusion, .below, CoverLimits.hand)]),
      fail: .heuristic(
        CoverLimits.nearlyAll, "nearly the whole lower face covered, the eyes free",
        when: eyesFree + [Condition(.handOcclusion, .below, CoverLimits.hand)]),
      goal: 0, modes: [.silent],
      advice: .takeOffMask,
      integrator: "{value} of the lower face is covered while the eyes are free."),
    Rule(
      code(.silentFaceWithMaskFail), .handOcclusion, .median, .above,
      warn: .heuristic(
        CoverLimits.hand, handSeen + ", half of the lower face covered, the eyes free",
        inclusive: true,
        when: eyesFree + [Condition(.lowerFaceOcclusion, .above, CoverLimits.partly)]),
      fail: .heuristic(
        CoverLimits.partly, handSeen + ", nearly the whole lower face covered, the eyes free",
        when: eyesFree + [Condition(.lowerFaceOcclusion, .above, CoverLimits.nearlyAll)]),
      goal: 0, modes: [.silent],
      advice: .lowerHand,
      integrator: "A hand covers the lower face while the eyes are free."),
  ]

  private static let eyesFree = [Condition(.eyeOcclusion, .below, CoverLimits.partly)]
  private static func byHand(_ integrator: String) -> Cause {
    Cause(
      [Condition(.handOcclusion, .above, CoverLimits.hand)], advice: .lowerHand,
      integrator: integrator)
  }
  private static let handSeen =
    "a hand was seen before 51 of 60 faces behind real hands, and before 2 of 304 bare ones"

  private static let eyesAndMouth: [Rule] = [
    Rule(
      code(.silentEyeLiveFail), .eyesOpen, .maximum, .below,
      warn: .heuristic(
        FaceQualityRules.narrowEyes, "hardly open in any frame; " + FaceQualityRules.eyesReason),
      fail: .heuristic(0.45, "shut in every frame; " + FaceQualityRules.eyesReason),
      goal: 0.8, modes: [.silent],
      advice: .keepEyesOpen,
      integrator: "The eyes are never more than {value} open."),
    Rule(
      code(.silentEyeLiveFail), .eyeOcclusion, .minimum, .above,
      warn: .heuristic(CoverLimits.partly, "half of the eye region covered in every frame"),
      fail: .heuristic(CoverLimits.nearlyAll, "nearly the whole eye region covered in every frame"),
      goal: 0,
      modes: [.silent],
      causes: [byHand("At least {value} of the eye region is covered in every frame, by a hand.")],
      advice: .uncoverEyes,
      integrator: "At least {value} of the eye region is covered in every frame."),
    Rule(
      code(.silentMouthLiveFail), .lowerFaceOcclusion, .minimum, .above,
      warn: .heuristic(CoverLimits.partly, "half of the lower face covered in every frame"),
      fail: .heuristic(CoverLimits.nearlyAll, "nearly the whole lower face covered in every frame"),
      goal: 0,
      modes: [.silent],
      causes: [byHand("At least {value} of the lower face is covered in every frame, by a hand.")],
      advice: .uncoverMouth,
      integrator: "At least {value} of the lower face is covered in every frame."),
  ]
}
