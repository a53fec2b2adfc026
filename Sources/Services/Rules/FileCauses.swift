/// Why a file is shorter than it should be, or damaged.
enum FileCauses {
  /// The header promises more than arrived: the upload or the copy ended early.
  ///
  /// Half a second is more than the padding of audio and rounding explain.
  static let brokenOff = Cause(
    [Condition(.missingSeconds, .above, 0.5)], advice: .uploadBroken,
    integrator: "The header promises more than the file holds; check the upload.")
}
