internal import MediaIO

/// How many bytes H.264 needs for what another codec holds in one.
///
/// Recorders' encoders differ, and pictures that are encoded a second time lose a little more; the
/// published savings are taken at their larger end, because a byte too many costs nothing within the
/// service's limit.
enum CodecEfficiency {
  /// - Returns: 1 for codecs that need as many bytes as H.264, or more.
  static func h264Bytes(for codec: CodecName) -> Double {
    switch codec {
    // Half the bit rate at the same judged quality: Ohm et al., "Comparison of the Coding Efficiency of
    // Video Coding Standards", IEEE TCSVT 22(12), 2012: 49.3 %.
    case .hevc: 2
    // From a fifth (Facebook's figures below, taken against each other) to a half at best: De Cock et
    // al., "A large-scale video codec comparison of x264, x265 and libvpx", SPIE 9971, 2016.
    case .vp9: 1.6
    // Half the bit rate: Liu, "AV1 beats x264 and libvpx-vp9 in practical use case", Facebook
    // Engineering, 2018: 46.2 % against x264's high profile, 50.3 % against its main profile.
    case .av1: 2
    default: 1
    }
  }
}
