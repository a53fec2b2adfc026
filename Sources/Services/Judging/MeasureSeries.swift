/// A measure over the clip, and the limits that the rules put on it: what a chart draws.
package struct MeasureSeries: Sendable, Codable, Equatable {
  /// The value in one frame.
  package struct Point: Sendable, Codable, Equatable {
    /// Seconds from the clip's start.
    package var t: Double
    /// The value; `nil` where the frame has none.
    package var value: Double?
  }

  /// A limit.
  package struct Line: Sendable, Codable, Equatable {
    /// What crossing it means.
    package var severity: Severity
    /// The limit, in the measure's unit.
    package var value: Double
    /// Which end of the good range it is.
    package var side: Comparison.Side

    /// Whether `value` lies beyond the limit.
    package func isCrossed(by value: Double) -> Bool {
      side == .min ? value < self.value : value > self.value
    }
  }

  /// The measure's name, as in the report.
  package var name: String
  /// What it is: a phrase without a full stop.
  package var summary: String
  /// The unit of all values.
  package var unit: MeasureUnit
  /// One entry a frame, in the order of time.
  package var points: [Point]
  /// The limits, of which some may be equal in all but their severity.
  package var lines: [Line]
  /// The worst prediction that rests on the measure; `nil` where none does.
  package var predicted: Severity?
}

extension Judge {
  /// The measures of a clip that have a value in each frame and a limit: those of the verdict's
  /// predictions first, in their order.
  ///
  /// Measures that count frames (a share of them) are left out: each frame is 0 or 1.
  package func series(of measurements: ClipMeasurements, _ verdict: Verdict) -> [MeasureSeries] {
    let frames = evidence(measurements, photo: nil).clip.frames
    var found: [MeasureSeries] = []
    for rule in rules where rule.aggregation != .share && rule.isAsked(options) {
      guard case .limits(let comparison, let warn, let fail) = rule.test,
        case .frame = rule.measure.reading
      else { continue }
      let lines = [(Severity.fail, fail), (.warn, warn)].compactMap { severity, limit in
        limit.map {
          MeasureSeries.Line(severity: severity, value: $0.value, side: comparison.side)
        }
      }
      if let index = found.firstIndex(where: { $0.name == rule.measure.name }) {
        found[index].lines += lines.filter { !found[index].lines.contains($0) }
        continue
      }
      let points = frames.map {
        MeasureSeries.Point(t: $0.time, value: rule.measure.value(in: $0))
      }
      guard points.contains(where: { $0.value != nil }) else { continue }
      found.append(
        MeasureSeries(
          name: rule.measure.name, summary: rule.measure.summary, unit: rule.measure.unit,
          points: points, lines: lines,
          predicted: verdict.predictions.first { $0.measure == rule.measure.name }?.severity))
    }
    let order = verdict.predictions.map(\.measure)
    let first = order.compactMap { name in found.first { $0.name == name } }
    return first.reduce(into: [MeasureSeries]()) { all, one in
      if !all.contains(where: { $0.name == one.name }) { all.append(one) }
    } + found.filter { !order.contains($0.name) }
  }
}
