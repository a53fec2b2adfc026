package import Services

/// Makes eye openness relative to the person.
///
/// What is measured in a frame is the height of the eye's opening by its width, from the network
/// that sees nothing but the eye. Shut eyes gave 0.04 to 0.12 (two people with their eyes shut, and
/// the blinks of three talkers), most open ones 0.20 to 0.45. Eyes narrowed by a laugh or by looking
/// down lie between, some as low as shut ones. So shut is known without knowing the person, and how
/// open an open eye is comes from the clip itself.
package enum EyeBaseline {
  /// Ratio at which no white or iris shows; the lids' own thickness keeps the landmarks apart.
  static let shut = 0.10
  /// Least ratio that shows an open eye: just above the shut ones.
  static let leastOpen = 0.13
  /// The person's open eye never counts for less, or jitter would read as a blink.
  private static let leastBaseline = 0.18
  /// An open eye's ratio over people: the middle of 2176 eyes in public photographs and clips.
  private static let population = 0.30
  /// The share of frames in which eyes are at most this open, among frames that face the camera.
  private static let openQuantile = 0.8
  /// Turn of the head up to which a frame tells the person's own opening, in degrees.
  private static let facingYaw = 25.0

  /// The same frames with both eyes' openness relative to the person: 0 shut, 1 open.
  package static func applied(to frames: [FrameMeasurement]) -> [FrameMeasurement] {
    let faces = frames.compactMap(\.face)
    let facing = faces.filter { abs($0.yaw) < facingYaw }
    let basis = facing.isEmpty ? faces : facing
    let left = baseline(basis.map(\.leftEyeOpen))
    let right = baseline(basis.map(\.rightEyeOpen))
    return frames.map { frame in
      var frame = frame
      if let face = frame.face {
        frame.face?.leftEyeOpen = relative(face.leftEyeOpen, to: left)
        frame.face?.rightEyeOpen = relative(face.rightEyeOpen, to: right)
      }
      return frame
    }
  }

  /// The ratio of this person's open eye; the population's when the clip never shows it open.
  package static func baseline(_ ratios: [Double]) -> Double {
    let sorted = ratios.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return population }
    let open = sorted[Int(Double(sorted.count - 1) * openQuantile)]
    return open >= leastOpen ? max(leastBaseline, open) : population
  }

  /// 0 for shut, 1 for this person's open eye.
  package static func relative(_ ratio: Double, to baseline: Double) -> Double {
    guard ratio.isFinite else { return 0 }
    return min(1, max(0, (ratio - shut) / (baseline - shut)))
  }
}
