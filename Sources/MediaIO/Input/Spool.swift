#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Reads what can be read only once, such as a pipe, into a temporary file that has no name.
struct Spool {
  let name: String
  let limits: InputLimits
  let watchdog: Watchdog?

  /// Seconds until the first byte of a named pipe, which nobody may ever write to.
  private static let patience = 4.0
  private static let chunkSize = 1 << 16

  /// All that comes from `source`, as a descriptor that can seek.
  func read(_ source: borrowing FileDescriptor) throws(MediaError) -> FileDescriptor {
    let file: FileDescriptor
    do throws(SystemError) { file = try Self.makeFile() } catch { throw unstorable(error) }
    try waitForWriter(source.number)
    var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
    var total = 0
    while true {
      try wait(for: source.number)
      let got = unsafe chunk.withUnsafeMutableBytes {
        unsafe CLibraryCalls.readNext(source.number, $0)
      }
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      guard got >= 0 else { throw MediaInput.unreadable(name, SystemError(code: errno)) }
      if got == 0 { return file }
      guard total + got <= limits.bytes else { throw MediaInput.tooLarge(name, limits: limits) }
      do throws(SystemError) {
        try file.write(chunk.span.extracting(0..<got), at: total)
      } catch {
        throw unstorable(error)
      }
      let isFirst = total < DemuxerOpening.searchedForFormat
      total += got
      if isFirst, total >= DemuxerOpening.searchedForFormat { try checkFormat(file) }
    }
  }

  /// Refuses what is no clip before more of it is stored: a device that never ends, the wrong pipe.
  private func checkFormat(_ file: borrowing FileDescriptor) throws(MediaError) {
    var start = [UInt8](repeating: 0, count: DemuxerOpening.searchedForFormat)
    let got = unsafe start.withUnsafeMutableBytes {
      unsafe pread(file.number, $0.baseAddress, $0.count, 0)
    }
    guard got == start.count, !DemuxerOpening.isKnown(start) else { return }
    throw DemuxerOpening.unknownContent(name)
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
          advice: "Start the program that writes to the pipe, or give the path of a clip.")
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
  private static func makeFile() throws(SystemError) -> FileDescriptor {
    let folder = try OutputFolder(OutputFolder.temporaryPath)
    folder.sweep()
    // What people record is nobody else's to read.
    var file = try TemporaryFile(in: folder, for: "stdin", mode: 0o600)
    try file.removeName()
    return try file.descriptor.duplicate()
  }

  private func unstorable(_ error: SystemError) -> MediaError {
    MediaError(
      .open, file: name, cause: .output,
      detail: "a pipe's content cannot be stored in the folder for temporary files: \(error.text)",
      advice: "Free some space there, or let TMPDIR name another folder.")
  }
}
