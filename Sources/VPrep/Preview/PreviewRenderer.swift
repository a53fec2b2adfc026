internal import Kernels
internal import MediaIO

/// Decodes chosen frames again, in full, and writes them as upright JPEG.
struct PreviewRenderer {
  let input: MediaInput
  let clip: ProbedClip
  let limits: InputLimits
  let watchdog: Watchdog

  /// libjpeg's quality: artefacts stay invisible on skin.
  static let quality = 90
  /// Longest side of a preview in pixels; larger pictures only make the request larger.
  static let longestSide = 1920

  /// A picture and its JPEG.
  struct Picture: Sendable {
    let choice: PreviewPicker.Choice
    let width: Int
    let height: Int
    let jpeg: [UInt8]
  }

  /// Renders `choices`, in their order.
  func render(_ choices: [PreviewPicker.Choice]) throws(MediaError) -> [Picture] {
    var pictures: [Picture] = []
    for choice in choices {
      if let picture = try render(choice) { pictures.append(picture) }
    }
    return pictures
  }

  private func render(_ choice: PreviewPicker.Choice) throws(MediaError) -> Picture? {
    let wanted = clip.videoStart + choice.time
    // A container without a usable index, or with two clocks, is read from its start.
    if !clip.hasClockJumps, let picture = try decode(wanted, seeking: true, choice) {
      return picture
    }
    return try decode(wanted, seeking: false, choice)
  }

  private func decode(
    _ wanted: Double, seeking: Bool, _ choice: PreviewPicker.Choice
  ) throws(MediaError) -> Picture? {
    var reader = try ClipReader(
      input, for: .preview, limits: limits, watchdog: watchdog, trustingHeader: true)
    if seeking {
      let time = Ticks(seconds: wanted, in: reader.video.timeBase, rounding: .down)
      guard let time, reader.seek(to: time) else { return nil }
    }
    // Half the distance between two frames: the one meant and no other.
    let tolerance = clip.frameRate > 0 ? 0.5 / clip.frameRate : 0.02
    var picture: Picture?
    try reader.forEachFrame(
      ClipReader.Decoding(includesSound: false),
      video: { (frame) throws(MediaError) in
        if frame.time > wanted + tolerance, seeking { return .stop }
        guard frame.time >= wanted - tolerance else { return .goOn }
        picture = try compress(frame, choice)
        return .stop
      })
    return picture
  }

  private func compress(
    _ frame: consuming VideoFrame, _ choice: PreviewPicker.Choice
  ) throws(MediaError) -> Picture {
    let display = clip.video.displaySize
    let scale = min(1, Double(Self.longestSide) / Double(max(display.width, display.height, 1)))
    var preparer = PicturePreparer(
      orientation: clip.video.orientation,
      width: max(1, Int(saturating: (Double(display.width) * scale).rounded())),
      height: max(1, Int(saturating: (Double(display.height) * scale).rounded())),
      color: ColorDescription(matrix: .bt601, isFullRange: true, transfer: .standard),
      file: clip.name)
    let picture = try preparer.prepare(frame)
    let jpeg = try JPEGEncoder.encode(picture, quality: Self.quality, file: clip.name)
    return Picture(choice: choice, width: picture.width, height: picture.height, jpeg: jpeg)
  }
}
