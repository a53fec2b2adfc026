internal import CFFmpeg

/// What is read: the containers and codecs of phones, browsers and webcams, and those of photos.
///
/// FFmpeg has some 350 demuxers and 500 decoders. Every one of them reads what strangers send, so
/// those that no recorder needs stay closed; a clip that needs one is refused with a sentence.
package enum AcceptedMedia {
  /// A codec and the decoder that reads it, both by FFmpeg's names.
  package struct Codec: Sendable {
    package let name: String
    package let decoder: String

    init(_ name: String, by decoder: String? = nil) {
      self.name = name
      self.decoder = decoder ?? name
    }
  }

  /// Demuxers by FFmpeg's names; one of a demuxer's names is enough.
  package static let containers = [
    "mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "flv", "live_flv",
    "mpegts", "mpeg", "asf", "jpeg_pipe", "png_pipe",
  ]

  /// Video codecs.
  package static let video: [Codec] = [
    Codec("h264"), Codec("hevc"), Codec("vp8"), Codec("vp9"), Codec("av1", by: "libdav1d"),
    Codec("mpeg4"), Codec("mjpeg"), Codec("h263"), Codec("prores"), Codec("mpeg1video"),
    Codec("mpeg2video"), Codec("flv1", by: "flv"), Codec("vp6"), Codec("vp6f"),
    Codec("msmpeg4v2"), Codec("msmpeg4v3", by: "msmpeg4"), Codec("wmv1"), Codec("wmv2"),
    Codec("wmv3"), Codec("vc1"), Codec("png"), Codec("rawvideo"),
  ]

  /// Audio codecs.
  package static let audio: [Codec] =
    [
      Codec("aac"), Codec("aac_latm"), Codec("mp3", by: "mp3float"), Codec("mp2", by: "mp2float"),
      Codec("mp1", by: "mp1float"), Codec("opus"), Codec("vorbis"), Codec("flac"), Codec("alac"),
      Codec("ac3"), Codec("eac3"), Codec("amr_nb", by: "amrnb"), Codec("amr_wb", by: "amrwb"),
      Codec("wmav1"), Codec("wmav2"), Codec("wmapro"), Codec("nellymoser"), Codec("speex"),
      Codec("adpcm_ms"), Codec("adpcm_ima_wav"), Codec("adpcm_ima_qt"), Codec("adpcm_swf"),
    ]
    + [
      "alaw", "mulaw", "u8", "s8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "f32le",
      "f32be", "f64le", "f64be",
    ].map { Codec("pcm_\($0)") }

  /// The decoder's name for a codec of FFmpeg's name; `nil` when the codec is not on the list.
  static func decoder(of codec: String) -> String? {
    (video + audio).first { $0.name == codec }?.decoder
  }

  /// Whether a demuxer of these names, divided by commas, is on the list.
  static func containsContainer(_ names: String) -> Bool {
    names.split(separator: ",").contains { containers.contains(String($0)) }
  }

  /// The lists as FFmpeg takes them, divided by commas.
  static let formatList = containers.joined(separator: ",")
  static let decoderList = (video + audio).map(\.decoder).joined(separator: ",")
}
