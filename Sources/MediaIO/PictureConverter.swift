internal import CFFmpeg

/// Owner of a libswscale context that turns any picture into planar 4:2:0 at a given size.
@safe struct PictureConverter: ~Copyable {
  private var context: OpaquePointer?
  private let file: String

  init(file: String) {
    self.file = file
  }

  deinit { unsafe sws_freeContext(context) }

  /// Converts without scaling; RGB becomes BT.601 full range, as JPEG and PNG viewers expect.
  mutating func planar(
    _ source: UnsafeMutablePointer<AVFrame>, time: Double
  ) throws(MediaError) -> VideoFrame {
    let width = unsafe Int(source.pointee.width)
    let height = unsafe Int(source.pointee.height)
    return try unsafe convert(source, width: width, height: height, time: time)
  }

  /// Converts and scales to `width` × `height` in one step, keeping matrix, range and tags of YUV
  /// sources.
  ///
  /// - Parameter deep: keeps 10 bits, for pictures whose tones are mapped next.
  mutating func convert(
    _ source: UnsafeMutablePointer<AVFrame>, width: Int, height: Int, time: Double,
    deep: Bool = false
  ) throws(MediaError) -> VideoFrame {
    let format = unsafe AVPixelFormat(source.pointee.format)
    let flags = unsafe av_pix_fmt_desc_get(format)?.pointee.flags ?? 0
    let isRGB = flags & UInt64(AV_PIX_FMT_FLAG_RGB) != 0
    let color = unsafe ColorDescription(source.pointee)
    let isFull = isRGB || color.isFullRange
    let target = deep ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P
    unsafe context = unsafe sws_getCachedContext(
      context, source.pointee.width, source.pointee.height, format, Int32(width), Int32(height),
      target, Int32(SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP), nil, nil, nil)
    guard let context = unsafe context else { throw failure("no conversion from this format") }
    let matrix: Int32 = isRGB ? SWS_CS_ITU601 : color.matrix.swscale
    let coefficients = unsafe sws_getCoefficients(matrix)
    // Refused for same-format scaling, where it changes nothing.
    _ = unsafe sws_setColorspaceDetails(
      context, coefficients, isFull ? 1 : 0, coefficients, isFull ? 1 : 0, 0, 1 << 16, 1 << 16)
    guard let output = unsafe av_frame_alloc() else {
      throw .outOfMemory(.convert, file: file)
    }
    unsafe output.pointee.format = target.rawValue
    unsafe output.pointee.width = Int32(width)
    unsafe output.pointee.height = Int32(height)
    unsafe av_frame_copy_props(output, source)
    unsafe output.pointee.color_range = isFull ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
    unsafe output.pointee.colorspace = isRGB ? AVCOL_SPC_SMPTE170M : color.matrix.tag
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

  private func failure(_ detail: String) -> MediaError {
    MediaError(.convert, file: file, cause: .library, detail: detail)
  }
}

extension ColorDescription.Matrix {
  /// libswscale's number of the matrix.
  var swscale: Int32 {
    switch self {
    case .bt601: SWS_CS_ITU601
    case .bt709: SWS_CS_ITU709
    case .bt2020: SWS_CS_BT2020
    }
  }

  /// The tag that is written into streams.
  var tag: AVColorSpace {
    switch self {
    case .bt601: AVCOL_SPC_SMPTE170M
    case .bt709: AVCOL_SPC_BT709
    case .bt2020: AVCOL_SPC_BT2020_NCL
    }
  }
}
