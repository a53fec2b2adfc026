/// The files that no output may replace: all that a call reads.
///
/// They are known by device and number, so under every name, link or relative path.
package struct ProtectedFiles: Sendable {
  private var roles: [FileIdentity: String] = [:]
  /// What came through a pipe: nobody can tell which file it came from.
  private var piped: MediaInput?

  /// Protects nothing.
  package init() {}

  /// Protects an open input.
  ///
  /// - Parameter role: what it is, as the end of "the output is …".
  package mutating func add(_ input: MediaInput, as role: String = "the input itself") {
    if let identity = input.identity { roles[identity] = role }
    if input.isPiped { piped = input }
  }

  /// Protects what is at a path now; nothing where there is nothing.
  package mutating func add(path: String, as role: String) {
    if let identity = FileIdentity(path) { roles[identity] = role }
  }

  /// Whether a file is protected.
  package func contains(_ file: FileIdentity) -> Bool { roles[file] != nil }

  /// What the file at a path is to the call; `nil` where it may be replaced.
  func role(of path: String) -> String? {
    FileIdentity(path).flatMap { roles[$0] }
  }

  /// Whether the file at a path has the bytes that came through the pipe.
  ///
  /// Such a file is treated as the pipe's source, as in `cat in.mp4 | vprep fit - -o in.mp4`.
  func isSourceOfPipe(_ path: String) -> Bool {
    guard let piped, FileStatus(path)?.byteCount == piped.byteCount,
      let file = try? MediaInput(.file(path), limits: InputLimits())
    else { return false }
    return piped.hasSameBytes(as: file)
  }
}
