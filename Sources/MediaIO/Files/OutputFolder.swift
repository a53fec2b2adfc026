#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A folder that is written to, held open: what happens to its path meanwhile leads nowhere else.
package final class OutputFolder: Sendable {
  /// The path that it was opened by.
  package let path: String
  package let descriptor: FileDescriptor
  private let identity: FileIdentity?
  /// Who makes the files in it, where this process may open none; it then is not open here.
  let broker = OutputFiles.broker

  /// The folder for temporary files: `TMPDIR`, or `/tmp`.
  static var temporaryPath: String {
    unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
  }

  /// Opens a folder, through links.
  package init(_ path: String) throws(SystemError) {
    self.path = path
    guard broker == nil else {
      descriptor = FileDescriptor(number: -1)
      identity = nil
      return
    }
    descriptor = try FileDescriptor.open(path, O_RDONLY | O_DIRECTORY)
    identity = FileIdentity(descriptor)
  }

  /// Opens a folder, which is made, with those above it, when it is missing.
  package convenience init(making path: String) throws(SystemError) {
    if OutputFiles.broker == nil { try Self.make(path) }
    try self.init(path)
  }

  /// Opens a folder in this one, which is made, with those between, when it is missing; a link is an
  /// error, so what is written below this folder stays there.
  ///
  /// - Parameter path: relative, without `.` and `..`; empty for this folder itself.
  package func subfolder(making path: String) throws(SystemError) -> OutputFolder {
    try subfolder(path) { (parent, name) throws(SystemError) in
      do throws(SystemError) { try parent.makeFolder(name) } catch {
        if error.code != EEXIST { throw error }
      }
    }
  }

  /// Opens a folder in this one; a link is an error.
  package func subfolder(_ path: String) throws(SystemError) -> OutputFolder {
    try subfolder(path) { (_, _) in }
  }

  private func subfolder(
    _ path: String, prepare: (borrowing FileDescriptor, String) throws(SystemError) -> Void
  ) throws(SystemError) -> OutputFolder {
    var place = self
    for name in path.split(separator: "/") {
      guard name != "..", name != "." else { throw SystemError(code: EINVAL) }
      try prepare(place.descriptor, String(name))
      let inner = try place.descriptor.open(String(name), O_RDONLY | O_DIRECTORY)
      place = OutputFolder("\(place.path)/\(name)", inner)
    }
    return place
  }

  private init(_ path: String, _ descriptor: consuming FileDescriptor) {
    self.path = path
    identity = FileIdentity(descriptor)
    self.descriptor = descriptor
  }

  /// Whether the path still leads to this folder.
  package var isInPlace: Bool { broker != nil || identity != nil && FileIdentity(path) == identity }

  /// Opens a file of this folder to read it; a link is an error.
  package func read(_ name: String, limits: InputLimits) throws(MediaError) -> MediaInput {
    let path = "\(path)/\(name)"
    let file: FileDescriptor
    do throws(SystemError) { file = try descriptor.open(name, O_RDONLY | O_NONBLOCK) } catch {
      throw MediaError(
        .open, file: path, cause: .unreadable, detail: "cannot be read: \(error.text)")
    }
    return try MediaInput(file, name: path, limits: limits)
  }

  /// Throws when the folder takes no new files.
  func checkWritable() throws(SystemError) {
    if broker != nil { return }
    guard unsafe faccessat(descriptor.number, ".", W_OK | X_OK, 0) == 0 else {
      throw SystemError(code: errno)
    }
  }

  private static func make(_ path: String) throws(SystemError) {
    if isFolder(path) { return }
    do throws(SystemError) {
      try FileDescriptor.makeFolder(path)
    } catch {
      // Another process may have been faster.
      if error.code == EEXIST, isFolder(path) { return }
      guard error.code == ENOENT, let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
        slash != path.startIndex
      else { throw error.code == EEXIST ? SystemError(code: ENOTDIR) : error }
      try make(String(path[..<slash]))
      // A path may end in a slash; then the folder is made by now.
      if !isFolder(path) { try FileDescriptor.makeFolder(path) }
    }
  }

  private static func isFolder(_ path: String) -> Bool { FileStatus(path)?.isFolder == true }
}
