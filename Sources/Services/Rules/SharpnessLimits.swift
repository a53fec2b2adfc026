/// The limits of every rule about the face's sharpness, in one place.
///
/// The measure is the variance of the 4-neighbour Laplacian of the face's luma, resampled by area
/// to 128 pixels of width, so that one figure holds at every resolution. No provider publishes a
/// figure for it. Over the faces of at least 100 pixels in public photos and clips it was 72 to
/// 1174, and 72 to 125 in five talkers of old, softly compressed video. A Gaussian blur with a
/// deviation of half a pixel of the 128 left 56, of one 17 to 57, of two 5 to 14, of six 4.
/// Light lowers it with the square of the contrast, so the limits are set low, and a dark face is
/// not called blurred on top of it.
enum SharpnessLimits {
  /// Below this the face may be refused: about what a blur of one pixel in 128 leaves.
  static let warn = 30.0
  /// Below this the face is expected to be refused: about what a blur of two pixels in 128 leaves,
  /// with no detail finer than the outlines of eyes and mouth.
  static let fail = 8.0

  /// What must hold before little detail counts as blur.
  ///
  /// A face whose 95th percentile is below this is dark: half the luma leaves a quarter of the
  /// variance, and the light's own rules speak. Of the test clips the one that must be called dark
  /// has 68 and the dimmest that must not has 99.
  static let enoughLight = [Condition(.faceP95, .above, 80)]

  static let warnReason =
    "no provider publishes a figure; sharp faces give 72 and more, a blur of 1/128 of the width 17 "
    + "to 57"
  static let failReason =
    "no provider publishes a figure; a blur of 2/128 of the width leaves 5 to 14"
}
