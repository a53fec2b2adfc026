internal import CFFmpeg

/// The four characters under which an MP4 describes a copied track.
enum SampleEntry {
  /// The sample entry's tag; 0 lets FFmpeg choose, because MP4 refuses tags of other containers.
  ///
  /// `hvc1` and `avc1` promise that all parameter sets are in the header; `hev1` and `avc3` allow
  /// them in the packets (ISO/IEC 14496-15, 5.4.2.1 and 8.4.1). QuickTime and Safari play HEVC only
  /// as `hvc1`, and FFmpeg would write `hev1`. Dolby Vision's tags name the same forms; only their
  /// HEVC layer is copied.
  static func tag(of parameters: AVCodecParameters, setsAreInBand: Bool) -> UInt32 {
    let source = unsafe parameters.codec_tag
    switch unsafe parameters.codec_id {
    case AV_CODEC_ID_HEVC:
      if [code("hvc1"), code("dvh1")].contains(source) { return code("hvc1") }
      if [code("hev1"), code("dvhe")].contains(source) { return code("hev1") }
      // Matroska and FLV have no such tag; a version of 1 says that the header is that of an MP4.
      let isConfiguration =
        unsafe parameters.extradata_size > 22 && parameters.extradata?.pointee == 1
      return isConfiguration && !setsAreInBand ? code("hvc1") : code("hev1")
    case AV_CODEC_ID_H264: return source == code("avc3") ? source : 0
    default: return 0
    }
  }

  /// The first character in the lowest byte.
  static func code(_ text: StaticString) -> UInt32 {
    unsafe UnsafeRawPointer(text.utf8Start).loadUnaligned(as: UInt32.self)
  }
}
