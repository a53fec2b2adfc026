internal import CFFmpeg
internal import Glibc

/// One open input: its bytes, readable at any position by any number of readers.
///
/// It is opened once for all passes over a clip, so that what was judged is what is fitted. A pipe
/// on standard input is spooled to an unlinked temporary file, so that every container can seek and
/// memory stays flat.
package final class MediaInput: Sendable {
  private enum Storage: Sendable {
    case descriptor(Int32)
    case memory([UInt8])
  }

  private let storage: Storage
  /// How messages and the report name it.
  package let name: String
  /// Size in bytes; at least 1.
  package let byteCount: Int

  /// Opens `source`; an empty one and one beyond `limits.bytes` are refused.
  ///
  /// - Parameter watchdog: ends the waiting for a pipe that has nothing to say.
  package init(
    _ source: InputSource, limits: InputLimits, watchdog: Watchdog? = nil
  ) throws(MediaError) {
    FFmpegLog.silenced
    name = source.name
    switch source {
    case .bytes(let bytes, _):
      storage = .memory(bytes)
      byteCount = bytes.count
    case .file(let path):
      // Without waiting: opening a pipe that nobody writes to would never return.
      let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
      do throws(MediaError) {
        byteCount = try Self.size(of: descriptor, name: path)
      } catch {
        close(descriptor)
        throw error
      }
      storage = .descriptor(descriptor)
    case .standardInput:
      let descriptor = try Self.standardInput(limits: limits, watchdog: watchdog)
      storage = .descriptor(descriptor)
      byteCount = try Self.size(of: descriptor, name: source.name)
    }
    guard byteCount > 0 else {
      throw MediaError(
        .open, file: name, cause: .empty, detail: "the file is empty (0 bytes)",
        advice: "Record the clip again.")
    }
    guard byteCount <= limits.bytes else { throw Self.tooLarge(name, limits: limits) }
  }

  deinit {
    if case .descriptor(let descriptor) = storage { close(descriptor) }
  }

  /// Reads from `position` on; returns the bytes read, 0 at the end, negative on an I/O error.
  func read(at position: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let wanted = min(buffer.count, byteCount - position)
    guard wanted > 0 else { return 0 }
    switch storage {
    case .memory(let bytes):
      unsafe bytes.withUnsafeBytes { source in
        unsafe buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[position..<position + wanted]))
      }
      return wanted
    case .descriptor(let descriptor):
      while true {
        let got = unsafe pread(descriptor, buffer.baseAddress, wanted, off_t(position))
        if got < 0, errno == EINTR { continue }
        return got
      }
    }
  }

  /// Gives the whole content to `body`, a chunk at a time.
  func forEachChunk(
    _ body: (Span<UInt8>) throws(MediaError) -> Void
  ) throws(MediaError) {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var position = 0
    while true {
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe read(at: position, into: $0) }
      if got == 0 { return }
      guard got > 0 else { throw Self.unreadable(name, errno) }
      try body(chunk.span.extracting(0..<got))
      position += got
    }
  }

  /// MD5 over all bytes as 32 lower-case hexadecimal digits.
  ///
  /// - Parameter proceed: called before each chunk; what it throws ends the reading.
  package func md5(
    proceed: () throws(MediaError) -> Void = {}
  ) throws(MediaError) -> String {
    guard let digest = MD5() else {
      throw MediaError(.open, file: name, cause: .library, detail: "out of memory")
    }
    try forEachChunk { (chunk) throws(MediaError) in
      try proceed()
      digest.update(chunk)
    }
    return digest.finish()
  }

  /// Whether `path` names this very file.
  func isSameFile(as path: String) -> Bool {
    guard case .descriptor(let descriptor) = storage else { return false }
    var (own, other) = (stat(), stat())
    guard unsafe fstat(descriptor, &own) == 0, unsafe stat(path, &other) == 0 else { return false }
    return own.st_dev == other.st_dev && own.st_ino == other.st_ino
  }

  // MARK: - Opening

  /// Standard input as a seekable descriptor that this object may close.
  private static func standardInput(
    limits: InputLimits, watchdog: Watchdog?
  ) throws(MediaError) -> Int32 {
    if lseek(STDIN_FILENO, 0, SEEK_CUR) >= 0 {
      let copy = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { throw unreadable("-", errno) }
      return copy
    }
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/vprep-stdin-XXXXXX".utf8CString)
    let spool = unsafe mkstemp(&template)
    guard spool >= 0 else { throw unreadable("-", errno) }
    _ = unsafe unlink(template)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      do throws(MediaError) {
        try waitForStandardInput(watchdog)
      } catch {
        close(spool)
        throw error
      }
      let got = unsafe chunk.withUnsafeMutableBytes {
        unsafe Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count)
      }
      if got < 0, errno == EINTR { continue }
      if got == 0 { return spool }
      total += max(got, 0)
      let stored = unsafe chunk.withUnsafeBytes {
        unsafe writeAll(spool, UnsafeRawBufferPointer(rebasing: $0.prefix(max(got, 0))))
      }
      guard got > 0, stored else {
        let code = errno
        close(spool)
        throw unreadable("-", code)
      }
      guard total <= limits.bytes else {
        close(spool)
        throw tooLarge("-", limits: limits)
      }
    }
  }

  /// Returns when standard input has bytes or has ended.
  private static func waitForStandardInput(_ watchdog: Watchdog?) throws(MediaError) {
    var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    repeat { try watchdog?.check(.open, file: "-") } while unsafe poll(&waiting, 1, 100) == 0
  }

  private static func size(of descriptor: Int32, name: String) throws(MediaError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(name, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw MediaError(
        .open, file: name, cause: .unreadable, detail: "not a regular file",
        advice: "Give the path of a clip, or - to read one from standard input.")
    }
    return Int(status.st_size)
  }

  private static func unreadable(_ name: String, _ code: Int32) -> MediaError {
    MediaError(
      .open, file: name, cause: .unreadable,
      detail: "cannot be read: \(unsafe String(cString: strerror(code)).lowercased())")
  }

  private static func tooLarge(_ name: String, limits: InputLimits) -> MediaError {
    MediaError(
      .open, file: name, cause: .limitExceeded,
      detail: "larger than \(limits.bytes) bytes, the most that is read")
  }
}

/// Writes a whole buffer, through short writes and interruptions; `false` leaves `errno` set.
func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
  var offset = 0
  while offset < bytes.count {
    let wrote = unsafe Glibc.write(
      descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
    if wrote < 0, errno == EINTR { continue }
    guard wrote > 0 else { return false }
    offset += wrote
  }
  return true
}
