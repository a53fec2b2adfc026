/// Light on the face, in every mode.
extension TencentRules {
  static let light: [Rule] =
    dark + strong + WholeFrameRules.dark(code(.actionLightDark))
    + WholeFrameRules.bright(code(.actionLightStrong))

  private static let darkAdvice =
    "Face a window or a lamp: your face has a brightness of {value} of 255; {goal} works."

  private static let dark: [Rule] = [
    Rule(
      code(.actionLightDark), .faceMean, .median, .below,
      warn: .carried(
        70, Source.megviiIOS + "; with the 95th percentile below 120, so that dark skin passes",
        when: FaceQualityRules.noHighlights),
      goal: 100, advice: darkAdvice,
      integrator: "Half of the frames have a mean face luma of at most {value}."),
    Rule(
      code(.actionLightDark), .faceDarkShare, .median, .above,
      fail: .carried(
        0.5,
        "grey 40 at Yoti and Baidu, here for half of the face; with the 95th percentile below "
          + "120, so that dark skin in good light passes",
        when: FaceQualityRules.noHighlights),
      goal: 0.1,
      advice: "Face a window or a lamp: {value} of your face is in the dark; {goal} is fine.",
      integrator: "{value} of the face is darker than luma 40."),
    // Highlights on one side only are no sign of dark skin in good light.
    Rule(
      code(.actionLightDark), .unevenness, .median, .above,
      warn: .heuristic(
        1, "the halves differ by the mean, and a quarter of the face is in the dark",
        when: [Condition(.faceDarkShare, .above, 0.25)]),
      goal: 0.3,
      advice: "Turn to the light: one half of your face is in the dark.",
      integrator: "The halves of the face differ by {value} of its mean luma."),
  ]

  private static let strong: [Rule] = [
    Rule(
      code(.actionLightStrong), .faceBrightShare, .median, .above,
      warn: .carried(0.5, "grey 215 at Yoti, here 210 for half of the face"),
      fail: .heuristic(0.75, "half as much again as the warning"), goal: 0.2,
      advice: "Step out of the glare: {value} of your face is too bright; {goal} is fine.",
      integrator: "{value} of the face is brighter than luma 210."),
    Rule(
      code(.actionLightStrong), .faceClippedShare, .median, .above,
      warn: .carried(
        0.10, Source.ofiq + ": over-exposure counts from luma 247; a tenth of the face"),
      fail: .heuristic(0.25, "a quarter of the face without detail"), goal: 0.02,
      advice: "Step out of the glare: {value} of your face is pure white; {goal} is fine.",
      integrator: "{value} of the face is clipped; lower the exposure."),
  ]
}
