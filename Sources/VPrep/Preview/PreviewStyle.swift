internal import Kernels
internal import MediaIO

/// How a chosen frame becomes a picture.
struct PreviewStyle {
  /// Longest side in pixels.
  var size: Int
  /// libjpeg's quality, 1–100.
  var quality: Int
  var crop: PreviewCrop

  init(_ reporting: Gate.Reporting) {
    (size, quality, crop) = (
      reporting.previewSize, reporting.previewQuality, reporting.previewCrop
    )
  }

  /// Writes a frame as upright JPEG.
  ///
  /// - Parameters:
  ///   - choice: why the frame was chosen, and where its face is.
  ///   - orientation: how the frame is shown.
  ///   - file: what an error calls the clip.
  func picture(
    _ frame: consuming VideoFrame, _ choice: PreviewPicker.Choice, _ orientation: Orientation,
    file: String
  ) throws(MediaError) -> Preview {
    let display = frame.displaySize(orientation)
    let region = CropRegion(
      crop, around: choice.face, width: display.width, height: display.height)
    let scale = min(1, Double(size) / max(region.width, region.height, 1))
    func scaled(_ length: Double) -> Int { Int(saturating: (length * scale).rounded()) }
    var preparer = PicturePreparer(
      orientation: orientation, width: max(1, scaled(Double(display.width))),
      height: max(1, scaled(Double(display.height))), color: .jpeg, file: file)
    var picture = try preparer.prepare(frame)
    if crop != .none {
      picture = try picture.cropped(
        x: scaled(region.x), y: scaled(region.y), width: scaled(region.width),
        height: scaled(region.height), file: file)
    }
    let jpeg = try JPEGEncoder.encode(picture, quality: quality, file: file)
    return Preview(
      seconds: choice.time, width: picture.width, height: picture.height, score: choice.score,
      reason: choice.reason, jpeg: jpeg)
  }
}
