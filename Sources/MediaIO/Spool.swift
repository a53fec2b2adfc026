internal import Glibc

/// Reads what can be read only once, such as a pipe, into a temporary file that has no name.
struct Spool {
  let name: String
  let limits: InputLimits
  let watchdog: Watchdog?

  /// Seconds until the first byte of a named pipe, which nobody may ever write to.
  private static let patience = 4.0
  private static let chunkSize = 1 << 16

  /// All that comes from `source`, which stays open, as a descriptor that can seek.
  func read(_ source: Int32) throws(MediaError) -> Int32 {
    let file = try Self.makeFile(name: name)
    do throws(MediaError) {
      try copy(source, to: file)
      return file
    } catch {
      close(file)
      throw error
    }
  }

  private func copy(_ source: Int32, to file: Int32) throws(MediaError) {
    try waitForWriter(source)
    var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
    var total = 0
    while true {
      try wait(for: source)
      let got = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(source, $0.baseAddress, $0.count)
      }
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      guard got >= 0 else { throw MediaInput.unreadable(name, errno) }
      if got == 0 { return }
      total += got
      guard total <= limits.bytes else { throw MediaInput.tooLarge(name, limits: limits) }
      let isStored = unsafe chunk.withUnsafeBytes {
        unsafe writeAll(file, UnsafeRawBufferPointer(rebasing: $0.prefix(got)))
      }
      guard isStored else { throw Self.unstorable(name, errno) }
    }
  }

  /// Waits until `source` has bytes or has ended.
  private func wait(for source: Int32) throws(MediaError) {
    var waiting = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
    repeat { try watchdog?.check(.open, file: name) } while unsafe poll(&waiting, 1, 100) == 0
  }

  /// Refuses a named pipe that stays silent: until somebody opens its other end it has no end either.
  ///
  /// A pipe without a name had its writer from the start, so its silence is that writer's.
  private func waitForWriter(_ source: Int32) throws(MediaError) {
    guard isNamedPipe(source) else { return }
    let deadline = ContinuousClock.now + .seconds(Self.patience)
    var waiting = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
    repeat {
      try watchdog?.check(.open, file: name)
      guard .now < deadline else {
        throw MediaError(
          .open, file: name, cause: .unreadable,
          detail: "nothing was written to this pipe for \(Int(Self.patience)) s",
          advice: "Start what writes to the pipe, or give the path of a clip.")
      }
    } while unsafe poll(&waiting, 1, 100) == 0
  }

  /// Whether `source` is a pipe that stands in a folder (`mkfifo`).
  private func isNamedPipe(_ source: Int32) -> Bool {
    var (own, other) = (stat(), stat())
    guard unsafe fstat(source, &own) == 0, own.st_mode & S_IFMT == S_IFIFO else { return false }
    // `/dev/fd/63` leads to a pipe too, but that one lies in no folder.
    guard unsafe lstat(name, &other) == 0 else { return false }
    return other.st_mode & S_IFMT == S_IFIFO && other.st_dev == own.st_dev
  }

  /// A file in the folder for temporary files that vanishes with its last descriptor.
  private static func makeFile(name: String) throws(MediaError) -> Int32 {
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/vprep-stdin-XXXXXX".utf8CString)
    let file = unsafe mkstemp(&template)
    guard file >= 0 else { throw unstorable(name, errno) }
    _ = unsafe unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }

  private static func unstorable(_ name: String, _ code: Int32) -> MediaError {
    let reason = unsafe String(cString: strerror(code)).lowercased()
    return MediaError(
      .open, file: name, cause: .library,
      detail: "a pipe's content cannot be stored in the folder for temporary files: \(reason)",
      advice: "Free some space there, or let TMPDIR name another folder.")
  }
}
