internal import Kernels
internal import MediaIO

/// Writes chosen frames as upright JPEG; those that were not kept are decoded again, in full.
struct PreviewRenderer {
  let input: MediaInput
  let clip: ProbedClip
  let limits: InputLimits
  let watchdog: Watchdog
  let style: PreviewStyle

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
    try style.picture(frame, choice, clip.video.orientation, file: clip.name)
  }
}
