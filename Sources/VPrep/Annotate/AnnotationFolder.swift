internal import Glibc
internal import MediaIO

/// The folder that annotated pictures go to; each one appears whole or not at all.
struct AnnotationFolder {
  let path: String
  let input: MediaInput

  /// Makes the folder, with those above it, unless it is there.
  init(_ path: String, input: MediaInput) throws(MediaError) {
    self.path = path
    self.input = input
    let code = Self.make(path)
    guard code == 0 else {
      throw MediaError(
        .write, file: path, cause: .output,
        detail:
          "the folder cannot be created: \(unsafe String(cString: strerror(code)).lowercased())",
        advice: "Give a folder that can be written to.")
    }
  }

  /// Writes a picture under its time, replacing one that is there.
  func write(_ jpeg: [UInt8], time: Double) throws(MediaError) {
    let output = try OutputFile(path + "/" + Self.name(time), input: input)
    try output.write(jpeg.span)
    try output.commit()
  }

  /// `0003.200.jpg` for 3.2 s, so that names sort as time runs.
  static func name(_ time: Double) -> String {
    let seconds = max(0, time).formatted(decimals: 3)
    return String(repeating: "0", count: max(0, 8 - seconds.count)) + seconds + ".jpg"
  }

  /// 0, or the error's number.
  private static func make(_ path: String) -> Int32 {
    if isFolder(path) { return 0 }
    if unsafe mkdir(path, 0o777) == 0 { return 0 }
    let code = errno
    // Another process may have been faster.
    if code == EEXIST { return isFolder(path) ? 0 : ENOTDIR }
    guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      return code
    }
    let above = make(String(path[..<slash]))
    guard above == 0 else { return above }
    // Paths may end in a slash; then the folder is made by now.
    return unsafe mkdir(path, 0o777) == 0 || isFolder(path) ? 0 : errno
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
