/// Place of the face in every mode, and the movements of ACTION mode.
extension TencentRules {
  /// Where the face is.
  ///
  /// Tencent's table of numeric codes (cloud.tencent.com/document/product/213/32309) lists these codes
  /// under the action mode alone, so in the other modes they only warn. What fails a face there is its
  /// size in pixels and whether it is there as a whole, each under a code of its own.
  static let place: [Rule] = far + close + aside

  private static let far: [Rule] = [
    Rule(
      code(.actionFaceFar), .widthPixels, .median, .below,
      warn: .carried(FaceQualityRules.minimumWidth, Source.megviiIOS),
      fail: .carried(80, Source.huawei), goal: 200, failsIn: [.action],
      advice: .moveCloser,
      integrator: "The face is {value} wide; record at a higher resolution or closer."),
    Rule(
      code(.actionFaceFar), .widthShare, .median, .below,
      warn: .heuristic(0.15, "less than half of the 35 % that Yoti asks for"),
      fail: .heuristic(0.08, "half of the warning"), goal: 0.25, failsIn: [.action],
      advice: .moveCloser,
      integrator: "The face fills {value} of the frame's width; draw a larger guide."),
  ]

  private static let close: [Rule] = [
    Rule(
      code(.actionFaceClose), .widthShare, .median, .above,
      warn: .carried(0.8, Source.yoti), fail: .heuristic(0.95, "the face fills the frame"),
      goal: 0.5, failsIn: [.action],
      advice: .moveBack,
      integrator: "The face fills {value} of the frame's width; draw a smaller guide."),
    // A face that is cut off and small stands aside; that is another code.
    Rule(
      code(.actionFaceClose), .completeness, .median, .below,
      warn: .heuristic(
        0.95, "cut off by the frame while wide", when: [Condition(.widthShare, .above, 0.6)]),
      fail: .heuristic(
        Measure.completeFace, "cut off by the frame while wide",
        when: [Condition(.widthShare, .above, 0.6)]),
      goal: 1, failsIn: [.action],
      advice: .moveBack,
      integrator: "Half of the frames show at most {value} of a face that is too close."),
  ]

  private static let aside: [Rule] = [
    Rule(
      code(.actionFaceLeft), .centerX, .median, .below,
      warn: .heuristic(0.3, "the centre is in the outer third"),
      fail: .heuristic(0.2, "the centre is in the outer fifth"), goal: 0.5, failsIn: [.action],
      advice: .moveFromLeftEdge,
      integrator:
        "The face's centre is at {value} of the width, left as a viewer sees the upright picture; "
        + "a mirrored front camera swaps the sides."),
    Rule(
      code(.actionFaceRight), .centerX, .median, .above,
      warn: .heuristic(0.7, "the centre is in the outer third"),
      fail: .heuristic(0.8, "the centre is in the outer fifth"), goal: 0.5, failsIn: [.action],
      advice: .moveFromRightEdge,
      integrator:
        "The face's centre is at {value} of the width, right as a viewer sees the upright picture; "
        + "a mirrored front camera swaps the sides."),
  ]

  /// The movements of ACTION mode.
  var movements: [Rule] { [stillness] + eyes + mouth + nod + turnOfHead }

  private var stillness: Rule {
    Rule(
      code(.actionFirstAction), .headMotion, .whole, .below,
      fail: .heuristic(
        0.02, "neither the head nor the mouth nor the eyes move",
        when: [Condition(.mouthMovement, .below, 0.02), Condition(.blinks, .below, 1)]),
      modes: [.action], applies: .actions,
      advice: .makeMovements,
      integrator: "Head, eyes and mouth do not move; start recording before the first prompt.")
  }

  private var eyes: [Rule] {
    [
      Rule(
        code(.actionCloseEye), .eyesOpen, .minimum, .above,
        warn: .heuristic(
          0.5, "no blink, and the eyes never half shut", when: [Condition(.blinks, .below, 1)]),
        fail: .heuristic(
          0.8, "no blink, and the eyes always open", when: [Condition(.blinks, .below, 1)]),
        goal: 0.2, modes: [.action], applies: .action(.eyesClosed),
        advice: .blink,
        integrator: "The eyes are never less than {value} open; \(asking) for closed eyes."),
      Rule(
        code(.actionCloseEye), .eyesInTurn, .whole, .below, warn: outOfTurn, modes: [.action],
        applies: .action(.eyesClosed),
        advice: .followTheOrder,
        integrator: "The eyes closed only in the wrong order; show the prompts in the order sent."),
    ]
  }

  private var mouth: [Rule] {
    [
      Rule(
        code(.actionOpenMouth), .mouthOpen, .maximum, .below,
        warn: .heuristic(0.25, "a mouth that speaks opens as wide"),
        fail: .heuristic(0.1, "a closed mouth with the jitter of its landmarks"), goal: 0.5,
        modes: [.action], applies: .action(.mouthOpen),
        advice: .openMouth,
        integrator:
          "The mouth opens to {value} of its width at most; \(asking) for an open mouth."),
      Rule(
        code(.actionOpenMouth), .mouthInTurn, .whole, .below, warn: outOfTurn, modes: [.action],
        applies: .action(.mouthOpen),
        advice: .followTheOrder,
        integrator: "The mouth opened only in the wrong order; show the prompts in the order sent."),
    ]
  }

  // No code names a nod or a shake. `ActionFirstAction` says that the action was not made
  // (未检测到动作配合 in the Chinese list, "no movement" in the English one).

  private var nod: [Rule] {
    [
      Rule(
        code(.actionFirstAction), .headNod, .whole, .below,
        warn: .heuristic(
          ActionSeries.nod.begins, "a nod that is seen as one is this deep; none is published"),
        fail: .heuristic(ActionSeries.nod.lasts, "half of the warning; a head that is held still"),
        goal: 20, modes: [.action], applies: .action(.headNod),
        advice: .nod,
        integrator: "The head is nodded by {value} at most; \(asking) for a nod."),
      Rule(
        code(.actionFirstAction), .nodInTurn, .whole, .below, warn: outOfTurn, modes: [.action],
        applies: .action(.headNod),
        advice: .followTheOrder,
        integrator:
          "The head was nodded only in the wrong order; show the prompts in the order sent."),
    ]
  }

  private var turnOfHead: [Rule] {
    [
      Rule(
        code(.actionFirstAction), .headTurn, .whole, .below,
        warn: .carried(
          ActionSeries.turn.begins, "Huawei Cloud IVS: the least turn of a head that is shaken"),
        fail: .heuristic(ActionSeries.turn.lasts, "half of the warning; a head that is held still"),
        goal: 30, modes: [.action], applies: .action(.headTurn),
        advice: .shakeHead,
        integrator: "The head is turned by {value} at most; \(asking) for a shaken head."),
      Rule(
        code(.actionFirstAction), .turnInTurn, .whole, .below, warn: outOfTurn, modes: [.action],
        applies: .action(.headTurn),
        advice: .followTheOrder,
        integrator:
          "The head was shaken only in the wrong order; show the prompts in the order sent."),
    ]
  }

  private var outOfTurn: Limit {
    Limit(value: 1, inclusive: false, conditions: [], citation: turn)
  }
}
