package import Services

/// What a page shows beside the report: measures over time, and telling frames.
///
/// It is no part of the report's JSON.
package struct Illustration: Sendable, Codable, Equatable {
  /// A frame with its picture.
  package struct Figure: Sendable, Codable, Equatable {
    /// Which frame it is, and what it shows.
    package var frame: TellingFrame
    /// Width of the picture in pixels.
    package var width: Int
    /// Height of the picture in pixels.
    package var height: Int
    /// The picture as a data URI: `data:image/jpeg;base64,…`.
    package var image: String
    /// The followed face; `nil` without one.
    package var face: FaceOutline?
    /// Boxes of the other faces.
    package var others: [FaceOutline.Box]
    /// Which shares of the lower face and of the eyes are covered, 0–1.
    package var lowerFaceOcclusion: Double
    package var eyeOcclusion: Double
  }

  /// Measures over time, those of predictions first.
  package var series: [MeasureSeries]
  /// Telling frames, in the order of time.
  package var figures: [Figure]
  /// When the last measured frame is shown, or the clip ends, in seconds.
  package var duration: Double

  /// Frames that a page shows at most.
  static let mostFigures = 9
}

extension Illustration {
  /// - Parameter verdict: on what was measured.
  init(
    _ measurements: ClipMeasurements, _ verdict: Verdict, by judge: Judge, from book: StillBook
  ) {
    let frames = judge.tellingFrames(
      of: measurements, verdict, among: book.times, most: Self.mostFigures)
    var faces: [Double: FaceMeasurement] = [:]
    for frame in measurements.frames { faces[frame.time] = frame.face }
    self.init(
      series: judge.series(of: measurements, verdict),
      figures: frames.compactMap { frame in
        book[frame.t].map { Figure(frame, $0, faces[frame.t]) }
      },
      duration: max(
        measurements.file.durationSeconds, measurements.frames.last?.time ?? 0))
  }
}

extension Illustration.Figure {
  fileprivate init(_ frame: TellingFrame, _ still: FrameStill, _ measured: FaceMeasurement?) {
    self.init(
      frame: frame, width: still.width, height: still.height,
      image: JPEGDataURI.text(still.jpeg), face: still.face,
      others: still.others,
      lowerFaceOcclusion: measured?.lowerFaceOcclusion ?? 0,
      eyeOcclusion: measured?.eyeOcclusion ?? 0)
  }
}
