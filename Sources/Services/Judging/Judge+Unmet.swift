extension Judge {
  /// The documented limits on a file that it breaks, whatever it shows: size, duration, container.
  ///
  /// - Parameter file: the file, or the planned one.
  /// - Returns: predicted failures only, worst first; empty if all such limits are met.
  package func unmetLimits(_ file: ClipFacts) -> [Prediction] {
    let alone = ClipMeasurements(
      file: file, frames: [], audio: nil, motion: nil, facesMeasured: false)
    return verdict(of: alone).predictions.filter {
      $0.severity == .fail && $0.provenance == .documented
        && Measure.named($0.measure)?.need == .file
    }
  }
}
