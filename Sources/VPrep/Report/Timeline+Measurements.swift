public import ProviderRules

/// What was measured: the report's `measurements` object.
///
/// It has every property of the summary, and the frames behind it where they were asked for.
@dynamicMemberLookup
public struct MeasurementReport: Sendable, Equatable {
  /// One value a measure.
  public var summary: MeasurementSummary
  /// One entry for each measured frame of the judged stretch, in the order of time; `nil` when it
  /// was not asked for.
  public var timeline: [TimelineEntry]?

  /// A value of the summary.
  public subscript<Value>(dynamicMember path: KeyPath<MeasurementSummary, Value>) -> Value {
    summary[keyPath: path]
  }
}

extension MeasurementReport {
  /// - Parameter timeline: whether to keep the values of every frame.
  init(_ measurements: ClipMeasurements, window: TimeWindow?, timeline: Bool) {
    summary = MeasurementSummary(measurements, window: window)
    let judged = window.map(measurements.restricted) ?? measurements
    self.timeline = timeline ? judged.frames.map(TimelineEntry.init) : nil
  }
}

// The timeline stands among the summary's own keys.

extension MeasurementReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case timeline
  }

  /// Reads both.
  public init(from decoder: any Decoder) throws {
    summary = try MeasurementSummary(from: decoder)
    timeline = try decoder.container(keyedBy: CodingKeys.self)
      .decodeIfPresent([TimelineEntry].self, forKey: .timeline)
  }

  /// Writes every key; no timeline is an explicit `null`.
  public func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(timeline, forKey: .timeline)
  }
}
