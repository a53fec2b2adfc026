/// The rules about light on the face, which several codes share.
///
/// They were measured on 199 good photographs of as many people, some 60 of each of three groups of the
/// Monk scale (`Docs/light.md`), and on photographs with labelled faults of light. No provider
/// publishes figures. What says how much light falls on a face must not depend on its skin, so darkness
/// is read from the whites of the eyes; the mean luma of the face counts only beside it.
enum LightRules {
  /// What must hold before a face counts as dim: no light place on the skin, nor in the eyes.
  static let dim = [Condition(.faceP95, .below, 120), Condition(.faceLight, .below, dimWhites)]
  /// What must hold before a face counts as too dark to be judged.
  static let dark = [
    Condition(.faceP95, .below, darkest), Condition(.faceLight, .below, darkWhites),
  ]

  private static let dimWhites = 70.0
  private static let darkWhites = 40.0
  private static let darkest = 65.0

  static let dimReason =
    "; with the 95th percentile below 120 and the whites of the eyes below 70, so that dark skin in "
    + "good light passes"
  static let darkReason =
    "; with the 95th percentile below 65 and the whites of the eyes below 40, so that dark skin in "
    + "good light passes"

  /// Too little light on the face.
  ///
  /// - Parameter scope: whose values are meant, for the integrator, such as "The best frames".
  static func dark(
    _ code: String, _ aggregation: Aggregation, modes: [ProviderMode]?, scope: String
  ) -> [Rule] {
    [
      Rule(
        code, .faceMean, aggregation, .below,
        warn: .carried(70, Source.megviiIOS + dimReason, when: dim),
        fail: .carried(40, Source.yoti + darkReason, when: dark), goal: 100, modes: modes,
        causes: [backlit(scope)],
        advice: .faceTheLight,
        integrator: scope + " have a mean face luma of {value}; ask for light before recording."),
      Rule(
        code, .eyeWhites, aggregation, .below,
        warn: .heuristic(
          dimWhites,
          "Megvii's grey 70 of a face, for the whites of the eyes, which skin does not change; with the "
            + "95th percentile below 120",
          when: [Condition(.faceP95, .below, 120)]),
        fail: .heuristic(
          darkWhites,
          "grey 40 of a face at Yoti and Baidu, for the whites of the eyes; with the 95th percentile "
            + "below 65",
          when: [Condition(.faceP95, .below, darkest)]),
        goal: 100, modes: modes, causes: [backlit(scope)],
        advice: .faceTheLight,
        integrator: scope + " show the whites of the eyes at luma {value}; {goal} works."),
      Rule(
        code, .backlight, aggregation, .above,
        warn: .heuristic(
          2,
          "the frame is twice as light as the whites of the eyes; 198 of 199 good photographs have less",
          when: [Condition(.eyeWhites, .below, 90)]),
        goal: 1, modes: modes, advice: .turnRound,
        integrator:
          "The frame is {value} times as light as the whites of the eyes; ask for light from the front."
      ),
      // Highlights on one side only are no sign of dark skin in good light.
      Rule(
        code, .unevenness, aggregation, .above,
        warn: .heuristic(
          0.67,
          "one half of the face has half the luma of the other; 195 of 199 good photographs have less"
        ),
        goal: 0.3, modes: modes,
        advice: .turnToTheLight,
        integrator: "The halves of the face differ by {value} of its mean luma."),
    ]
  }

  /// A dark face in a frame that is not dark.
  static func backlit(_ scope: String) -> Cause {
    Cause(
      [Condition(.backlight, .above, 1.6)], advice: .turnRound,
      integrator: scope
        + " show a dark face ({value}) before a light background; ask for light from the front."
    )
  }

  /// Light that shows in the eyes, of another colour, or that is not steady.
  static func unusual(_ code: String, modes: [ProviderMode]?) -> [Rule] {
    [
      Rule(
        code, .eyeGlare, .bestFrames, .above,
        warn: .heuristic(
          0.05, "a twentieth of what a lens covers is white; 198 of 199 good photographs have less",
          when: [Condition(.faceClippedShare, .below, 0.1)]),
        goal: 0, modes: modes,
        advice: .avoidReflections,
        integrator: "{value} of the area around an eye is white; spectacles may reflect a lamp."),
      Rule(
        code, .colorCast, .bestFrames, .above,
        warn: .heuristic(
          0.06, "196 of 199 good photographs have less, 12 of 26 in coloured light more"),
        goal: 0, modes: modes, advice: .useWhiteLight,
        integrator:
          "The skin's colour is {value} from what skin has in white light; check the white balance."
      ),
      Rule(
        code, .flicker, .whole, .above,
        warn: .heuristic(
          0.04,
          "six times what 34 of 35 clips of people who talk have, and twice what one has who dances"
        ),
        goal: 0.005, modes: modes,
        advice: .useSteadyLight,
        integrator:
          "The face's luma changes by {value} from frame to frame; expose for 1/50 or 1/60 s."),
    ]
  }
}

extension FaceMeasurement {
  /// Colours that skin has in white light, as log (R ÷ G) and log (G ÷ B).
  ///
  /// They hold 95 % and more of 199 good photographs of people of all tones, whatever the camera's white
  /// balance.
  private static let redness = 0.0...0.62
  private static let yellowness = -0.15...0.6

  /// How far the colour of the skin lies outside what it has in white light; `nil` when not decided.
  var colorCast: Double? {
    guard let skinRedness, let skinYellowness else { return nil }
    func beyond(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      max(range.lowerBound - value, value - range.upperBound, 0)
    }
    let (red, yellow) = (beyond(skinRedness, Self.redness), beyond(skinYellowness, Self.yellowness))
    return (red * red + yellow * yellow).squareRoot()
  }
}
