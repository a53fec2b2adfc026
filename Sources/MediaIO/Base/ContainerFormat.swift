/// A kind of container, by the short name under which people know it.
package enum ContainerFormat: String, Sendable, CaseIterable {
  case mp4, mov, matroska, webm, avi, flv, asf
  case threeGP = "3gp"
  case transportStream = "mpegts"
  case programStream = "mpeg"
  /// A single JPEG or PNG, which only a photo may be.
  case jpeg = "jpeg_pipe"
  case png = "png_pipe"

  /// Those of clips.
  package static let clips = allCases.filter { $0 != .jpeg && $0 != .png }

  /// Whether it is laid out as ISO/IEC 14496-12 says: boxes, and an index of packets.
  package var isISOBaseMedia: Bool {
    switch self {
    case .mp4, .mov, .threeGP: true
    default: false
    }
  }

  /// The usual ending of its files' names.
  package var fileExtension: String {
    switch self {
    case .mp4, .mov, .webm, .avi, .flv, .asf, .threeGP: rawValue
    case .matroska: "mkv"
    case .transportStream: "ts"
    case .programStream: "mpg"
    case .jpeg: "jpg"
    case .png: "png"
    }
  }
}
