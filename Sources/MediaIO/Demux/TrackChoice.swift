internal import CFFmpeg

/// Which track of a kind is read where a container has several.
enum TrackChoice {
  /// The audio stream to use: the first that the container plays by default and that can be decoded.
  ///
  /// Phones write a second, spatial track in addition to the plain one. A stream that cannot be
  /// decoded is never chosen, and neither is an empty one if there are others. `nil` without any.
  static func audio(_ context: UnsafeMutablePointer<AVFormatContext>) -> Int? {
    let tracks = unsafe tracks(context, AVMEDIA_TYPE_AUDIO)
    // A decoder that does not open tells a broken header; it matters only where there is a choice.
    let opening = unsafe tracks.count > 1 ? tracks.filter { unsafe opens($0) } : tracks
    let ranked = unsafe (opening.isEmpty ? tracks : opening).map {
      unsafe (index: Int($0.pointee.index), rank: Rank($0))
    }
    var best = ranked.first
    for track in ranked.dropFirst() where best.map({ track.rank.isBetter(than: $0.rank) }) ?? true {
      best = track
    }
    return best?.index
  }

  /// The video that FFmpeg takes for the main one, of those that can be decoded; `nil` without any.
  ///
  /// Where none can be decoded it is the main one of all, so that its codec can be named.
  static func video(_ context: UnsafeMutablePointer<AVFormatContext>) -> Int? {
    let best = unsafe Int(av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0))
    let decodable = unsafe tracks(context, AVMEDIA_TYPE_VIDEO)
    if unsafe decodable.contains(where: { unsafe Int($0.pointee.index) == best }) { return best }
    let first = unsafe decodable.first {
      unsafe $0.pointee.disposition
        & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)
        == 0
    }
    if let first = unsafe first { return unsafe Int(first.pointee.index) }
    return best >= 0 ? best : nil
  }

  /// The tracks of a kind that can be decoded, in the order of the container.
  private static func tracks(
    _ context: UnsafeMutablePointer<AVFormatContext>, _ kind: AVMediaType
  ) -> [UnsafeMutablePointer<AVStream>] {
    unsafe (0..<Int(context.pointee.nb_streams)).compactMap { index in
      guard let stream = unsafe context.pointee.streams[index],
        unsafe stream.pointee.codecpar.pointee.codec_type == kind, unsafe isDecodable(stream)
      else { return nil }
      return unsafe stream
    }
  }

  private static func isDecodable(_ stream: UnsafeMutablePointer<AVStream>) -> Bool {
    let name = unsafe CodecName(stream.pointee.codecpar.pointee.codec_id)
    return AcceptedMedia.decoder(of: name).map(CodecContext.isAvailable) ?? false
  }

  private static func opens(_ stream: UnsafeMutablePointer<AVStream>) -> Bool {
    let messages = LoggedErrors()
    var opened = try? unsafe CodecContext.openDecoder(
      stream.pointee.codecpar, file: "", threads: 1, messages: messages)
    let isOpen = unsafe opened != nil
    // The decoder may still complain while it is closed.
    withExtendedLifetime(messages) { unsafe avcodec_free_context(&opened) }
    return isOpen
  }

  /// A sentence on an audio stream that cannot be decoded; `nil` for any other stream.
  static func warning(_ stream: UnsafeMutablePointer<AVStream>) -> String? {
    guard unsafe stream.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO,
      unsafe !isDecodable(stream)
    else { return nil }
    let name = unsafe CodecName(stream.pointee.codecpar.pointee)
    return unsafe "the audio in stream \(stream.pointee.index) is left out: "
      + "there is no decoder for its codec (\(name))"
  }

  /// What speaks for an audio stream beside its place among the others.
  private struct Rank {
    let isDefault: Bool
    /// Whether it is the main audio, not a description for the blind or a comment.
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
