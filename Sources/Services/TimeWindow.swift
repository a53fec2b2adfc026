/// A part of a clip, from a start to an end in seconds; written as `[start, end]`.
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

  /// Whether a frame at `time` lies in the window: from `start` up to, but not including, `end`.
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
  /// The measurements of the clip as if it were cut to `window`: frames, duration, movement and
  /// audio.
  ///
  /// Frame times stay those of the complete clip; size and bit rate stay those of the file. Summaries
  /// of movement and audio stay as they are if the values behind them are missing.
  public func restricted(to window: TimeWindow) -> ClipMeasurements {
    var cut = self
    cut.frames = FacePresence.confirmed(frames.filter { window.contains($0.time) })
    let end = min(window.end, file.durationSeconds)
    cut.file.durationSeconds = max(0, end - max(0, window.start))
    cut.audio = audio?.restricted(to: window, seconds: cut.file.durationSeconds)
    if frames.contains(where: { $0.face != nil }) { cut.measureMotion() }
    return cut
  }
}
