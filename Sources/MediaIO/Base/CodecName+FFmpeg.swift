internal import CFFmpeg

extension CodecName {
  init(_ codec: AVCodecID) {
    self.init(rawValue: unsafe text(avcodec_get_name(codec)) ?? "unknown")
  }

  /// FFmpeg's name; the container's four letters where FFmpeg does not know the codec.
  init(_ parameters: AVCodecParameters) {
    guard unsafe parameters.codec_id == AV_CODEC_ID_NONE, unsafe parameters.codec_tag != 0 else {
      unsafe self.init(parameters.codec_id)
      return
    }
    let tag = unsafe parameters.codec_tag
    let letters = (0..<4).map { UInt8(truncatingIfNeeded: tag >> (8 * $0)) }
    let isText = letters.allSatisfy { (0x21...0x7E).contains($0) }
    self.init(rawValue: isText ? String(decoding: letters, as: UTF8.self) : "unknown")
  }
}
