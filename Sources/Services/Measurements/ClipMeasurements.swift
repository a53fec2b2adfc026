/// Everything that the rules can read about one clip: facts of the file, values per measured frame,
/// and audio.
///
/// The judge aggregates frames, as each rule states, so nothing here is averaged. A value that was
/// not measured is `nil`; a rule that reads `nil` is reported as unmeasured.
public struct ClipMeasurements: Sendable, Equatable {
  /// What the container and the streams say.
  public var file: ClipFacts
  /// One entry for each measured frame, in presentation order.
  public var frames: [FrameMeasurement]
  /// The audio; `nil` if it was not measured.
  public var audio: AudioMeasurement?
  /// Movement over the clip; `nil` if it was not measured.
  public var motion: MotionMeasurement?
  /// Whether faces were measured; if not, every face rule is unmeasured.
  public var facesMeasured: Bool

  /// Makes a set of measurements.
  public init(
    file: ClipFacts, frames: [FrameMeasurement] = [], audio: AudioMeasurement? = nil,
    motion: MotionMeasurement? = nil, facesMeasured: Bool = false
  ) {
    self.file = file
    self.frames = frames
    self.audio = audio
    self.motion = motion
    self.facesMeasured = facesMeasured
  }
}
