/// The rules about the quality of the face, which both providers answer with one code each.
///
/// The servers score the best frame that they find, so each of these rules looks at the best frames
/// and not at the whole clip: one good second is enough.
enum FaceQualityRules {
  /// Width of a face in pixels that raises no warning (`Source.megviiIOS`).
  static let minimumWidth = 150.0

  /// Openness of the eyes below which a service may take them for shut.
  static let narrowEyes = 0.65
  static let eyesReason =
    "of 175 good photographs 174 have 0.76 or more, of 25 with shut eyes 20 have less than 0.55"

  /// The rules under `code`, in `modes`.
  static func rules(_ code: String, modes: [ProviderMode]? = nil) -> [Rule] {
    size(code, modes) + light(code, modes) + SharpnessRules.rules(code, modes: modes)
      + pose(code, modes)
  }

  private static func size(_ code: String, _ modes: [ProviderMode]?) -> [Rule] {
    [
      Rule(
        code, .widthPixels, .bestFrames, .below,
        warn: .carried(minimumWidth, Source.megviiIOS),
        fail: .carried(80, Source.huawei), goal: 200,
        modes: modes,
        advice: .moveCloser,
        integrator:
          "The best frames show a face {value} wide; record at a higher resolution or closer."),
      Rule(
        code, .interEyePixels, .bestFrames, .below,
        warn: .carried(70, Source.ofiq + ": midpoint of the inter-eye distance"),
        fail: .heuristic(35, "half of OFIQ's midpoint, about a face 80 px wide"), goal: 90,
        modes: modes,
        advice: .moveCloser,
        integrator:
          "The best frames show {value} between the eyes; record at a higher resolution or closer."
      ),
      Rule(
        code, .widthShare, .bestFrames, .above,
        warn: .carried(0.8, Source.yoti),
        fail: .heuristic(1, "wider than the frame, which cuts it off at both sides"), goal: 0.5,
        modes: modes,
        advice: .moveBack,
        integrator: "The face fills {value} of the frame's width; draw a smaller guide."),
      Rule(
        code, .completeness, .bestFrames, .below,
        warn: .heuristic(0.9, "a face cut by the frame's edge is not scored as a whole one"),
        goal: 1, modes: modes, causes: PresenceCauses.cut(cutFace),
        advice: .showWholeFace, integrator: cutFace),
    ]
  }

  private static let cutFace =
    "Even the best frames show {value} of the face; draw a guide that shows where to hold it."

  private static func light(_ code: String, _ modes: [ProviderMode]?) -> [Rule] {
    LightRules.dark(code, .bestFrames, modes: modes, scope: "The best frames")
      + bright(code, modes) + LightRules.unusual(code, modes: modes)
  }

  private static func bright(_ code: String, _ modes: [ProviderMode]?) -> [Rule] {
    [
      Rule(
        code, .faceMean, .bestFrames, .above,
        warn: .carried(230, Source.megviiIOS),
        fail: .heuristic(245, "half way from Megvii's limit to white: next to no detail is left"),
        goal: 180, modes: modes,
        advice: .leaveGlare,
        integrator: "The best frames have a mean face luma of {value}; lower the exposure."),
      Rule(
        code, .faceClippedShare, .bestFrames, .above,
        warn: .heuristic(0.10, "a tenth of the face without detail; OFIQ counts luma from 247"),
        fail: .heuristic(0.25, "a quarter of the face without detail"), goal: 0.02, modes: modes,
        advice: .leaveGlare,
        integrator: "{value} of the face is clipped in the best frames; lower the exposure."),
    ]
  }

  private static let levelReason =
    "as for the turn; what is level differs between people by some degrees"

  private static func pose(_ code: String, _ modes: [ProviderMode]?) -> [Rule] {
    let warn = Limit.carried(20, Source.visionLabs)
    let fail = Limit.carried(30, Source.huawei)
    return [
      Rule(
        code, .yaw, .bestFrames, .above, warn: warn, fail: fail, goal: 10, modes: modes,
        advice: .lookStraight,
        integrator: "Even the best frames show the head turned by {value}."),
      Rule(
        code, .pitch, .bestFrames, .above,
        warn: warn, fail: .heuristic(30, levelReason),
        goal: 10, modes: modes,
        advice: .holdAtEyeLevel,
        integrator: "Even the best frames show a head pitch of {value}."),
      Rule(
        code, .roll, .bestFrames, .above, warn: warn, fail: fail, goal: 10, modes: modes,
        advice: .holdUpright,
        integrator:
          "Even the best frames show the head tilted by {value}; check the clip's rotation."),
    ]
  }
}
