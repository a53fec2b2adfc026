internal import CFFmpeg

/// What is read: the containers and codecs of phones, browsers and webcams, and those of photos.
///
/// FFmpeg has some 350 demuxers and 500 decoders. Every one of them reads what strangers send, so
/// those that no recorder needs stay closed; a clip that needs one is refused with a sentence.
package enum AcceptedMedia {
  /// A codec and the decoder that reads it, both by FFmpeg's names.
  package struct Codec: Sendable {
    package let name: CodecName
    package let decoder: String

    init(_ name: CodecName, by decoder: String? = nil) {
      self.name = name
      self.decoder = decoder ?? name.rawValue
    }

    init(_ name: String, by decoder: String? = nil) {
      self.init(CodecName(rawValue: name), by: decoder)
    }
  }

  /// Demuxers by FFmpeg's names.
  package static let containers = DemuxerKind.allCases.flatMap(\.names)

  /// Video codecs.
  package static let video: [Codec] = [
    Codec(.h264), Codec(.hevc), Codec(.vp8), Codec(.vp9), Codec(.av1, by: "libdav1d"),
    Codec(.mpeg4), Codec(.mjpeg), Codec(.h263), Codec(.proRes), Codec(.mpeg1), Codec(.mpeg2),
    Codec(.flashVideo, by: "flv"), Codec(.vp6), Codec(.vp6Flash), Codec(.msMPEG4v2),
    Codec(.msMPEG4v3, by: "msmpeg4"), Codec(.wmv1), Codec(.wmv2), Codec(.wmv3), Codec(.vc1),
    Codec(.png), Codec(.raw),
  ]

  /// Audio codecs.
  package static let audio: [Codec] =
    [
      Codec(.aac), Codec(.aacLATM), Codec(.mp3, by: "mp3float"), Codec(.mp2, by: "mp2float"),
      Codec(.mp1, by: "mp1float"), Codec(.opus), Codec(.vorbis), Codec("flac"), Codec("alac"),
      Codec("ac3"), Codec("eac3"), Codec("amr_nb", by: "amrnb"), Codec("amr_wb", by: "amrwb"),
      Codec("wmav1"), Codec("wmav2"), Codec("wmapro"), Codec("nellymoser"), Codec("speex"),
      Codec("adpcm_ms"), Codec("adpcm_ima_wav"), Codec("adpcm_ima_qt"), Codec("adpcm_swf"),
    ]
    + [
      "alaw", "mulaw", "u8", "s8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "f32le",
      "f32be", "f64le", "f64be",
    ].map { Codec("pcm_\($0)") }

  /// The decoder's name for a codec; `nil` when the codec is not on the list.
  static func decoder(of codec: CodecName) -> String? {
    (video + audio).first { $0.name == codec }?.decoder
  }

  /// The lists as FFmpeg takes them, divided by commas.
  static let formatList = containers.joined(separator: ",")
  static let decoderList = (video + audio).map(\.decoder).joined(separator: ",")
}
