internal import CFFmpeg

/// Owner of a parser that tells how large a packet's picture says it is, before it is decoded.
///
/// A decoder that refuses a size forgets it; so that the error can name it, it is looked up first.
@safe struct PictureSizeParser: ~Copyable {
  private let parser: UnsafeMutablePointer<AVCodecParserContext>
  private let context: UnsafeMutablePointer<AVCodecContext>

  /// `nil` for codecs without a parser.
  init?(_ parameters: UnsafeMutablePointer<AVCodecParameters>) {
    guard let parser = unsafe cff_parser(parameters.pointee.codec_id) else { return nil }
    guard let context = unsafe allocated(avcodec_alloc_context3(nil)),
      unsafe avcodec_parameters_to_context(context, parameters) >= 0
    else {
      unsafe av_parser_close(parser)
      return nil
    }
    unsafe parser.pointee.flags |= PARSER_FLAG_COMPLETE_FRAMES
    unsafe self.parser = unsafe parser
    unsafe self.context = unsafe context
  }

  deinit {
    unsafe av_parser_close(parser)
    var context: UnsafeMutablePointer<AVCodecContext>? = unsafe context
    unsafe avcodec_free_context(&context)
  }

  /// The size of the packet's picture; `nil` where it does not tell.
  mutating func size(_ packet: borrowing Packet) -> (width: Int, height: Int)? {
    var data: UnsafeMutablePointer<UInt8>?
    var count: Int32 = 0
    unsafe av_parser_parse2(
      parser, context, &data, &count, packet.pointer.pointee.data, packet.pointer.pointee.size,
      packet.pointer.pointee.pts, packet.pointer.pointee.dts, -1)
    let (width, height) = unsafe (Int(parser.pointee.width), Int(parser.pointee.height))
    return width > 0 && height > 0 ? (width, height) : nil
  }
}
