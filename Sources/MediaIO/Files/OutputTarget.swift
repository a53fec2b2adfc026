/// Where an output will stand: a name in a folder that is held open from now on, or standard output.
package struct OutputTarget: Sendable {
  /// The path that means the process's standard output, which takes a finished output in one go.
  ///
  /// An output is read back before it counts, and its index is moved to the front; a pipe allows
  /// neither. So the bytes go to a file without a name in the folder for temporary files first.
  package static let standardOutput = "/dev/stdout"

  /// The path as messages and the report name it.
  package var path: String { prefix + name }
  /// What the path has before the name.
  private let prefix: String
  package let folder: OutputFolder
  package private(set) var name: String
  /// Whether a file that has the name already is replaced; where it may not be, that is an error.
  package var mayReplace = true
  private let protected: ProtectedFiles

  /// Opens the folder of `path`.
  ///
  /// Fails when the folder is missing or takes no files, when something that is no file stands at
  /// the path, and when a protected file does.
  package init(_ path: String, protecting protected: ProtectedFiles) throws(MediaError) {
    var (folder, prefix, name) = Self.split(path)
    if path == Self.standardOutput { folder = OutputFolder.temporaryPath }
    do throws(SystemError) {
      try self.init(OutputFolder(folder), prefix, name, protected)
    } catch {
      throw Self.failure(path, "cannot be created", error)
    }
    try check()
  }

  /// A name in a folder that is open already.
  package init(
    _ folder: OutputFolder, _ name: String, protecting protected: ProtectedFiles
  ) throws(MediaError) {
    let prefix = folder.path + "/"
    do throws(SystemError) {
      try self.init(folder, prefix, name, protected)
    } catch {
      throw Self.failure(prefix + name, "cannot be created", error)
    }
    try check()
  }

  private init(
    _ folder: OutputFolder, _ prefix: String, _ name: String, _ protected: ProtectedFiles
  ) throws(SystemError) {
    try folder.checkWritable()
    (self.folder, self.prefix, self.name, self.protected) = (folder, prefix, name, protected)
  }

  /// Another name in the same folder.
  package mutating func rename(to name: String) {
    self.name = name
  }

  /// Whether this is standard output and no file.
  var isStandardOutput: Bool { path == Self.standardOutput }

  private func check() throws(MediaError) {
    if isStandardOutput { return }
    guard !name.isEmpty, name != ".", name != "..", !path.utf8.contains(0) else {
      throw MediaError(
        .write, file: path, cause: .output,
        detail: path.utf8.contains(0) ? "the path holds a NUL byte" : "the path names no file")
    }
    if let role = protected.role(of: path) { throw refused(role) }
    if let status = FileStatus(path), !status.isRegular {
      throw MediaError(
        .write, file: path, cause: .output, detail: "the output exists and is not a regular file")
    }
  }

  /// Throws where the output would replace the file that a piped clip came from.
  ///
  /// Whoever writes the clip's own bytes again need not ask.
  package func checkPipe() throws(MediaError) {
    if !isStandardOutput, protected.isSourceOfPipe(path) {
      throw refused("a file with the same bytes as the pipe")
    }
  }

  private func refused(_ role: String) -> MediaError {
    MediaError(
      .write, file: path, cause: .output, detail: "the output is \(role)",
      advice: "Give another output path; input files are never overwritten.")
  }

  private static func split(_ path: String) -> (folder: String, prefix: String, name: String) {
    // By bytes: a mark that combines with a slash makes another character of it.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", "", path) }
    let name = path.utf8.index(after: slash)
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[..<name]), String(path[name...]))
  }

  static func failure(_ path: String, _ what: String, _ error: SystemError) -> MediaError {
    MediaError(
      .write, file: path, cause: error.isShortage ? .resources : .output,
      detail: "\(what): \(error.text)", advice: error.isShortage ? MediaError.tryLater : nil)
  }
}
