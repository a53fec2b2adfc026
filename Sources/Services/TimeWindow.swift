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
  /// The measurements of the clip as if it were cut to `window`: its frames, its duration, what the
  /// face does in it and what is heard.
  ///
  /// Frame times stay those of the whole clip. Size and bit rate are those of the whole file. Movement
  /// and sound that come without the values they were told from stay as they are.
  public func restricted(to window: TimeWindow) -> ClipMeasurements {
    var cut = self
    cut.frames = frames.filter { window.contains($0.time) }
    let end = min(window.end, file.durationSeconds)
    cut.file.durationSeconds = max(0, end - max(0, window.start))
    cut.audio = audio?.restricted(to: window, seconds: cut.file.durationSeconds)
    if let motion, frames.contains(where: { $0.face != nil }) {
      var moved = MotionMeasurement(
        cut.frames, voiced: cut.audio?.frames.filter(\.isVoiced).map(\.window) ?? [])
      if audio?.frames.isEmpty ?? true {
        moved.mouthMovementWhileVoiced = motion.mouthMovementWhileVoiced
      }
      cut.motion = moved
    }
    return cut
  }
}
