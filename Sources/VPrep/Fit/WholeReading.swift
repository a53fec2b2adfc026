internal import Kernels
internal import MediaIO
internal import ProviderRules

/// One walk through a clip that decodes every picture and the whole sound track, and looks at the
/// first and the last picture.
struct WholeReading {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog
  /// The stretch whose ends are looked at, in seconds from the first picture; `nil` for the whole.
  var window: TimeWindow?

  /// Mean luma of the pictures at both ends, 0–255, full range and gamma coded.
  struct Ends: Equatable {
    var first = 0.0
    var last = 0.0
  }

  func run() throws(MediaError) -> (clip: ProbedClip, ends: Ends) {
    var reader = try ClipReader(input, for: .verify, limits: limits, watchdog: watchdog)
    var survey = ContentSurvey(reader, limits: limits)
    var ends = EndPictures(window: window)
    try reader.forEachFrame(ClipReader.Decoding(skipsLoopFilter: true)) {
      (packet) throws(MediaError) in
      try survey.note(packet)
      return .decode
    } video: { frame in
      ends.note(frame)
      return .goOn
    }
    try survey.finish(firstPicture: reader.firstPicture)
    let clip = ProbedClip(
      reader, survey: survey, byteCount: input.byteCount, frames: reader.frames,
      decodeErrors: reader.decodeErrors)
    return (clip, ends.finish())
  }
}

/// Keeps the last picture, so that only two are looked at.
private struct EndPictures: ~Copyable {
  private let window: TimeWindow?
  private var start: Double?
  private var first: Double?
  private var last: VideoFrame?
  private var plane = LumaPlane()

  init(window: TimeWindow?) {
    self.window = window
  }

  mutating func note(_ frame: consuming VideoFrame) {
    let origin = start ?? frame.time
    start = origin
    if let window, !window.contains(frame.time - origin) { return }
    if first == nil { first = Self.mean(frame, &plane) }
    last = consume frame
  }

  consuming func finish() -> WholeReading.Ends {
    let brightness = first ?? 0
    guard let last = last.take() else { return WholeReading.Ends(first: brightness) }
    return WholeReading.Ends(first: brightness, last: Self.mean(last, &plane))
  }

  private static func mean(_ frame: borrowing VideoFrame, _ plane: inout LumaPlane) -> Double {
    var mean: Double?
    plane.lend(frame) { luma, shape, table in
      mean = LumaStatistics(of: luma, shape: shape, table: table)?.mean
    }
    return mean ?? 0
  }
}
