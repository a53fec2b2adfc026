internal import ProviderRules

/// Makes eye openness relative to the person.
///
/// How open an open eye measures differs by a factor of two between people, so no fixed number tells
/// open from shut. The person's own open eyes do: the upper part of the clip's values.
enum EyeBaseline {
  /// The share of frames in which eyes are at most this open, among frames that face the camera.
  private static let openQuantile = 0.8
  /// Height by width below which no open eye was ever measured; the least baseline.
  private static let leastOpen = 0.2
  /// Openness relative to the baseline that counts as shut: the lids' own thickness keeps the
  /// landmarks apart.
  private static let shutShare = 0.55

  static func applied(to frames: [FrameMeasurement]) -> [FrameMeasurement] {
    let raw = frames.compactMap(\.face).filter { abs($0.yaw) < 25 }
    let left = baseline(raw.map(\.leftEyeOpen))
    let right = baseline(raw.map(\.rightEyeOpen))
    return frames.map { frame in
      var frame = frame
      if let face = frame.face {
        frame.face?.leftEyeOpen = relative(face.leftEyeOpen, to: left)
        frame.face?.rightEyeOpen = relative(face.rightEyeOpen, to: right)
      }
      return frame
    }
  }

  private static func baseline(_ values: [Double]) -> Double {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return leastOpen }
    return max(leastOpen, sorted[Int(Double(sorted.count - 1) * openQuantile)])
  }

  /// 0 for shut, 1 for this person's open eye.
  private static func relative(_ openness: Double, to baseline: Double) -> Double {
    min(1, max(0, (openness / baseline - shutShare) / (1 - shutShare)))
  }
}
