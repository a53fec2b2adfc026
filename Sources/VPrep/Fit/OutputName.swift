/// What the ending of an output's name promises, and whether the bytes keep it.
struct OutputName {
  let path: String

  /// Endings of names by the containers that people expect behind them.
  private static let families: [String: Set<String>] = [
    "mp4": ["mp4", "m4v", "mov", "qt", "3gp", "3g2"],
    "matroska": ["mkv", "webm", "mka", "mks"],
    "avi": ["avi", "divx"],
    "flv": ["flv", "f4v"],
    "mpegts": ["ts", "m2ts", "mts"],
    "mpeg": ["mpg", "mpeg", "vob"],
    "asf": ["asf", "wmv"],
    "other": ["ogv", "ogg", "gif", "jpg", "jpeg", "png", "webp", "heic", "mp3", "m4a", "wav"],
  ]

  /// The name's ending in lower case; `nil` without one.
  private var ending: String? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The family of containers that the name promises; `nil` where it promises none.
  private var family: String? {
    ending.flatMap { ending in Self.families.first { $0.value.contains(ending) }?.key }
  }

  /// The usual endings of containers other than MP4.
  static let endings = [
    "mov": "mov", "3gp": "3gp", "matroska": "mkv", "webm": "webm", "avi": "avi", "flv": "flv",
    "mpegts": "ts", "mpeg": "mpg", "asf": "asf",
  ]

  /// The name with the usual ending of a container.
  func named(after container: String) -> String {
    let stem = ending.map { path.dropLast($0.count + 1) } ?? path[...]
    return "\(stem).\(Self.endings[container] ?? "mp4")"
  }

  /// Throws if the output's name has the extension of a container other than MP4.
  func requireMP4() throws(VPrepError) {
    guard let family, family != "mp4" else { return }
    throw VPrepError(
      kind: .badRequest, stage: "fit", file: path,
      message: "the output is an MP4, but its name ends in .\(ending ?? "")",
      advice: "Give a name that ends in .mp4.")
  }

  /// A reason that explains a passthrough under another container's extension; `nil` if there is
  /// none.
  func note(copying container: String) -> String? {
    let own =
      ["mov", "3gp"].contains(container) ? "mp4" : container == "webm" ? "matroska" : container
    guard let family, family != own, Self.families[own] != nil else { return nil }
    return "the file is an unchanged copy of the clip, \(container), whatever its name says"
  }
}
