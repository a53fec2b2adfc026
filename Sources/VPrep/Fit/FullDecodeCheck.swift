internal import FaceMeasures
internal import Kernels
internal import MediaIO
internal import Services

/// The full decode check: decodes all video and audio of a clip, and measures its first and last
/// frame.
struct FullDecodeCheck {
  let input: MediaInput
  let limits: InputLimits
  let watchdog: Watchdog
  /// The window whose ends are measured, in seconds from the first frame; `nil` for the complete
  /// clip.
  var window: TimeWindow?
  /// Pictures that those of the clip are compared with; `nil` compares none.
  var samples: QualitySamples?

  /// Mean luma of the pictures at both ends, 0–255, full range and gamma coded.
  struct Ends: Equatable {
    var first = 0.0
    var last = 0.0
  }

  /// What was found.
  struct Findings {
    let clip: ProbedClip
    let ends: Ends
    /// When its audio begins and ends, in seconds after the first picture; `nil` without any.
    let heard: ClosedRange<Double>?
  }

  func run() throws(MediaError) -> Findings {
    var reader = try ClipReader(
      input, for: .verify, limits: limits, watchdog: watchdog, trustingHeader: true)
    var scan = PacketScan(reader, limits: limits)
    let witness = DecodeWitness(window: window, samples: samples)
    let video = reader.video.index
    try reader.forEachFrame {
      (packet) throws(MediaError) in
      try scan.note(packet)
      return packet.streamIndex == video ? witness.useOfNext() : .decode
    } video: { frame in
      witness.note(frame)
      return .goOn
    } audio: { decoder in
      witness.note(decoder)
    }
    try scan.finish(firstPicture: reader.firstPicture)
    return witness.findings(reader, scan, byteCount: input.byteCount)
  }
}

/// Sees all that a reading decodes, and says what a verification has to know of it.
///
/// It belongs to the thread that reads.
final class DecodeWitness {
  private var ends: EndFrames
  private var heard = AudioSpan()
  /// Pictures that those of the clip are compared with; `nil` compares none.
  let samples: QualitySamples?

  init(window: TimeWindow? = nil, samples: QualitySamples? = nil) {
    ends = EndFrames(window: window)
    self.samples = samples
  }

  /// Packets of the video that were asked for.
  private var packets = 0

  /// What happens to the next packet of the video: edges that are not smoothed look worse than what a viewer
  /// sees, which matters up to the last picture that is compared.
  func useOfNext() -> ClipReader.Use {
    defer { packets += 1 }
    guard let last = samples?.last, packets <= last else { return .decodeRoughly }
    return .decode
  }

  /// Takes the next picture, in the order of presentation.
  func note(_ frame: consuming VideoFrame) {
    samples?.compare(frame)
    ends.note(frame)
  }

  /// Takes the decoder's current block.
  func note(_ decoder: borrowing AudioDecoder) { heard.add(decoder) }

  /// What was found, once all was read.
  func findings(
    _ reader: borrowing ClipReader, _ scan: PacketScan, byteCount: Int
  ) -> FullDecodeCheck.Findings {
    var clip = ProbedClip(
      reader, scan: scan, byteCount: byteCount, frames: reader.frames,
      decodeErrors: reader.decodeErrors)
    let wanted = scan.pictures.count(from: ends.start ?? .infinity)
    clip.lostPictures = max(0, wanted - reader.frames)
    let start = clip.videoStart
    return FullDecodeCheck.Findings(
      clip: clip, ends: ends.finish(),
      heard: heard.range.map { $0.lowerBound - start...$0.upperBound - start })
  }
}

/// Keeps the last picture, so that only two are looked at.
private struct EndFrames: ~Copyable {
  private let window: TimeWindow?
  /// When the first picture is shown, in seconds of the stream's clock.
  private(set) var start: Double?
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

  mutating func finish() -> FullDecodeCheck.Ends {
    let brightness = first ?? 0
    guard let last = last.take() else { return FullDecodeCheck.Ends(first: brightness) }
    return FullDecodeCheck.Ends(first: brightness, last: Self.mean(last, &plane))
  }

  private static func mean(_ frame: borrowing VideoFrame, _ plane: inout LumaPlane) -> Double {
    var mean: Double?
    plane.lend(frame) { luma, shape, table in
      mean = LumaStatistics(of: luma, shape: shape, table: table)?.mean
    }
    return mean ?? 0
  }
}
