/// Light of the whole frame, for clips in which no face could be read.
///
/// A frame says less than a face: a bright face before a black wall makes a dark frame. So these
/// rules only warn, and only where hardly any face could be well lit.
enum WholeFrameRules {
  private static let reason = "no face could be read; the whole frame stands in for it"

  /// A frame that is dark all over.
  static func dark(_ code: String) -> [Rule] {
    [
      Rule(
        code, .frameMean, .median, .below,
        warn: .heuristic(
          40, reason + ", with the 95th percentile below 90",
          when: [Condition(.frameP95, .below, 90)]),
        goal: 100, applies: .withoutFaces,
        advice: .turnOnLight,
        integrator: "The whole frame has a mean luma of {value}; a face in it is likely dark.")
    ]
  }

  /// A frame that is white all over.
  static func bright(_ code: String) -> [Rule] {
    [
      Rule(
        code, .frameMean, .median, .above,
        warn: .heuristic(230, reason + "; Megvii's limit for a face"), goal: 180,
        applies: .withoutFaces,
        advice: .leaveGlare,
        integrator: "The whole frame has a mean luma of {value}; a face in it is likely white."),
      Rule(
        code, .frameClippedShare, .median, .above,
        warn: .heuristic(0.5, reason + "; half of it without detail"), goal: 0.1,
        applies: .withoutFaces,
        advice: .leaveGlare,
        integrator: "{value} of the whole frame is clipped; lower the exposure."),
    ]
  }
}
