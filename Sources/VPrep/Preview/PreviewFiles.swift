internal import MediaIO

/// Writes previews as files, each one whole or not at all.
enum PreviewFiles {
  static func write(
    _ pictures: [PreviewRenderer.Picture], to path: String, input: MediaInput
  ) throws(MediaError) {
    for (index, picture) in pictures.enumerated() {
      let output = try OutputFile(name(path, index: index), input: input)
      try output.write(picture.jpeg.span)
      try output.commit()
    }
  }

  /// `face.jpg`, then `face-2.jpg`.
  static func name(_ path: String, index: Int) -> String {
    guard index > 0 else { return path }
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let ending = path[start...].lastIndex(of: ".") ?? path.endIndex
    return "\(path[..<ending])-\(index + 1)\(path[ending...])"
  }
}
