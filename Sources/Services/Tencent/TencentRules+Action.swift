/// Place of the face in every mode, and the movements of ACTION mode.
extension TencentRules {
  static let place: [Rule] = far + close + aside

  private static let far: [Rule] = [
    Rule(
      code("ActionFaceFar"), .widthPixels, .median, .below,
      warn: .carried(limits.minimumFaceWidth, Source.megviiIOS),
      fail: .carried(80, Source.huawei), goal: 200,
      advice: "Move closer: your face is {value} wide in the picture; {goal} works.",
      integrator: "The face is {value} wide; record at a higher resolution or closer."),
    Rule(
      code("ActionFaceFar"), .widthShare, .median, .below,
      warn: .heuristic(0.15, "less than half of the 35 % that Yoti asks for"),
      fail: .heuristic(0.08, "half of the warning"), goal: 0.25,
      advice: "Move closer: your face fills {value} of the picture; {goal} works.",
      integrator: "The face fills {value} of the frame's width; draw a larger guide."),
  ]

  private static let close: [Rule] = [
    Rule(
      code("ActionFaceClose"), .widthShare, .median, .above,
      warn: .carried(0.8, Source.yoti), fail: .heuristic(0.95, "the face fills the frame"),
      goal: 0.5,
      advice: "Move back: your face fills {value} of the picture; {goal} works.",
      integrator: "The face fills {value} of the frame's width; draw a smaller guide."),
    // A face that is cut off and small stands aside; that is another code.
    Rule(
      code("ActionFaceClose"), .completeness, .median, .below,
      warn: .heuristic(
        0.95, "cut off by the frame while wide", when: [Condition(.widthShare, .above, 0.6)]),
      fail: .heuristic(
        Measure.completeFace, "cut off by the frame while wide",
        when: [Condition(.widthShare, .above, 0.6)]),
      goal: 1,
      advice: "Move back: only {value} of your face is in the picture.",
      integrator: "Half of the frames show at most {value} of a face that is too close."),
  ]

  private static let aside: [Rule] = [
    Rule(
      code("ActionFaceLeft"), .centerX, .median, .below,
      warn: .heuristic(0.3, "the centre is in the outer third"),
      fail: .heuristic(0.2, "the centre is in the outer fifth"), goal: 0.5,
      advice: "Move to the middle: your face is at the left edge of the picture.",
      integrator:
        "The face's centre is at {value} of the width, left as a viewer sees the upright picture; "
        + "a mirrored front camera swaps the sides."),
    Rule(
      code("ActionFaceRight"), .centerX, .median, .above,
      warn: .heuristic(0.7, "the centre is in the outer third"),
      fail: .heuristic(0.8, "the centre is in the outer fifth"), goal: 0.5,
      advice: "Move to the middle: your face is at the right edge of the picture.",
      integrator:
        "The face's centre is at {value} of the width, right as a viewer sees the upright picture; "
        + "a mirrored front camera swaps the sides."),
  ]

  /// The movements of ACTION mode: a request asks for both, in either order.
  static let actions: [Rule] = [
    Rule(
      code("ActionFirstAction"), .headMotion, .whole, .below,
      fail: .heuristic(
        0.02, "neither the head nor the mouth nor the eyes move",
        when: [Condition(.mouthMovement, .below, 0.02), Condition(.blinks, .below, 1)]),
      modes: [.action], applies: .actions,
      advice: "Make the movements that are asked for: no movement can be seen.",
      integrator: "Head, eyes and mouth stand still; start recording before the first prompt."),
    Rule(
      code("ActionCloseEye"), .eyesOpen, .minimum, .above,
      warn: .heuristic(
        0.5, "no blink, and the eyes never half shut", when: [Condition(.blinks, .below, 1)]),
      fail: .heuristic(
        0.8, "no blink, and the eyes always open", when: [Condition(.blinks, .below, 1)]),
      goal: 0.2, modes: [.action], applies: .actions,
      advice: "Close your eyes for a second when you are asked to.",
      integrator:
        "The eyes are never less than {value} open; either sequence asks for closed eyes."),
    Rule(
      code("ActionCloseEye"), .eyesInTurn, .whole, .below, warn: .carried(1, turnReason),
      modes: [.action], applies: .actions,
      advice: "Make the movements in the order asked for: your eyes closed at the wrong time.",
      integrator: "The eyes closed out of their turn only; show the prompts in the order sent."),
    Rule(
      code("ActionOpenMouth"), .mouthOpen, .maximum, .below,
      warn: .heuristic(0.25, "a mouth that speaks opens as wide"),
      fail: .heuristic(0.1, "a closed mouth with the jitter of its landmarks"), goal: 0.5,
      modes: [.action], applies: .actions,
      advice: "Open your mouth wide when you are asked to.",
      integrator:
        "The mouth opens to {value} of its width at most; either sequence asks for an open mouth."),
    Rule(
      code("ActionOpenMouth"), .mouthInTurn, .whole, .below, warn: .carried(1, turnReason),
      modes: [.action], applies: .actions,
      advice: "Make the movements in the order asked for: your mouth opened at the wrong time.",
      integrator: "The mouth opened out of its turn only; show the prompts in the order sent."),
  ]

  private static let turnReason =
    "Tencent Cloud FaceID, GetActionSequence: 1 is to open the mouth, 2 to close the eyes"
}
