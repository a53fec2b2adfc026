/// How good one frame is by the provider's own quality rules.
public struct FrameRank: Sendable, Equatable {
  /// Index into the frames of the measurements that were ranked.
  public let index: Int
  /// Presentation time in seconds.
  public let time: Double
  /// Rules that this frame alone would fail.
  public let failures: Int
  /// Rules that this frame alone would be warned for.
  public let warnings: Int
  /// How far it is beyond the limits it crosses, as a multiple of each, added up.
  public let excess: Double
  /// Sharpness of its face: variance of the Laplacian at 128 pixels of width.
  public let sharpness: Double
}

/// Orders frames as the server is expected to: the one that its rules like best comes first.
enum FrameRanking {
  /// How many of the best frames a rule about quality looks at.
  ///
  /// The servers score the best frame they find. The median of three keeps one lucky or unlucky
  /// reading from deciding alone, and Megvii returns up to two such frames.
  static let judgedFrames = 3

  /// The frames that show a face, best first; equals stay in presentation order.
  static func rank(
    _ clip: ClipMeasurements, by rules: [Rule], options: JudgeOptions
  ) -> [FrameRank] {
    guard clip.facesMeasured else { return [] }
    let asked = rules.filter { $0.isAsked(options) }
    let ranks = clip.frames.enumerated().compactMap { index, frame in
      frame.face.map { self.rank(frame, $0, index: index, by: asked) }
    }
    return ranks.sorted { first, second in
      if first.failures != second.failures { return first.failures < second.failures }
      if first.warnings != second.warnings { return first.warnings < second.warnings }
      if first.excess != second.excess { return first.excess < second.excess }
      if first.sharpness != second.sharpness { return first.sharpness > second.sharpness }
      return first.index < second.index
    }
  }

  private static func rank(
    _ frame: FrameMeasurement, _ face: FaceMeasurement, index: Int, by rules: [Rule]
  ) -> FrameRank {
    var failures = 0
    var warnings = 0
    var excess = 0.0
    for rule in rules {
      guard let value = rule.measure.value(in: frame),
        let crossing = rule.crossing(value, condition: { $0.value(in: frame) }).worst
      else { continue }
      if crossing.severity == .fail { failures += 1 } else { warnings += 1 }
      excess += crossing.excess
    }
    return FrameRank(
      index: index, time: frame.time, failures: failures, warnings: warnings, excess: excess,
      sharpness: face.sharpness.isFinite ? face.sharpness : 0)
  }
}
