internal import CFFmpeg
internal import Glibc

/// The bytes of one input, readable at any position: a file descriptor or memory.
///
/// A pipe on standard input is spooled to an unlinked temporary file, so that every container can
/// seek and memory stays flat.
final class ByteSource {
  private enum Storage {
    case descriptor(Int32)
    case memory([UInt8])
  }

  private let storage: Storage
  let name: String
  let count: Int
  private(set) var position = 0

  init(_ source: InputSource, limits: InputLimits) throws(MediaError) {
    name = source.name
    switch source {
    case .bytes(let bytes, _):
      storage = .memory(bytes)
      count = bytes.count
    case .file(let path):
      let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
      do throws(MediaError) {
        count = try Self.size(of: descriptor, name: path)
      } catch {
        close(descriptor)
        throw error
      }
      storage = .descriptor(descriptor)
    case .standardInput:
      let descriptor = try Self.standardInput(limits: limits)
      storage = .descriptor(descriptor)
      count = try Self.size(of: descriptor, name: source.name)
    }
    guard count > 0 else {
      throw MediaError(
        .open, file: name, cause: .empty, detail: "the file is empty (0 bytes)",
        advice: "Record the clip again.")
    }
    guard count <= limits.bytes else { throw Self.tooLarge(name, limits: limits) }
  }

  deinit {
    if case .descriptor(let descriptor) = storage { close(descriptor) }
  }

  /// Reads at the current position; returns the bytes read, 0 at the end, negative on an I/O error.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let wanted = min(buffer.count, count - position)
    guard wanted > 0 else { return 0 }
    switch storage {
    case .memory(let bytes):
      unsafe bytes.withUnsafeBytes { source in
        unsafe buffer.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[position..<position + wanted]))
      }
      position += wanted
      return wanted
    case .descriptor(let descriptor):
      while true {
        let got = unsafe pread(descriptor, buffer.baseAddress, wanted, off_t(position))
        if got < 0, errno == EINTR { continue }
        if got > 0 { position += got }
        return got
      }
    }
  }

  /// Moves to an absolute position; one outside the bytes is refused.
  func seek(to target: Int) -> Bool {
    guard target >= 0, target <= count else { return false }
    position = target
    return true
  }

  /// MD5 over all bytes as 32 lower-case hexadecimal digits; leaves the position at the start.
  func md5() throws(MediaError) -> String {
    guard let digest = MD5() else {
      throw MediaError(.open, file: name, cause: .library, detail: "out of memory")
    }
    _ = seek(to: 0)
    defer { _ = seek(to: 0) }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe read(into: $0) }
      if got == 0 { break }
      guard got > 0 else { throw Self.unreadable(name, errno) }
      digest.update(chunk.span.extracting(0..<got))
    }
    return digest.finish()
  }

  // MARK: - Opening

  /// Standard input as a seekable descriptor that this object may close.
  private static func standardInput(limits: InputLimits) throws(MediaError) -> Int32 {
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
