internal import CFFmpeg

/// Which track of a kind is read where a container has several.
enum TrackChoice {
  /// The sound track that is heard: of those that can be decoded, the first that the container plays by
  /// default.
  ///
  /// Phones write a second, spatial track beside the plain one. A track that cannot be decoded is never
  /// chosen, and neither is an empty one beside others. `nil` without any.
  static func audio(_ context: UnsafeMutablePointer<AVFormatContext>) -> Int? {
    var best: (index: Int, rank: Rank)?
    for index in 0..<(unsafe Int(context.pointee.nb_streams)) {
      guard let stream = unsafe context.pointee.streams[index],
        unsafe stream.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO,
        unsafe isDecodable(stream)
      else { continue }
      let rank = unsafe Rank(stream)
      if best.map({ rank.isBetter(than: $0.rank) }) ?? true { best = (index, rank) }
    }
    return best?.index
  }

  /// The video that FFmpeg takes for the main one, of those that can be decoded; `nil` without any.
  ///
  /// Where none can be decoded it is the main one of all, so that its codec can be named.
  static func video(_ context: UnsafeMutablePointer<AVFormatContext>) -> Int? {
    var decoder: UnsafePointer<AVCodec>?
    let decodable = unsafe av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0)
    if decodable >= 0 { return Int(decodable) }
    let any = unsafe av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0)
    return any >= 0 ? Int(any) : nil
  }

  static func isDecodable(_ stream: UnsafeMutablePointer<AVStream>) -> Bool {
    unsafe avcodec_find_decoder(stream.pointee.codecpar.pointee.codec_id) != nil
  }

  /// A sentence on a sound track that cannot be decoded; `nil` for any other stream.
  static func warning(_ stream: UnsafeMutablePointer<AVStream>) -> String? {
    guard unsafe stream.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO,
      unsafe !isDecodable(stream)
    else { return nil }
    let name = unsafe codecName(stream.pointee.codecpar.pointee)
    return unsafe "the sound track in stream \(stream.pointee.index) is left out: "
      + "there is no decoder for its codec (\(name))"
  }

  /// FFmpeg's name of a codec; the container's four letters where FFmpeg does not know it.
  static func codecName(_ parameters: AVCodecParameters) -> String {
    guard parameters.codec_id == AV_CODEC_ID_NONE, parameters.codec_tag != 0 else {
      return unsafe text(avcodec_get_name(parameters.codec_id)) ?? "unknown"
    }
    let letters = (0..<4).map { UInt8(truncatingIfNeeded: parameters.codec_tag >> (8 * $0)) }
    let isText = letters.allSatisfy { (0x21...0x7E).contains($0) }
    return isText ? String(decoding: letters, as: UTF8.self) : "unknown"
  }

  /// What speaks for a sound track beside its place among the others.
  private struct Rank {
    let isDefault: Bool
    /// Whether it is the main sound, not a description for the blind or a comment.
    let isMain: Bool
    let hasSamples: Bool

    init(_ stream: UnsafeMutablePointer<AVStream>) {
      let disposition = unsafe stream.pointee.disposition
      let aside =
        AV_DISPOSITION_HEARING_IMPAIRED | AV_DISPOSITION_VISUAL_IMPAIRED | AV_DISPOSITION_COMMENT
      isDefault = disposition & AV_DISPOSITION_DEFAULT != 0
      isMain = disposition & aside == 0
      // 0 where the container does not count; where one does, the others are counted as well.
      hasSamples = unsafe stream.pointee.nb_frames > 0
    }

    func isBetter(than other: Rank) -> Bool {
      for (own, others) in [
        (hasSamples, other.hasSamples), (isMain, other.isMain), (isDefault, other.isDefault),
      ] where own != others {
        return own
      }
      return false
    }
  }
}
