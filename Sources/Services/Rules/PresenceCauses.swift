/// Why a face is not seen, or not as a whole: what else was measured tells the person what to do.
enum PresenceCauses {
  /// No face, or none for most of the time.
  static func absence(_ integrator: String) -> [Cause] {
    [
      // Black is up to 16 in limited range, with what a sensor adds to it.
      Cause(
        [Condition(.frameP95, .below, 24)], advice: .uncoverLens,
        integrator: integrator + " The picture is black: the lens is covered."),
      // As in `WholeFrameRules`.
      Cause(
        [Condition(.frameMean, .below, 40), Condition(.frameP95, .below, 90)], advice: .turnOnLight,
        integrator: integrator + " The picture is dark."),
    ]
  }

  /// A face that is there only for a part of the time.
  static func leaving(_ integrator: String) -> Cause {
    Cause(
      [Condition(.framesWithFaceShare, .above, 0)], advice: .stayInPicture,
      integrator: integrator)
  }

  /// A face of which a part lies outside the picture.
  ///
  /// - Parameter integrator: the sentence for the integrator.
  static func cut(_ integrator: String) -> [Cause] {
    [
      // Cut although it is no larger than the middle of the picture would hold: it stands beside it.
      Cause(
        [Condition(.centerX, .below, 0.35), Condition(.widthShare, .below, filling)],
        advice: .moveFromLeftEdge, integrator: integrator),
      Cause(
        [Condition(.centerX, .above, 0.65), Condition(.widthShare, .below, filling)],
        advice: .moveFromRightEdge, integrator: integrator),
      Cause([Condition(.widthShare, .above, filling)], advice: .moveBack, integrator: integrator),
    ]
  }

  /// No whole face: none at all, or one that is cut.
  static func absenceOrCut(_ integrator: String) -> [Cause] {
    let mostly = Condition(.framesWithFaceShare, .above, 0.5)
    let cut = cut(integrator).map {
      Cause($0.conditions + [mostly], advice: $0.advice, integrator: integrator)
    }
    return absence(integrator) + cut
      + [Cause([mostly], advice: .showWholeFace, integrator: integrator), leaving(integrator)]
  }

  /// Width of a face by that of the picture from which no place of it shows the whole face.
  private static let filling = 0.8
}
