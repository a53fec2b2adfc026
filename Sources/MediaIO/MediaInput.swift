internal import CFFmpeg
internal import Glibc

/// One open input: its bytes, readable at any position by any number of readers.
///
/// It is opened once for all passes over a clip, so that what was judged is what is fitted. A pipe,
/// on standard input or under a path, is spooled to an unlinked temporary file, so that every
/// container can seek and memory stays flat.
package final class MediaInput: Sendable {
  private enum Storage: Sendable {
    case descriptor(Int32)
    case memory([UInt8])

    var descriptor: Int32? {
      if case .descriptor(let descriptor) = self { descriptor } else { nil }
    }
  }

  /// What changes with a file's content.
  private struct Stamp: Sendable, Equatable {
    private let bytes: off_t
    private let modified: [Int]
    private let changed: [Int]

    init?(_ descriptor: Int32?) {
      var status = stat()
      guard let descriptor, unsafe fstat(descriptor, &status) == 0 else { return nil }
      bytes = status.st_size
      modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
      changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
  }

  /// Throws where somebody has written to the file since it was opened: what was read of it may be of
  /// two clips.
  package func checkUnchanged() throws(MediaError) {
    guard stamp == Stamp(storage.descriptor) else {
      throw MediaError(
        .demux, file: name, cause: .unreadable, detail: "the clip changed while it was read",
        advice: "Give it when it has been written to its end.")
    }
  }

  private let storage: Storage
  /// The file as it was when it was opened; `nil` for memory.
  private let stamp: Stamp?
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
    limits.boundAllocations()
    name = source.name
    switch source {
    case .bytes(let bytes, _):
      storage = .memory(bytes)
      byteCount = bytes.count
    case .file(let path):
      // Without waiting: opening a pipe that nobody writes to would never return.
      let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
      (storage, byteCount) = try Self.seekable(
        descriptor, name: path, limits: limits, watchdog: watchdog)
    case .standardInput:
      let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
      guard descriptor >= 0 else { throw Self.unreadable(source.name, errno) }
      (storage, byteCount) = try Self.seekable(
        descriptor, name: source.name, limits: limits, watchdog: watchdog)
    }
    stamp = Stamp(storage.descriptor)
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
      if got == 0 { return try checkUnchanged() }
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
      throw .outOfMemory(.open, file: name)
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

  /// What is behind `descriptor`, seekable, with its size; the descriptor is used up.
  ///
  /// A file is used as it is, from its start. A pipe, a socket or a terminal is read to its end first
  /// (`Spool`). Of devices only the empty one, `/dev/null`, has an end.
  private static func seekable(
    _ descriptor: Int32, name: String, limits: InputLimits, watchdog: Watchdog?
  ) throws(MediaError) -> (Storage, Int) {
    var result = descriptor
    do throws(MediaError) {
      var status = try self.status(of: descriptor, name: name)
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFIFO, S_IFSOCK,
        S_IFCHR where isatty(descriptor) == 1 || isNull(status):
        result = try Spool(name: name, limits: limits, watchdog: watchdog).read(descriptor)
        close(descriptor)
        status = try self.status(of: result, name: name)
      default:
        throw MediaError(
          .open, file: name, cause: .unreadable,
          detail: "not a file: a folder or a device cannot be read as a clip",
          advice: "Give a clip, or a pipe that one comes through.")
      }
      return (.descriptor(result), Int(status.st_size))
    } catch {
      close(result)
      throw error
    }
  }

  private static func isNull(_ status: stat) -> Bool {
    var null = stat()
    return unsafe stat("/dev/null", &null) == 0 && null.st_rdev == status.st_rdev
  }

  private static func status(of descriptor: Int32, name: String) throws(MediaError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable(name, errno) }
    return status
  }

  static func unreadable(_ name: String, _ code: Int32) -> MediaError {
    if MediaError.isShortage(code) { return .shortage(.open, file: name, code) }
    let cause: MediaError.Cause =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EACCES, EPERM: .forbidden
      default: .unreadable
      }
    return MediaError(
      .open, file: name, cause: cause,
      detail: "cannot be read: \(unsafe String(cString: strerror(code)).lowercased())")
  }

  static func tooLarge(_ name: String, limits: InputLimits) -> MediaError {
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
