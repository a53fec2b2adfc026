#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Owner of an open file or folder; every call of the kernel that opens, writes or names a file is
/// made here.
///
/// In debug builds each kind of call can be made to fail (`InjectedFault`).
package struct FileDescriptor: ~Copyable, Sendable {
  package let number: Int32

  /// Takes over an open descriptor.
  init(number: Int32) { self.number = number }

  deinit { CLibraryCalls.closeDescriptor(number) }

  // MARK: - Opening

  /// Opens what `path` names, through links unless `flags` forbid it.
  package static func open(
    _ path: String, _ flags: Int32, mode: UInt32 = 0o666
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      number: try retrying(.open, path) {
        CLibraryCalls.openPath(path, flags | O_CLOEXEC, mode)
      })
  }

  /// Opens a name in this folder; a link is never followed.
  package func open(
    _ name: String, _ flags: Int32, mode: UInt32 = 0o666
  ) throws(SystemError) -> FileDescriptor {
    FileDescriptor(
      number: try Self.retrying(.open, name) {
        unsafe openat(number, name, flags | O_NOFOLLOW | O_CLOEXEC, mode_t(mode))
      })
  }

  /// A second descriptor of an open file that somebody else owns.
  static func duplicating(_ number: Int32) throws(SystemError) -> FileDescriptor {
    FileDescriptor(number: try retrying(.open) { fcntl(number, F_DUPFD_CLOEXEC, 3) })
  }

  /// Standard output, under a descriptor that may be closed.
  static func standardOutput() throws(SystemError) -> FileDescriptor {
    try duplicating(STDOUT_FILENO)
  }

  /// A second descriptor of the same open file.
  package func duplicate() throws(SystemError) -> FileDescriptor {
    FileDescriptor(number: try Self.retrying(.open) { fcntl(number, F_DUPFD_CLOEXEC, 3) })
  }

  /// Makes a folder; one that is there is an error.
  package static func makeFolder(_ path: String) throws(SystemError) {
    _ = try retrying(.open, path) { unsafe mkdir(path, 0o777) }
  }

  /// Makes a folder in this one; one that is there is an error.
  func makeFolder(_ name: String) throws(SystemError) {
    _ = try Self.retrying(.open, name) { unsafe mkdirat(number, name, 0o777) }
  }

  // MARK: - Content

  /// Writes all of `bytes` at `offset`; for files that were not opened to append.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemError) {
    try unsafe writeAll(bytes) { rest, done in
      unsafe pwrite(number, rest.baseAddress, rest.count, off_t(offset + done))
    }
  }

  /// The same with bytes that Swift owns.
  package func write(_ bytes: Span<UInt8>, at offset: Int) throws(SystemError) {
    let result = unsafe bytes.withUnsafeBytes { bytes in
      Result { () throws(SystemError) in try unsafe write(bytes, at: offset) }
    }
    try result.get()
  }

  /// Writes all of `bytes` at the end; for pipes and files that were opened to append.
  package func append(_ bytes: Span<UInt8>) throws(SystemError) {
    let result = unsafe bytes.withUnsafeBytes { bytes in
      Result { () throws(SystemError) in
        try unsafe writeAll(bytes) { rest, _ in
          while true {
            let wrote = unsafe CLibraryCalls.writeNext(number, rest)
            guard wrote < 0, errno == EAGAIN else { return wrote }
            // Somebody made the pipe non-blocking: wait until it takes more.
            var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&waiting, 1, -1)
          }
        }
      }
    }
    try result.get()
  }

  private func writeAll(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) -> Int
  ) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let wrote = try Self.retrying(.write) {
        unsafe body(UnsafeRawBufferPointer(rebasing: bytes[done...]), done)
      }
      guard wrote > 0 else { throw SystemError(code: EIO) }
      done += wrote
    }
  }

  /// Reads from `offset` on; returns the bytes read, 0 at the end.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SystemError) -> Int {
    try Self.retrying(.read) {
      unsafe pread(number, buffer.baseAddress, buffer.count, off_t(offset))
    }
  }

  /// Cuts the file, or fills it with zeros, to `size` bytes.
  package func resize(to size: Int) throws(SystemError) {
    _ = try Self.retrying(.write) { ftruncate(number, off_t(size)) }
  }

  /// Waits until the disk has what was written.
  package func sync() throws(SystemError) {
    _ = try Self.retrying(.sync) { fsync(number) }
  }

  // MARK: - Names

  /// Gives a file of this folder a name in another one of the same file system, in one step, replacing
  /// what has that name.
  func rename(
    _ old: String, to new: String, in folder: borrowing FileDescriptor
  ) throws(SystemError) {
    let target = folder.number
    _ = try Self.retrying(.rename, new) { unsafe renameat(number, old, target, new) }
  }

  /// Gives a file of this folder a further name in another one; one that is taken is an error.
  func link(
    _ old: String, as new: String, in folder: borrowing FileDescriptor
  ) throws(SystemError) {
    let target = folder.number
    _ = try Self.retrying(.rename, new) { unsafe linkat(number, old, target, new, 0) }
  }

  /// Removes a name from this folder.
  package func remove(_ name: String) throws(SystemError) {
    _ = try Self.retrying(.remove, name) { unsafe unlinkat(number, name, 0) }
  }

  /// Removes an empty folder from this one.
  package func removeFolder(_ name: String) throws(SystemError) {
    _ = try Self.retrying(.remove, name) { unsafe unlinkat(number, name, AT_REMOVEDIR) }
  }

  /// The names in this folder, without `.` and `..`, in no order; those that are not UTF-8 are left
  /// out.
  package func names() throws(SystemError) -> [String] {
    let copy = try open(".", O_RDONLY | O_DIRECTORY)
    guard let listing = unsafe fdopendir(copy.number) else { throw SystemError(code: errno) }
    // The listing closes it from here on.
    _ = copy.release()
    defer { unsafe closedir(listing) }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(validatingCString: $0)
        }
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Tries to become the only holder of the file's lock, which lasts until every duplicate is closed.
  ///
  /// - Returns: `false` when another descriptor holds it.
  package func tryLock() throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try Self.retrying(.lock) { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error.code == EWOULDBLOCK { return false }
      throw error
    }
  }

  /// Lets the lock go.
  package func unlock() { flock(number, LOCK_UN) }

  /// Gives up ownership without closing.
  consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  // MARK: - The call itself

  /// Makes a call again while signals interrupt it, and throws its error.
  ///
  /// - Parameter path: a text that goes to C, which would end it at a NUL.
  private static func retrying<R: FixedWidthInteger & SignedInteger>(
    _ call: SystemCall, _ path: String = "", _ body: () -> R
  ) throws(SystemError) -> R {
    guard !path.utf8.contains(0) else { throw SystemError(code: EINVAL) }
    #if DEBUG
      try InjectedFault.strike(call)
    #endif
    while true {
      let result = body()
      if result >= 0 { return result }
      guard errno == EINTR else { throw SystemError(code: errno) }
    }
  }
}

/// The kinds of calls that can fail on the way to a file.
enum SystemCall: String {
  case open, read, write, sync, rename, remove, lock, allocate
}

/// Why the kernel refused a call.
package struct SystemError: Error, Equatable, Sendable {
  /// The C library's error number.
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// The C library's words for it, in lower case.
  package var text: String { unsafe String(cString: strerror(code)).lowercased() }

  /// Whether the machine has nothing left to give, which is no fault of the file.
  var isShortage: Bool { MediaError.isShortage(code) }
}
