public import Services

extension Report {
  /// One value a measure for the judged stretch; `nil` when nothing was measured.
  public var measurements: MeasurementSummary? { measured?.summary }

  /// One entry for each measured frame of the judged stretch in the order of time; `nil` when it was
  /// not asked for.
  ///
  /// In JSON it stands under `measurements`.
  public var timeline: [TimelineEntry]? { measured?.timeline }
}

/// What was measured, as one object of the report: the summary's keys, and the timeline among them.
struct MeasuredReport: Sendable, Equatable {
  var summary: MeasurementSummary
  var timeline: [TimelineEntry]?

  /// - Parameter timeline: whether to keep the values of every frame.
  init(_ measurements: ClipMeasurements, window: TimeWindow?, timeline: Bool) {
    summary = MeasurementSummary(measurements, window: window)
    let judged = window.map(measurements.restricted) ?? measurements
    self.timeline = timeline ? judged.frames.map(TimelineEntry.init) : nil
  }
}

extension MeasuredReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case timeline
  }

  init(from decoder: any Decoder) throws {
    summary = try MeasurementSummary(from: decoder)
    timeline = try decoder.container(keyedBy: CodingKeys.self)
      .decodeIfPresent([TimelineEntry].self, forKey: .timeline)
  }

  /// Writes every key; no timeline is an explicit `null`.
  func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(timeline, forKey: .timeline)
  }
}
