internal import CFFmpeg

extension Demuxer {
  /// Codecs that a WebM may hold.
  private static let webM: Set<CodecName> = [.vp8, .vp9, .av1, .opus, .vorbis]

  /// The kind of container; kinds that one demuxer reads are told apart by brand or codecs.
  static func container(
    of context: UnsafeMutablePointer<AVFormatContext>, demuxer: DemuxerKind
  ) -> ContainerFormat {
    switch demuxer {
    case .isoBaseMedia:
      let metadata = unsafe context.pointee.metadata
      let entry = unsafe av_dict_get(metadata, "major_brand", nil, 0)
      let brand = unsafe entry.map { unsafe String(cString: $0.pointee.value) } ?? "qt  "
      if brand.hasPrefix("qt") { return .mov }
      return brand.hasPrefix("3g") ? .threeGP : .mp4
    case .matroska:
      let stream = unsafe StreamReader(context: context)
      let codecs = [stream.video?.codec, stream.audio?.codec].compactMap { $0 }
      return codecs.allSatisfy(webM.contains) ? .webm : .matroska
    case .avi: return .avi
    case .flv, .liveFLV: return .flv
    case .asf: return .asf
    case .transportStream: return .transportStream
    case .programStream: return .programStream
    case .jpeg: return .jpeg
    case .png: return .png
    }
  }
}
