internal import CFFmpeg

extension ColorDescription {
  /// What the container and the codec's header tell.
  init(_ parameters: AVCodecParameters) {
    unsafe self.init(
      parameters.color_space, parameters.color_primaries, parameters.color_trc,
      parameters.color_range, AVPixelFormat(parameters.format))
  }

  /// What a frame tells.
  init(_ frame: AVFrame) {
    unsafe self.init(
      frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range,
      AVPixelFormat(frame.format))
  }

  private init(
    _ matrix: AVColorSpace, _ primaries: AVColorPrimaries,
    _ transfer: AVColorTransferCharacteristic, _ range: AVColorRange, _ format: AVPixelFormat
  ) {
    var told = Matrix(matrix)
    // Luma and chroma planes cannot be green, blue and red; an unknown format may be.
    if told == .rgb, !format.isRGB, format != AV_PIX_FMT_NONE { told = .unspecified }
    if format.isRGB { told = .rgb }
    self.init(
      matrix: told, primaries: Primaries(primaries), transfer: Transfer(transfer),
      range: Range(range, format))
  }

  /// Writes the tags to a frame.
  func write(to frame: UnsafeMutablePointer<AVFrame>) {
    unsafe frame.pointee.colorspace = matrix.tag
    unsafe frame.pointee.color_primaries = primaries.tag
    unsafe frame.pointee.color_trc = transfer.tag
    unsafe frame.pointee.color_range = range.tag
  }

  /// Writes the tags to a stream's parameters.
  func write(to parameters: UnsafeMutablePointer<AVCodecParameters>) {
    unsafe parameters.pointee.color_space = matrix.tag
    unsafe parameters.pointee.color_primaries = primaries.tag
    unsafe parameters.pointee.color_trc = transfer.tag
    unsafe parameters.pointee.color_range = range.tag
  }

  /// Writes the tags to an encoder that is not open yet.
  func write(to encoder: UnsafeMutablePointer<AVCodecContext>) {
    unsafe encoder.pointee.colorspace = matrix.tag
    unsafe encoder.pointee.color_primaries = primaries.tag
    unsafe encoder.pointee.color_trc = transfer.tag
    unsafe encoder.pointee.color_range = range.tag
  }
}

extension ColorDescription.Matrix {
  init(_ tag: AVColorSpace) { self.init(told: Int(tag.rawValue)) }

  var tag: AVColorSpace { AVColorSpace(UInt32(clamping: rawValue)) }

  /// libswscale's number of the matrix.
  var swscale: Int32 {
    switch known ?? .bt601 {
    case .bt601: SWS_CS_ITU601
    case .bt709: SWS_CS_ITU709
    case .bt2020: SWS_CS_BT2020
    case .fcc: SWS_CS_FCC
    case .smpte240m: SWS_CS_SMPTE240M
    }
  }
}

extension ColorDescription.Primaries {
  init(_ tag: AVColorPrimaries) { self.init(told: Int(tag.rawValue)) }

  var tag: AVColorPrimaries { AVColorPrimaries(UInt32(clamping: rawValue)) }
}

extension ColorDescription.Transfer {
  init(_ tag: AVColorTransferCharacteristic) { self.init(told: Int(tag.rawValue)) }

  var tag: AVColorTransferCharacteristic {
    AVColorTransferCharacteristic(UInt32(clamping: rawValue))
  }

  /// FFmpeg's name of the curve, `unknown` when it is not told.
  package var name: String { unsafe text(av_color_transfer_name(tag)) ?? "unknown" }
}

extension ColorDescription.Range {
  /// The pixel formats with a J are full range whatever the tag says.
  init(_ tag: AVColorRange, _ format: AVPixelFormat) {
    self =
      switch tag {
      case AVCOL_RANGE_JPEG: .full
      case AVCOL_RANGE_MPEG where format.withoutJ == format: .limited
      default: format.withoutJ == format ? .unspecified : .full
      }
  }

  var tag: AVColorRange {
    switch self {
    case .unspecified: AVCOL_RANGE_UNSPECIFIED
    case .limited: AVCOL_RANGE_MPEG
    case .full: AVCOL_RANGE_JPEG
    }
  }
}

extension AVPixelFormat {
  /// Whether its samples, or those of its palette, are red, green and blue.
  var isRGB: Bool { has(AV_PIX_FMT_FLAG_RGB) || isPalette }
  var isPalette: Bool { has(AV_PIX_FMT_FLAG_PAL) }

  private func has(_ flag: Int32) -> Bool {
    let flags = unsafe av_pix_fmt_desc_get(self)?.pointee.flags ?? 0
    return flags & UInt64(flag) != 0
  }

  /// FFmpeg's old names of full-range formats as what they are beside the range.
  var withoutJ: AVPixelFormat {
    switch self {
    case AV_PIX_FMT_YUVJ420P: AV_PIX_FMT_YUV420P
    case AV_PIX_FMT_YUVJ422P: AV_PIX_FMT_YUV422P
    case AV_PIX_FMT_YUVJ444P: AV_PIX_FMT_YUV444P
    case AV_PIX_FMT_YUVJ440P: AV_PIX_FMT_YUV440P
    case AV_PIX_FMT_YUVJ411P: AV_PIX_FMT_YUV411P
    default: self
    }
  }
}
