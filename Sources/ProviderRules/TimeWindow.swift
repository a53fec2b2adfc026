/// A stretch of a clip in seconds from its start; written as `[start, end]`.
public struct TimeWindow: Sendable, Equatable, Codable {
  /// Where it begins.
  public var start: Double
  /// Where it ends; never before `start`.
  public var end: Double

  /// Makes a window; an `end` before `start` gives an empty one.
  public init(start: Double, end: Double) {
    self.start = start
    self.end = max(start, end)
  }

  /// Length in seconds.
  public var duration: Double { end - start }

  /// Whether a frame shown at `time` belongs to it: from `start` on, before `end`.
  public func contains(_ time: Double) -> Bool { time >= start && time < end }

  /// Reads `[start, end]`.
  public init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    let start = try values.decode(Double.self)
    self.init(start: start, end: try values.decode(Double.self))
  }

  /// Writes `[start, end]` with the report's four decimals.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    try values.encode(start.reported)
    try values.encode(end.reported)
  }
}

extension ClipMeasurements {
  /// The measurements of the clip as if it were cut to `window`: its frames, its duration.
  ///
  /// Frame times stay those of the whole clip. Size, bit rate, sound and motion were measured over
  /// the whole clip and stay as they are.
  public func restricted(to window: TimeWindow) -> ClipMeasurements {
    var cut = self
    cut.frames = frames.filter { window.contains($0.time) }
    let end = min(window.end, file.durationSeconds)
    cut.file.durationSeconds = max(0, end - max(0, window.start))
    return cut
  }
}
