/// The limits of every rule about the face's sharpness, in one place.
///
/// The measure is the variance of the 4-neighbour Laplacian of the face's luma, resampled by area
/// to 128 pixels of width, so that one figure holds at every resolution. No provider publishes a
/// figure for it. Over the frontal faces of at least 150 pixels in eleven public photos and clips
/// it was 127 to 512; after a Gaussian blur of one of the 128 pixels 17 to 57, of two 5 to 14.
/// Dim light lowers it with the square of the contrast, so the limits are set low.
enum SharpnessLimits {
  /// Below this the face may be refused: about what a blur of one pixel in 128 leaves.
  static let warn = 30.0
  /// Below this the face is expected to be refused: about what a blur of two pixels in 128 leaves,
  /// with no detail finer than the outlines of eyes and mouth.
  static let fail = 8.0

  static let warnReason =
    "no provider publishes a figure; sharp faces give 127 to 512, a blur of 1/128 of the width 17 "
    + "to 57"
  static let failReason =
    "no provider publishes a figure; a blur of 2/128 of the width leaves 5 to 14"
}
