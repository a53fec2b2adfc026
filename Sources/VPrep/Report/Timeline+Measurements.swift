package import Services

extension ReportDocument {
  /// One value a measure for the judged window; `nil` when nothing was measured.
  package var measurements: MeasurementSummary? { measured?.summary }

  /// One entry for each measured frame of the judged window in the order of time; `nil` when it was
  /// not asked for.
  ///
  /// In JSON it stands under `measurements`.
  package var timeline: [TimelineEntry]? { measured?.timeline }
}

/// What was measured, as one object of the report: the summary's keys, and the timeline among them.
package struct MeasuredReport: Sendable, Equatable {
  var summary: MeasurementSummary
  var timeline: [TimelineEntry]?

  /// - Parameter timeline: the frames to write out; `nil` for none.
  init(_ summary: MeasurementSummary, timeline: [FrameMeasurement]?) {
    self.summary = summary
    self.timeline = timeline.map { $0.map(TimelineEntry.init) }
  }
}

extension MeasuredReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case timeline
  }

  package init(from decoder: any Decoder) throws {
    summary = try MeasurementSummary(from: decoder)
    timeline = try decoder.container(keyedBy: CodingKeys.self)
      .decodeIfPresent([TimelineEntry].self, forKey: .timeline)
  }

  /// Writes every key; no timeline is an explicit `null`.
  package func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(timeline, forKey: .timeline)
  }
}
