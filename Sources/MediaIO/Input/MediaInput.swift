internal import CFFmpeg

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

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
      modified = [status.contentChange.tv_sec, status.contentChange.tv_nsec]
      changed = [status.anyChange.tv_sec, status.anyChange.tv_nsec]
    }
  }

  /// Throws if the file was written to since it was opened, because what was read may be of two
  /// clips.
  package func checkUnchanged() throws(MediaError) {
    guard let stamp else { return }
    guard stamp == Stamp(storage.descriptor) else {
      throw MediaError(
        .demux, file: name, cause: .unreadable, detail: "the clip changed while it was read",
        advice: "Send it when it is complete.")
    }
  }

  private let storage: Storage
  /// The file as it was when it was opened; `nil` for memory and for what this process has written.
  private let stamp: Stamp?
  /// How messages and the report name it.
  package let name: String
  /// Size in bytes; at least 1.
  package let byteCount: Int
  /// Whether it came through a pipe, so that nobody can tell which file it came from.
  let isPiped: Bool

  /// Opens `source`; an empty one and one beyond `limits.bytes` are refused.
  ///
  /// - Parameter watchdog: ends the waiting for a pipe that has nothing to say.
  package init(
    _ source: InputSource, limits: InputLimits, watchdog: Watchdog? = nil
  ) throws(MediaError) {
    FFmpegLog.isInstalled
    limits.boundAllocations()
    name = source.name
    switch source {
    case .bytes(let bytes, _):
      storage = .memory(bytes)
      byteCount = bytes.count
      isPiped = false
    case .file(let path):
      let opened = try Self.seekable(
        try Self.open(path), name: path, limits: limits, watchdog: watchdog)
      (storage, byteCount, isPiped) = opened
    case .standardInput:
      (storage, byteCount, isPiped) = try Self.seekable(
        try Self.duplicate(STDIN_FILENO, name: name), name: name, limits: limits,
        watchdog: watchdog)
    case .descriptor(let number, _):
      (storage, byteCount, isPiped) = try Self.seekable(
        try Self.duplicate(number, name: name), name: name, limits: limits, watchdog: watchdog)
    }
    stamp = Stamp(storage.descriptor)
    try Self.check(byteCount, name: name, limits: limits)
  }

  /// Takes over an open file, one that this process has written.
  init(
    _ descriptor: consuming FileDescriptor, name: String, limits: InputLimits
  ) throws(MediaError) {
    FFmpegLog.isInstalled
    limits.boundAllocations()
    self.name = name
    (storage, byteCount, isPiped) = try Self.seekable(
      descriptor, name: name, limits: limits, watchdog: nil)
    stamp = nil
    try Self.check(byteCount, name: name, limits: limits)
  }

  private static func check(
    _ byteCount: Int, name: String, limits: InputLimits
  ) throws(MediaError) {
    guard byteCount > 0 else {
      throw MediaError(
        .open, file: name, cause: .empty, detail: "the file is empty (0 bytes)",
        advice: "Record the clip again.")
    }
    guard byteCount <= limits.bytes else { throw tooLarge(name, limits: limits) }
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
      guard got > 0 else { throw Self.unreadable(name, SystemError(code: errno)) }
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

  /// Gives the number of the open file to `body`, which must not close it; `nil` for a clip in memory.
  package func withDescriptor<R>(_ body: (Int32) -> R) -> R? {
    guard case .descriptor(let descriptor) = storage else { return nil }
    return body(descriptor)
  }

  /// Which file it is; `nil` for a clip in memory.
  package var identity: FileIdentity? {
    guard case .descriptor(let descriptor) = storage else { return nil }
    return FileStatus(number: descriptor)?.identity
  }

  /// Whether another input holds the same bytes.
  func hasSameBytes(as other: MediaInput) -> Bool {
    guard byteCount == other.byteCount else { return false }
    var own = [UInt8](repeating: 0, count: 1 << 16)
    var others = own
    var position = 0
    while position < byteCount {
      let got = unsafe own.withUnsafeMutableBytes { unsafe read(at: position, into: $0) }
      let gotOther = unsafe others.withUnsafeMutableBytes {
        unsafe other.read(at: position, into: $0)
      }
      guard got > 0, got == gotOther, own.prefix(got) == others.prefix(got) else { return false }
      position += got
    }
    return true
  }

  // MARK: - Opening

  private static func duplicate(
    _ number: Int32, name: String
  ) throws(MediaError) -> FileDescriptor {
    do throws(SystemError) { return try FileDescriptor.duplicating(number) } catch {
      throw unreadable(name, error)
    }
  }

  private static func open(_ path: String) throws(MediaError) -> FileDescriptor {
    guard !path.utf8.contains(0) else {
      throw MediaError(
        .open, file: path, cause: .unreadable, detail: "the path holds a NUL byte",
        advice: "Give one path; a list that find -print0 makes is split at its NUL bytes.")
    }
    do throws(SystemError) {
      // Without waiting: opening a pipe that nobody writes to would never return.
      return try FileDescriptor.open(path, O_RDONLY | O_NONBLOCK)
    } catch {
      throw unreadable(path, error)
    }
  }

  /// What is behind `descriptor`, seekable, with its size, and whether it came through a pipe.
  ///
  /// A file is used as it is, from its start. A pipe, a socket or a terminal is read to its end first
  /// (`Spool`). Of devices only the empty one, `/dev/null`, has an end.
  private static func seekable(
    _ descriptor: consuming FileDescriptor, name: String, limits: InputLimits, watchdog: Watchdog?
  ) throws(MediaError) -> (Storage, Int, isPiped: Bool) {
    let status = try status(of: descriptor.number, name: name)
    switch status.st_mode & S_IFMT {
    case S_IFREG: return (.descriptor(descriptor.release()), Int(status.st_size), false)
    case S_IFIFO, S_IFSOCK,
      S_IFCHR where isatty(descriptor.number) == 1 || isNull(status):
      let spooled = try Spool(name: name, limits: limits, watchdog: watchdog).read(descriptor)
      let size = try self.status(of: spooled.number, name: name).st_size
      return (.descriptor(spooled.release()), Int(size), true)
    default:
      throw MediaError(
        .open, file: name, cause: .unreadable,
        detail: "not a file: a folder or a device cannot be read as a clip",
        advice: "Give a clip, or a pipe with a clip.")
    }
  }

  private static func isNull(_ status: stat) -> Bool {
    var null = stat()
    return unsafe stat("/dev/null", &null) == 0 && null.st_rdev == status.st_rdev
  }

  private static func status(of descriptor: Int32, name: String) throws(MediaError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw unreadable(name, SystemError(code: errno))
    }
    return status
  }

  static func unreadable(_ name: String, _ error: SystemError) -> MediaError {
    if MediaError.isShortage(error.code) { return .shortage(.open, file: name, error.code) }
    let cause: MediaError.Cause =
      switch error.code {
      case ENOENT, ENOTDIR: .missing
      case EACCES, EPERM: .forbidden
      default: .unreadable
      }
    return MediaError(
      .open, file: name, cause: cause, detail: "cannot be read: \(error.text)")
  }

  static func tooLarge(_ name: String, limits: InputLimits) -> MediaError {
    MediaError(
      .open, file: name, cause: .limitExceeded,
      detail: "larger than \(limits.bytes) bytes, the most that is accepted")
  }
}
