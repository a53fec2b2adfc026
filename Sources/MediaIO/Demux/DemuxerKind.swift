/// The demuxers of FFmpeg that read clips and photos; all others stay closed.
enum DemuxerKind: String, CaseIterable {
  case isoBaseMedia = "mov"
  case matroska, avi, flv
  case liveFLV = "live_flv"
  case transportStream = "mpegts"
  case programStream = "mpeg"
  case asf
  case jpeg = "jpeg_pipe"
  case png = "png_pipe"

  /// - Parameter names: a demuxer's names as FFmpeg has them, divided by commas.
  init?(names: String) {
    let found = names.split(separator: ",").lazy.compactMap { Self(rawValue: String($0)) }.first
    guard let found else { return nil }
    self = found
  }

  /// All of its names, for FFmpeg's list of those that may open.
  var names: [String] {
    switch self {
    case .isoBaseMedia: [rawValue, "mp4", "m4a", "3gp", "3g2", "mj2"]
    case .matroska: [rawValue, "webm"]
    default: [rawValue]
    }
  }

  /// Whether it reads a single picture, which only a photo may be.
  var isStillPicture: Bool { self == .jpeg || self == .png }
}
