internal import CFFmpeg

extension Demuxer {
  /// The kinds of identifying data that the container holds, in a fixed order; the coded pictures are
  /// not looked into.
  ///
  /// FFmpeg tells of tags, streams and chapters. What it passes over in silence, such as boxes of a
  /// vendor, is looked for in the file itself.
  package var identifyingMetadata: [MetadataKind] {
    var kinds: Set<MetadataKind> = []
    unsafe Self.note(context.pointee.metadata, in: &kinds)
    for index in 0..<(unsafe Int(context.pointee.nb_streams)) {
      guard let stream = unsafe context.pointee.streams[index] else { continue }
      unsafe Self.note(stream.pointee.metadata, in: &kinds)
      if let kind = unsafe Self.kind(of: stream.pointee) { kinds.insert(kind) }
    }
    for index in 0..<(unsafe Int(context.pointee.nb_programs)) {
      guard let program = unsafe context.pointee.programs[index] else { continue }
      unsafe Self.note(program.pointee.metadata, in: &kinds)
    }
    if unsafe context.pointee.nb_chapters > 0 { kinds.insert(.chapters) }
    switch container {
    case .mp4, .mov, .threeGP: kinds.formUnion(BoxMetadata.kinds(input))
    case .avi: kinds.formUnion(RIFFMetadata.kinds(input))
    case .matroska, .webm: kinds.formUnion(ElementMetadata.kinds(input))
    case .flv, .asf, .transportStream, .programStream, .jpeg, .png: break
    }
    return kinds.sorted()
  }

  private static func note(_ tags: OpaquePointer?, in kinds: inout Set<MetadataKind>) {
    var entry: UnsafeMutablePointer<AVDictionaryEntry>?
    while true {
      unsafe entry = av_dict_get(tags, "", entry, AV_DICT_IGNORE_SUFFIX)
      guard let found = unsafe entry else { return }
      let (key, value) = unsafe (text(found.pointee.key) ?? "", text(found.pointee.value) ?? "")
      if let kind = MetadataKind(tag: key, value: value) { kinds.insert(kind) }
    }
  }

  /// What a stream that is neither picture nor audio may hold.
  private static func kind(of stream: AVStream) -> MetadataKind? {
    if unsafe stream.disposition & AV_DISPOSITION_ATTACHED_PIC != 0 { return .pictures }
    switch unsafe stream.codecpar.pointee.codec_type {
    case AVMEDIA_TYPE_ATTACHMENT: return .attachments
    // Drones write their flight into subtitles.
    case AVMEDIA_TYPE_SUBTITLE: return .subtitles
    case AVMEDIA_TYPE_DATA:
      // A clock of hours and minutes, and what DVDs need to navigate, are harmless.
      let parameters = unsafe stream.codecpar.pointee
      let isClock = unsafe parameters.codec_tag == SampleEntry.code("tmcd")
      return unsafe isClock || parameters.codec_id == AV_CODEC_ID_DVD_NAV ? nil : .timedData
    default: return nil
    }
  }
}
