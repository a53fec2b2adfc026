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
  /// Why there are no pictures; `nil` where there are.
  public var noPreviews: NoPreviews?
  /// How long the call took.
  public var timing: CallTiming

  /// Makes a result.
  public init(
    clip: ClipInfo, measurements: MeasurementSummary, timeline: [FrameMeasurement]? = nil,
    pictures: [Preview], noPreviews: NoPreviews? = nil, timing: CallTiming = CallTiming()
  ) {
    self.clip = clip
    self.measurements = measurements
    self.timeline = timeline
    self.pictures = pictures
    self.noPreviews = noPreviews
    self.timing = timing
  }
}

/// Why a clip has no previews.
public enum NoPreviews: String, Sendable, Codable, CaseIterable {
  /// Faces were not looked for: there is no face model.
  case facesNotMeasured
  /// No frame shows a face.
  case noFace
  /// Faces are seen, and none could be recognised by a person.
  case noUsableFace
}

/// One frame of a clip as an upright JPEG.
public struct Preview: Sendable, Equatable {
  /// Seconds from the clip's start.
  public var seconds: Double
  /// Width in pixels.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// How good the frame is, 0–1; comparable between clips that are judged by the same limits.
  public var score: Double
  /// Why the frame was chosen, in a sentence.
  public var reason: String
  /// The bytes of the JPEG.
  public var jpeg: [UInt8]

  /// Makes a preview.
  public init(
    seconds: Double, width: Int, height: Int, score: Double, reason: String = "", jpeg: [UInt8]
  ) {
    self.seconds = seconds
    self.width = width
    self.height = height
    self.score = score
    self.reason = reason
    self.jpeg = jpeg
  }
}
