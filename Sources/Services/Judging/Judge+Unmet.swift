extension Judge {
  /// The documented limits on a file that are not kept, whatever it shows: its size, its length, its
  /// container.
  ///
  /// - Parameter file: what the file is, or what a planned one will be.
  /// - Returns: predicted failures alone, worst first; empty where every such limit is kept.
  package func unmetLimits(_ file: ClipFacts) -> [Prediction] {
    let alone = ClipMeasurements(
      file: file, frames: [], audio: nil, motion: nil, facesMeasured: false)
    return verdict(of: alone).predictions.filter {
      $0.severity == .fail && $0.provenance == .documented
        && Measure.named($0.measure)?.need == .file
    }
  }
}
