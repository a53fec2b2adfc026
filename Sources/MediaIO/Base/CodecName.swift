/// A codec by FFmpeg's name, such as `h264`; names that are not listed here are kept as they are.
package struct CodecName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package var description: String { rawValue }

  private init(_ name: String) { self.init(rawValue: name) }
}

extension CodecName {
  // Video.
  package static let h264 = Self("h264")
  package static let hevc = Self("hevc")
  package static let vp8 = Self("vp8")
  package static let vp9 = Self("vp9")
  package static let av1 = Self("av1")
  package static let mpeg1 = Self("mpeg1video")
  package static let mpeg2 = Self("mpeg2video")
  package static let mpeg4 = Self("mpeg4")
  package static let h263 = Self("h263")
  package static let mjpeg = Self("mjpeg")
  package static let png = Self("png")
  package static let proRes = Self("prores")
  package static let raw = Self("rawvideo")
  package static let flashVideo = Self("flv1")
  package static let vp6 = Self("vp6")
  package static let vp6Flash = Self("vp6f")
  package static let msMPEG4v2 = Self("msmpeg4v2")
  package static let msMPEG4v3 = Self("msmpeg4v3")
  package static let wmv1 = Self("wmv1")
  package static let wmv2 = Self("wmv2")
  package static let wmv3 = Self("wmv3")
  package static let vc1 = Self("vc1")

  // Audio.
  package static let aac = Self("aac")
  package static let aacLATM = Self("aac_latm")
  package static let mp1 = Self("mp1")
  package static let mp2 = Self("mp2")
  package static let mp3 = Self("mp3")
  package static let opus = Self("opus")
  package static let vorbis = Self("vorbis")
}
