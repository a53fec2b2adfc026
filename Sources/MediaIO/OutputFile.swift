internal import Glibc

/// Owner of a file that is being written: it appears under its name whole, or not at all.
///
/// The bytes go to a temporary file in the same folder. `commit()` syncs it and renames it over the
/// target; letting the value go without a commit removes it and leaves the target as it was.
package struct OutputFile: ~Copyable {
  /// Where the finished file will stand.
  package let path: String
  /// Where the bytes go until then.
  package let temporaryPath: String

  /// Creates the temporary file; fails when the folder is missing or not writable, and when `path`
  /// is the input itself.
  package init(_ path: String, input: MediaInput) throws(MediaError) {
    if input.isSameFile(as: path) {
      throw MediaError(
        .write, file: path, cause: .output, detail: "the output is the input itself",
        advice: "Give another output path; the input is never overwritten.")
    }
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw MediaError(
        .write, file: path, cause: .output, detail: "the output exists and is not a regular file")
    }
    let (folder, name) = Self.split(path)
    temporaryPath = try Self.create(path) {
      let digits = String(UInt64.random(in: .min ... .max), radix: 36)
      return "\(folder)/\(Self.temporaryPrefix(name))\(digits).part"
    }
    self.path = path
  }

  /// Creates an empty file under the first name of `names` that is free.
  ///
  /// The kernel gives it the permissions of any new file. `mkstemp` would make it private, and
  /// learning the mask to open it up again means changing the mask of the whole process.
  private static func create(_ path: String, names: () -> String) throws(MediaError) -> String {
    for _ in 0..<100 {
      let name = names()
      let descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        close(descriptor)
        return name
      }
      guard errno == EEXIST || errno == EINTR else { break }
    }
    throw failure(path, "cannot be created", errno)
  }

  deinit { _ = unsafe unlink(temporaryPath) }

  /// Size of what was written so far, in bytes.
  package var byteCount: Int {
    var status = stat()
    return unsafe stat(temporaryPath, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Writes `bytes` as the whole content.
  package func write(_ bytes: Span<UInt8>) throws(MediaError) {
    let descriptor = unsafe open(temporaryPath, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be written", errno) }
    defer { close(descriptor) }
    let done = unsafe bytes.withUnsafeBytes { unsafe writeAll(descriptor, $0) }
    guard done else { throw Self.failure(path, "cannot be written", errno) }
  }

  /// Copies the whole of `input` as the content.
  package func copy(_ input: MediaInput) throws(MediaError) {
    let descriptor = unsafe open(temporaryPath, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be written", errno) }
    defer { close(descriptor) }
    try input.forEachChunk { (chunk) throws(MediaError) in
      let done = unsafe chunk.withUnsafeBytes { unsafe writeAll(descriptor, $0) }
      guard done else { throw Self.failure(path, "cannot be written", errno) }
    }
  }

  /// Makes the file durable and puts it in its place in one step.
  package consuming func commit() throws(MediaError) {
    let descriptor = unsafe open(temporaryPath, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "vanished while it was written", errno) }
    let synced = fsync(descriptor)
    close(descriptor)
    guard synced == 0 else { throw Self.failure(path, "cannot be synced to disk", errno) }
    guard unsafe rename(temporaryPath, path) == 0 else {
      throw Self.failure(path, "cannot be put in place", errno)
    }
    let folder = unsafe open(Self.split(path).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }

  /// How the temporary names of an output called `name` start; `.part` is how they end.
  package static func temporaryPrefix(_ name: String) -> String {
    // A name may take 255 bytes, and the temporary one is longer.
    let start = String(String.UnicodeScalarView(name.unicodeScalars.prefix(48)))
    return ".\(start)."
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  private static func failure(_ path: String, _ what: String, _ code: Int32) -> MediaError {
    MediaError(
      .write, file: path, cause: .output,
      detail: "\(what): \(unsafe String(cString: strerror(code)).lowercased())")
  }
}
