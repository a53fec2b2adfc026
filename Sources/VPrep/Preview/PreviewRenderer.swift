internal import Kernels
internal import MediaIO

/// Writes chosen frames as upright JPEG; those that were not kept are decoded again, in full.
struct PreviewRenderer {
  let input: MediaInput
  let clip: ProbedClip
  let limits: InputLimits
  let watchdog: Watchdog

  /// libjpeg's quality: artefacts stay invisible on skin.
  static let quality = 90
  /// Longest side of a preview in pixels; larger pictures only make the request larger.
  static let longestSide = 1920

  /// A chosen frame, and where it is found.
  struct Wanted {
    let choice: PreviewPicker.Choice
    let place: FramePosition
    /// The frame itself, where it was kept.
    var kept: PreviewCandidates.Candidate?
  }

  /// Renders chosen frames, in their order.
  func render(_ wanted: [Wanted]) throws(MediaError) -> [Preview] {
    var pictures: [Preview] = []
    for frame in wanted {
      if let picture = try render(frame) { pictures.append(picture) }
    }
    return pictures
  }

  private func render(_ wanted: Wanted) throws(MediaError) -> Preview? {
    if let frame = wanted.kept?.shared() { return try compress(frame, wanted.choice) }
    // A container with two clocks leads to no time.
    if !clip.hasClockJumps, !clip.hasCorrectedTimes, let time = wanted.place.ticks,
      let picture = try seek(to: time, wanted)
    {
      return picture
    }
    // A container without a usable index is read from its start, as it was measured.
    return try read(upTo: wanted)
  }

  /// The frame that is shown at `time`; `nil` if the container cannot seek there, or if the frame is
  /// incomplete when decoding begins near it.
  private func seek(to time: Ticks, _ wanted: Wanted) throws(MediaError) -> Preview? {
    var reader = try openReader()
    guard reader.seek(to: time) else { return nil }
    var picture: Preview?
    try reader.forEachFrame(
      ClipReader.Decoding(threads: clip.decodingThreads, includesAudio: false),
      video: { (frame) throws(MediaError) in
        guard let shown = frame.ticks, shown <= time else { return .stop }
        guard shown == time else { return .goOn }
        if !frame.isDamaged { picture = try compress(frame, wanted.choice) }
        return .stop
      })
    return picture
  }

  private func read(upTo wanted: Wanted) throws(MediaError) -> Preview? {
    var reader = try openReader()
    var picture: Preview?
    try reader.forEachFrame(
      ClipReader.Decoding(threads: clip.decodingThreads, includesAudio: false),
      video: { (frame) throws(MediaError) in
        guard FramePosition(frame) == wanted.place else { return .goOn }
        picture = try compress(frame, wanted.choice)
        return .stop
      })
    return picture
  }

  private func openReader() throws(MediaError) -> ClipReader {
    try ClipReader(
      input, for: .preview, limits: limits, watchdog: watchdog, trustingHeader: true)
  }

  private func compress(
    _ frame: consuming VideoFrame, _ choice: PreviewPicker.Choice
  ) throws(MediaError) -> Preview {
    let display = frame.displaySize(clip.video.orientation)
    let scale = min(1, Double(Self.longestSide) / Double(max(display.width, display.height, 1)))
    var preparer = PicturePreparer(
      orientation: clip.video.orientation,
      width: max(1, Int(saturating: (Double(display.width) * scale).rounded())),
      height: max(1, Int(saturating: (Double(display.height) * scale).rounded())),
      color: .jpeg,
      file: clip.name)
    let picture = try preparer.prepare(frame)
    let jpeg = try JPEGEncoder.encode(picture, quality: Self.quality, file: clip.name)
    return Preview(
      seconds: choice.time, width: picture.width, height: picture.height, score: choice.score,
      jpeg: jpeg)
  }
}
