/// Something that a rule reads: named as in the report, with its unit and the way it is read.
package struct Measure: Sendable {
  /// The report's key, such as `face.widthPixels`; measures of the file begin with `input.`.
  package let name: String
  /// The unit of its values.
  package let unit: MeasureUnit
  /// What it is, for the documentation: a phrase without a full stop.
  package let summary: String
  /// What must have been measured before it can be read.
  package let need: Need
  /// How it is read.
  package let reading: Reading
  /// Seconds for which a movement is held by someone who is asked for it; `nil` for what may be over
  /// in a moment, as a blink is, and for what is no movement.
  private(set) var heldSeconds: Double?

  /// What must have been looked at before a measure has a value.
  package enum Need: Sendable, Equatable {
    /// The file's facts alone.
    case file
    /// At least one measured frame.
    case frames
    /// Frames in which faces were looked for.
    case faces
    /// The clip's movement, which is read from faces.
    case motion
    /// The audio stream.
    case audio
    /// The comparison photo.
    case photo
    /// The comparison photo, looked through for faces.
    case photoFaces
    /// The bandwidth that the caller expects.
    case bandwidth
  }

  /// How a measure is read.
  package enum Reading: Sendable {
    /// One value a frame; the rule says how they are put together.
    case frame(@Sendable (FrameMeasurement) -> Double?)
    /// One value for the clip, the photo or the request.
    case whole(@Sendable (Evidence) -> Double?)
    /// One name for the clip or the photo, compared with a list.
    case name(@Sendable (Evidence) -> String?)
  }

  /// A measure with one value a frame.
  static func frame(
    _ name: String, _ unit: MeasureUnit, _ summary: String, need: Need = .faces,
    _ read: @escaping @Sendable (FrameMeasurement) -> Double?
  ) -> Measure {
    Measure(name: name, unit: unit, summary: summary, need: need, reading: .frame(read))
  }

  /// A measure of the followed face, with one value a frame that shows it.
  static func face(
    _ name: String, _ unit: MeasureUnit, _ summary: String,
    _ read: @escaping @Sendable (FaceMeasurement) -> Double?
  ) -> Measure {
    frame(name, unit, summary) { $0.face.flatMap(read) }
  }

  /// A measure with one value.
  static func whole(
    _ name: String, _ unit: MeasureUnit, _ summary: String, need: Need,
    _ read: @escaping @Sendable (Evidence) -> Double?
  ) -> Measure {
    Measure(name: name, unit: unit, summary: summary, need: need, reading: .whole(read))
  }

  /// The same measure of a movement that is held when it is asked for.
  ///
  /// - Parameter seconds: what is chosen, not measured: the time that a prompt is usually shown for.
  func held(seconds: Double) -> Measure {
    var measure = self
    measure.heldSeconds = seconds
    return measure
  }

  /// A measure whose value is a name.
  static func name(
    _ name: String, _ summary: String, need: Need,
    _ read: @escaping @Sendable (Evidence) -> String?
  ) -> Measure {
    Measure(name: name, unit: .name, summary: summary, need: need, reading: .name(read))
  }

  /// The value in one frame; `nil` for a measure of the whole clip and for a value that is not a
  /// finite number.
  func value(in frame: FrameMeasurement) -> Double? {
    guard case .frame(let read) = reading, let value = read(frame), value.isFinite else {
      return nil
    }
    return value
  }
}

extension Measure {
  /// Every measure that a rule may read.
  package static let all: [Measure] =
    fileMeasures + lightMeasures + faceMeasures + motionMeasures + audioMeasures + photoMeasures

  /// The measure of that name.
  package static func named(_ name: String) -> Measure? {
    all.first { $0.name == name }
  }
}
