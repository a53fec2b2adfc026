extension Judge {
  /// The least factor by which a clip's pictures may be scaled while its face keeps the limits in pixels
  /// that it keeps now, 0–1; 0 where no face was measured, 1 where it keeps none of them.
  ///
  /// Only `options.window` counts where it is set.
  package func leastScale(_ measurements: ClipMeasurements) -> Double {
    let evidence = evidence(measurements)
    guard !evidence.showsNoFace else { return 0 }
    let scales = rules.filter { $0.isAsked(options) }.compactMap { $0.leastScale(evidence) }
    return scales.max() ?? 0
  }

  /// A scaled picture is measured anew, and landmarks move by some percent.
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
