internal import CFFmpeg

extension Demuxer {
  /// The names of containers that are laid out as ISO/IEC 14496-12 says: boxes, and an index of packets.
  package static let isoBaseMedia: Set<String> = ["mp4", "mov", "3gp"]

  /// The short name by which people know a container; the MOV family is told apart by its brand.
  static func family(
    of context: UnsafeMutablePointer<AVFormatContext>, format: UnsafePointer<AVInputFormat>
  ) -> String {
    let names = unsafe String(cString: format.pointee.name)
    let metadata = unsafe context.pointee.metadata
    if names.hasPrefix("mov,") {
      let entry = unsafe av_dict_get(metadata, "major_brand", nil, 0)
      let brand = unsafe entry.map { unsafe String(cString: $0.pointee.value) } ?? "qt  "
      if brand.hasPrefix("qt") { return "mov" }
      return brand.hasPrefix("3g") ? "3gp" : "mp4"
    }
    if names.hasPrefix("matroska") {
      let stream = unsafe StreamReader(context: context)
      let webm: Set<String> = ["vp8", "vp9", "av1", "opus", "vorbis"]
      let codecs = [stream.video?.codec, stream.audio?.codec].compactMap { $0 }
      return codecs.allSatisfy(webm.contains) ? "webm" : "matroska"
    }
    return names.split(separator: ",").first.map(String.init) ?? names
  }
}
