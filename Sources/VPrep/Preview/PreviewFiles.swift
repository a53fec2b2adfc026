internal import MediaIO

/// Writes previews as files, each one whole or not at all.
struct PreviewFiles {
  private let targets: [OutputTarget]

  /// Opens the folder of `path`.
  ///
  /// - Parameter count: pictures that there may be.
  init(_ path: String, count: Int, protecting protected: ProtectedFiles) throws(MediaError) {
    targets = try Self.targets(path, count: count, protecting: protected)
    for target in targets { try target.checkPipe() }
    targets.first?.folder.sweep()
  }

  /// Where the files will stand.
  static func targets(
    _ path: String, count: Int, protecting protected: ProtectedFiles
  ) throws(MediaError) -> [OutputTarget] {
    var targets: [OutputTarget] = []
    for index in 0..<count {
      targets.append(try OutputTarget(name(path, index: index), protecting: protected))
    }
    return targets
  }

  func write(_ pictures: [Preview]) throws(MediaError) {
    for (picture, target) in zip(pictures, targets) {
      let output = try OutputFile(target)
      try output.write(picture.jpeg.span)
      try output.commit()
    }
  }

  /// `face.jpg`, then `face-2.jpg`.
  static func name(_ path: String, index: Int) -> String {
    guard index > 0 else { return path }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let start = slash.map { path.utf8.index(after: $0) } ?? path.startIndex
    let ending = path[start...].lastIndex(of: ".") ?? path.endIndex
    return "\(path[..<ending])-\(index + 1)\(path[ending...])"
  }
}
