internal import Services

extension Verdict {
  /// Codes that this verdict predicts and `before` did not, or less severely; worst first, each once.
  ///
  /// A code is compared measure by measure: one that was predicted for blur and is now predicted for
  /// the face's size as well became worse.
  func codesWorse(than before: Verdict) -> [String] {
    var codes: [String] = []
    for prediction in predictions where !codes.contains(prediction.code) {
      let known = before.predictions.contains {
        $0.code == prediction.code && $0.measure == prediction.measure
          && ($0.severity == prediction.severity || $0.severity == .fail)
      }
      if !known { codes.append(prediction.code) }
    }
    return codes
  }
}
