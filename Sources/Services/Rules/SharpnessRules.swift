/// The rules about a blurred face, and what blurs it: movement, focus or compression.
///
/// Each has its own advice, and a face is told one of them. The limits were measured on the faces of 26
/// people in public talking clips, as they are and blurred by a line (movement), by a disc (focus) and
/// by x264 at rate factors of 36 to 48 (compression). No provider publishes figures.
enum SharpnessRules {
  /// The rules under `code`, in `modes`.
  static func rules(_ code: String, modes: [ProviderMode]?) -> [Rule] {
    [
      Rule(
        code, .faceSharpness, .bestFrames, .below,
        warn: .heuristic(
          SharpnessLimits.warn, SharpnessLimits.warnReason, when: SharpnessLimits.enoughLight),
        fail: .heuristic(
          SharpnessLimits.fail, SharpnessLimits.failReason, when: SharpnessLimits.enoughLight),
        modes: modes, causes: [moved, compressed],
        advice: .focus,
        integrator:
          "The best frames have a face sharpness of {value}; {goal} works. Let the camera focus."),
      // Movement along one direction leaves the edges along it sharp, and so a high sharpness.
      Rule(
        code, .motionBlur, .bestFrames, .above,
        warn: .heuristic(
          0.65,
          "detail is left along one direction: a blur of 9/128 of the width gives 0.41 to 0.87, "
            + "faces as they are and out of focus at most 0.52",
          when: [Condition(.faceSharpness, .below, 100)]),
        goal: 0.3, modes: modes, advice: .holdStill,
        integrator: "The best frames have a directional blur of {value}; " + heldStill),
      Rule(
        code, .bitsPerPixel, .whole, .below,
        warn: .heuristic(
          fewBits,
          "x264 leaves flat skin from a rate factor of 42, where clips of talkers take 0.002 to 0.005 "
            + "and at its default 0.02 to 0.06",
          when: [
            // A still picture needs few bits, and a picture out of focus too.
            Condition(.globalShake, .above, moves), Condition(.contours, .above, leftContours),
          ]),
        goal: 0.03, modes: modes, advice: .sendAsRecorded,
        integrator: "The clip has {value}; raise the recorder's bit rate to {goal}."),
    ]
  }

  /// Bits for each pixel of a frame below which blocks replace detail.
  private static let fewBits = 0.005
  /// Change between frames above which the picture is not a still one: a quarter of a luma step.
  ///
  /// Of a filmed photo with noise it was 0 to 0.0007, of people who keep still 0.0013 and more.
  private static let moves = 0.001
  /// What compression leaves: outlines between flat areas, 12 and more in 95 % of the clips.
  ///
  /// A face out of focus has neither, 10 at most in 95 %.
  private static let leftContours = 12.0

  private static let heldStill =
    "ask for a steady phone, or for more light, which makes exposures shorter."

  /// More than any of the faces as they are.
  private static let moved = Cause(
    [Condition(.motionBlur, .above, 0.5)], advice: .holdStill,
    integrator: "The best frames have a face sharpness of {value}; " + heldStill)

  private static let compressed = Cause(
    [Condition(.bitsPerPixel, .below, fewBits), Condition(.contours, .above, leftContours)],
    advice: .sendAsRecorded,
    integrator:
      "The best frames have a face sharpness of {value}; raise the recorder's bit rate.")
}

/// The limits of every rule about the face's sharpness, in one place.
///
/// The measure is the variance of the 4-neighbour Laplacian of the face's luma, resampled by area
/// to 128 pixels of width, so that one figure holds at every resolution; without noise and as it would be
/// at a mean luma of 128, so that it holds in every light and for every skin. No provider publishes a
/// figure for it. Over the faces of at least 100 pixels in public photos and clips it was 72 to
/// 1174, and 72 to 125 in five talkers of old, softly compressed video; most of them had a mean near
/// 128. A Gaussian blur with a deviation of half a pixel of the 128 left 56, of one 17 to 57, of two
/// 5 to 14, of six 4.
///
/// Of 27 good photographs, nine of each group of the Monk scale, 25 gave 32 and more, with medians of 87
/// (groups 1 to 4), 81 (5 to 7) and 88 (8 to 10), and in half of the light 99, 90 and 106; a blur of two
/// pixels left medians of 9, 11 and 15. At the luma of the skin, the medians of good ones were 91, 119
/// and 63, and dark skin was warned three times as often.
enum SharpnessLimits {
  /// Below this the face may be refused: about what a blur of one pixel in 128 leaves.
  ///
  /// Of 97 good photographs that were used for tuning, 3 are below it, one of each group of the Monk
  /// scale, and of 50 that were blurred (by a disc, by a line) 41. With 30, the limit before noise was
  /// taken off, it would be 7 and 42.
  static let warn = 22.0
  /// Below this the face is expected to be refused: about what a blur of two pixels in 128 leaves,
  /// with no detail finer than the outlines of eyes and mouth.
  static let fail = 8.0

  /// What must hold before little detail counts as blur.
  ///
  /// A face whose 95th percentile is below this is dark: what blur leaves of its detail is as little as
  /// the rounding of the codes, and the light's own rules speak. Of the test clips the one that must be
  /// called dark has 68 and the dimmest that must not has 99.
  static let enoughLight = [Condition(.faceP95, .above, 80)]

  static let warnReason =
    "no provider publishes a figure; of 97 good photographs 3 are below, of 50 blurred ones 41; at a "
    + "mean luma of 128"
  static let failReason =
    "no provider publishes a figure; a blur of 2/128 of the width leaves 5 to 14, at a mean luma of 128"
}
