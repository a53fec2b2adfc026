internal import CFFmpeg

/// Owner of a libswscale context that turns any picture into planar 4:2:0 at a given size.
@safe struct PictureConverter: ~Copyable {
  private var context: cff_scaler?
  private let file: String

  init(file: String) {
    self.file = file
  }

  deinit { unsafe sws_freeContext(context) }

  /// Converts without scaling; deep pictures stay at 10 bits, so that HDR keeps its steps.
  mutating func planar(
    _ source: UnsafeMutablePointer<AVFrame>, time: Double
  ) throws(MediaError) -> VideoFrame {
    let width = unsafe Int(source.pointee.width)
    let height = unsafe Int(source.pointee.height)
    let depth = unsafe av_pix_fmt_desc_get(AVPixelFormat(source.pointee.format))?.pointee.comp.0
      .depth
    return try unsafe convert(
      source, width: width, height: height, time: time, deep: (depth ?? 8) > 8)
  }

  /// Converts and scales to `width` × `height` in one step.
  ///
  /// Matrix and range of a YUV source stay; RGB becomes BT.601, full range, as JPEG and PNG viewers
  /// expect. What the source's tags do not tell is written as it is assumed for the source's size.
  ///
  /// - Parameter deep: keeps 10 bits, for pictures whose colours are mapped next.
  mutating func convert(
    _ source: UnsafeMutablePointer<AVFrame>, width: Int, height: Int, time: Double,
    deep: Bool = false
  ) throws(MediaError) -> VideoFrame {
    let format = unsafe AVPixelFormat(source.pointee.format)
    let color = unsafe self.color(of: source.pointee)
    let target = deep ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P
    // Under its old name a full-range format would make the context again for each picture.
    unsafe context = unsafe sws_getCachedContext(
      context, source.pointee.width, source.pointee.height, format.withoutJ, Int32(width),
      Int32(height), target, cff_scaler_flags(), nil, nil, nil)
    guard let context = unsafe context else { throw failure("no conversion from this format") }
    let coefficients = unsafe sws_getCoefficients(color.matrix.swscale)
    let isFull: Int32 = color.isFullRange ? 1 : 0
    // Refused for same-format scaling, where it changes nothing.
    _ = unsafe sws_setColorspaceDetails(
      context, coefficients, isFull, coefficients, isFull, 0, 1 << 16, 1 << 16)
    guard let output = unsafe allocated(av_frame_alloc()) else {
      throw .outOfMemory(.convert, file: file)
    }
    unsafe output.pointee.format = target.rawValue
    unsafe output.pointee.width = Int32(width)
    unsafe output.pointee.height = Int32(height)
    unsafe av_frame_copy_props(output, source)
    unsafe color.write(to: output)
    let code = unsafe sws_scale_frame(context, output, source)
    guard code >= 0, let layout = PixelLayout(target) else {
      var failed: UnsafeMutablePointer<AVFrame>? = unsafe output
      unsafe av_frame_free(&failed)
      throw MediaError(
        .convert, file: file, cause: .library, detail: "the picture cannot be converted",
        ffmpeg: code)
    }
    return unsafe VideoFrame(owning: output, layout: layout, time: time)
  }

  /// The colours of the result: the source's, as they are meant.
  ///
  /// libswscale takes all RGB as full range; of limited RGB, codes 16–235, it then makes limited luma.
  /// A palette it turns into limited luma in any case.
  private func color(of source: AVFrame) -> ColorDescription {
    let told = unsafe ColorDescription(source)
    var color = unsafe told.assumed(width: Int(source.width), height: Int(source.height))
    guard told.matrix == .rgb else { return color }
    color.matrix = .smpte170m
    let isPalette = unsafe AVPixelFormat(source.format).isPalette
    color.range = isPalette || told.range == .limited ? .limited : .full
    return color
  }

  private func failure(_ detail: String) -> MediaError {
    MediaError(.convert, file: file, cause: .library, detail: detail)
  }
}
