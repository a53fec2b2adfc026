internal import MediaIO

/// What the ending of an output's name promises, and whether the bytes keep it.
struct OutputName {
  let path: String

  /// Containers that people do not tell apart by the ending of a name.
  private enum Family {
    case isoBaseMedia, matroska, avi, flv, transportStream, programStream, asf
    /// What vprep never writes.
    case other

    /// Endings of names behind which people expect a container of the family.
    static let endings: [Family: Set<String>] = [
      .isoBaseMedia: ["mp4", "m4v", "mov", "qt", "3gp", "3g2"],
      .matroska: ["mkv", "webm", "mka", "mks"],
      .avi: ["avi", "divx"],
      .flv: ["flv", "f4v"],
      .transportStream: ["ts", "m2ts", "mts"],
      .programStream: ["mpg", "mpeg", "vob"],
      .asf: ["asf", "wmv"],
      .other: ["ogv", "ogg", "gif", "jpg", "jpeg", "png", "webp", "heic", "mp3", "m4a", "wav"],
    ]

    init(_ container: ContainerFormat) {
      self =
        switch container {
        case .mp4, .mov, .threeGP: .isoBaseMedia
        case .matroska, .webm: .matroska
        case .avi: .avi
        case .flv: .flv
        case .transportStream: .transportStream
        case .programStream: .programStream
        case .asf: .asf
        case .jpeg, .png: .other
        }
    }
  }

  /// The name's ending in lower case; `nil` without one.
  private var ending: String? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The family of containers that the name promises; `nil` where it promises none.
  private var family: Family? {
    ending.flatMap { ending in Family.endings.first { $0.value.contains(ending) }?.key }
  }

  /// The name with the usual ending of a container.
  func named(after container: ContainerFormat) -> String {
    let stem = ending.map { path.dropLast($0.count + 1) } ?? path[...]
    return "\(stem).\(container.fileExtension)"
  }

  /// Throws if the output's name has the extension of a container other than MP4.
  func requireMP4() throws(VPrepError) {
    guard let family, family != .isoBaseMedia else { return }
    throw VPrepError(
      kind: .badRequest, stage: "fit", file: path,
      message: "the output is an MP4, but its name ends in .\(ending ?? "")",
      advice: "Give a name that ends in .mp4.")
  }

  /// A reason that explains a passthrough under another container's extension; `nil` if there is
  /// none.
  func note(copying container: ContainerFormat) -> String? {
    guard let family, family != Family(container) else { return nil }
    return
      "the file is an unchanged copy of the clip, \(container.rawValue), whatever its name says"
  }
}
