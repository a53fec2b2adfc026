/// The limits of every rule about the face's sharpness, in one place.
///
/// The measure is the variance of the Laplacian of the face's luma at 128 pixels of width, so
/// that one figure holds at every resolution. No provider publishes a figure for it.
enum SharpnessLimits {
  /// Below this the face may be refused.
  static let warn = 60.0
  /// Below this no detail finer than the features' outlines is left.
  static let fail = 15.0
}
