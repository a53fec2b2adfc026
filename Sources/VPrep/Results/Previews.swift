public import Services

/// The result of `Gate.preview`: the best frames of a clip.
public struct Previews: CallResult {
  /// What the clip is.
  public var clip: ClipInfo
  /// One value per measure for the judged window.
  public var measurements: MeasurementSummary
  /// The measured frames of the judged window in the order of time; `nil` when they were not asked for.
  public var timeline: [FrameMeasurement]?
  /// The best frames, best first; fewer than requested if no others are as good.
  public var pictures: [Preview]
  /// How long the call took.
  public var timing: CallTiming

  /// Makes a result.
  public init(
    clip: ClipInfo, measurements: MeasurementSummary, timeline: [FrameMeasurement]? = nil,
    pictures: [Preview], timing: CallTiming = CallTiming()
  ) {
    self.clip = clip
    self.measurements = measurements
    self.timeline = timeline
    self.pictures = pictures
    self.timing = timing
  }
}

/// One frame of a clip as an upright JPEG.
public struct Preview: Sendable, Equatable {
  /// Seconds from the clip's start.
  public var seconds: Double
  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// How good the frame is, 0–1.
  public var score: Double
  /// The bytes of the JPEG.
  public var jpeg: [UInt8]

  /// Makes a preview.
  public init(seconds: Double, width: Int, height: Int, score: Double, jpeg: [UInt8]) {
    self.seconds = seconds
    self.width = width
    self.height = height
    self.score = score
    self.jpeg = jpeg
  }
}
