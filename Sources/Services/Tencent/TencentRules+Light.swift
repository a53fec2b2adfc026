/// Light on the face, in every mode.
extension TencentRules {
  static let light: [Rule] =
    dark + strong + WholeFrameRules.dark(code(.actionLightDark))
    + WholeFrameRules.bright(code(.actionLightStrong))

  private static let dark: [Rule] =
    LightRules.dark(
      code(.actionLightDark), .median, modes: nil, scope: "Half of the frames or more") + [
      Rule(
        code(.actionLightDark), .faceDarkShare, .median, .above,
        fail: .carried(
          0.5, "grey 40 at Yoti and Baidu, here for half of the face" + LightRules.darkReason,
          when: LightRules.dark),
        goal: 0.1,
        causes: [LightRules.backlit("Half of the frames or more")],
        advice: .faceTheLight,
        integrator: "{value} of the face is darker than luma 40.")
    ]

  private static let strong: [Rule] = [
    Rule(
      code(.actionLightStrong), .faceBrightShare, .median, .above,
      warn: .carried(0.5, "grey 215 at Yoti, here 210 for half of the face"),
      fail: .heuristic(0.75, "half as much again as the warning"), goal: 0.2,
      advice: .leaveGlare,
      integrator: "{value} of the face is brighter than luma 210."),
    Rule(
      code(.actionLightStrong), .faceClippedShare, .median, .above,
      warn: .carried(
        0.10, Source.ofiq + ": over-exposure counts from luma 247; a tenth of the face"),
      fail: .heuristic(0.25, "a quarter of the face without detail"), goal: 0.02,
      advice: .leaveGlare,
      integrator: "{value} of the face is clipped; lower the exposure."),
  ]
}
