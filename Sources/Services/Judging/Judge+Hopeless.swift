extension Judge {
  /// The failures of a clip that no encoding can repair, whichever part of the clip is kept.
  ///
  /// Such a failure is mended by the person who records again (`Remedy.retake`), is clearly beyond its
  /// limit, and shows in every window that the service would accept, as in the complete clip. What is
  /// read from the file itself does not count, because a fit writes another file; nor does the photo,
  /// which can be replaced.
  ///
  /// - Parameter measurements: what was measured on the complete clip.
  /// - Returns: predictions about the complete clip, worst first; empty if something may still help.
  package func hopelessFailures(_ measurements: ClipMeasurements) -> [Prediction] {
    let complete = judging(nil)
    var failures = complete.verdict(of: measurements).predictions.filter {
      complete.isHopeless($0, measurements)
    }
    for window in complete.shortestWindows(of: measurements) where !failures.isEmpty {
      let found = complete.judging(window).verdict(of: measurements).predictions
      failures.removeAll { failure in
        !found.contains {
          $0.severity == .fail && $0.code == failure.code && $0.measure == failure.measure
        }
      }
    }
    return failures
  }

  private func isHopeless(_ prediction: Prediction, _ measurements: ClipMeasurements) -> Bool {
    guard prediction.severity == .fail, prediction.remedy == .retake,
      let measure = Measure.named(prediction.measure)
    else { return false }
    switch measure.need {
    case .frames, .faces, .motion, .audio: break
    case .file, .photo, .photoFaces, .bandwidth: return false
    }
    // A face that is never seen lies as far beyond its limit as it can.
    if measure.tellsPresence, evidence(measurements).showsNoFace { return true }
    return isFarBeyond(prediction, measurements)
  }

  /// The shortest windows that the service does not refuse for their duration, so close to each other
  /// that none in between shows anything else; empty for a clip that is hardly longer.
  private func shortestWindows(of measurements: ClipMeasurements) -> [TimeWindow] {
    let limits = limits
    let length = max(
      limits.acceptedDuration.lowerBound, limits.durationMustExceed ?? 0, Self.leastWindow)
    let duration = measurements.file.durationSeconds
    guard duration.isFinite, duration > length else { return [] }
    let count = min(Int((duration - length) / (length / 4)) + 1, Self.mostWindows)
    let step = (duration - length) / Double(count)
    return (0...count).map {
      TimeWindow(start: Double($0) * step, end: Double($0) * step + length)
    }
  }

  /// Seconds of the shortest window where a service sets no limit: a few measured frames.
  private static let leastWindow = 0.5
  /// The most windows that are judged: one for each second of the longest clips that are read.
  private static let mostWindows = 600
}
