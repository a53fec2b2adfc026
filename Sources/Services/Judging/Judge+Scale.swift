extension Judge {
  /// The smallest factor, 0 to 1, by which frames can be scaled so that the face still meets the
  /// limits in pixels that it meets now.
  ///
  /// 0 if no face was measured; 1 if the face meets none of them. If `options.window` is set, only
  /// its frames count.
  package func leastScale(_ measurements: ClipMeasurements) -> Double {
    let evidence = evidence(measurements)
    guard !evidence.showsNoFace else { return 0 }
    let scales = rules.filter { $0.isAsked(options) }.compactMap { $0.leastScale(evidence) }
    return scales.max() ?? 0
  }

  /// A scaled picture is measured again, and landmarks move by some percent.
  static let scaleMargin = 1.1
}

extension Rule {
  /// The factor at which this rule's limit in pixels is reached; `nil` for a rule about anything else.
  fileprivate func leastScale(_ evidence: Evidence) -> Double? {
    guard measure.unit == .pixels, measure.need == .faces,
      case .limits(.below, let warn, let fail) = test,
      let value = evidence.value(of: measure, aggregation), value > 0
    else { return nil }
    let kept = [warn, fail].compactMap { $0?.value }.filter { $0 <= value }.max()
    guard let kept else { return 1 }
    return min(1, Judge.scaleMargin * kept / value)
  }
}
