#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Reads lines from a pipe, a file or a terminal, until its end or until somebody wakes it.
final class LineReader {
  /// What comes next.
  enum Line: Equatable {
    /// A line without its end; the last one may lack one.
    case text([UInt8])
    /// A line with more bytes than are read; it was skipped.
    case tooLong
    /// Nothing follows.
    case end
  }

  private let descriptor: Int32
  /// Readable once nobody wants lines any more.
  private let wake: Int32
  private let mostBytes: Int
  private var buffer: [UInt8] = []
  /// Bytes of the buffer that hold no line end.
  private var searched = 0
  private var isSkipping = false
  private var hasEnded = false

  init(_ descriptor: Int32, wake: Int32, mostBytes: Int) {
    self.descriptor = descriptor
    self.wake = wake
    self.mostBytes = mostBytes
  }

  /// The next line, waiting for it.
  ///
  /// - Throws: the C library's error number when reading fails.
  func next() throws(ReadError) -> Line {
    while true {
      if let line = takeLine() { return line }
      if hasEnded { return takeRest() }
      hasEnded = try !fill()
    }
  }

  /// Why a line cannot be read.
  struct ReadError: Error { let code: Int32 }

  private func takeLine() -> Line? {
    guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = buffer.count
      if buffer.count > mostBytes {
        isSkipping = true
        discard(buffer.count)
      }
      return nil
    }
    let line = [UInt8](buffer[..<end])
    discard(end + 1)
    if isSkipping {
      isSkipping = false
      return .tooLong
    }
    return line.count > mostBytes ? .tooLong : .text(line)
  }

  private func takeRest() -> Line {
    defer { discard(buffer.count) }
    if isSkipping {
      isSkipping = false
      return .tooLong
    }
    return buffer.isEmpty ? .end : .text(buffer)
  }

  private func discard(_ count: Int) {
    buffer.removeFirst(count)
    searched = 0
  }

  /// Reads what is there, waiting for it; `false` at the end.
  private func fill() throws(ReadError) -> Bool {
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var waiting = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      ]
      if unsafe poll(&waiting, 2, -1) < 0, errno != EINTR { throw ReadError(code: errno) }
      if waiting[1].revents != 0 {
        buffer = []
        isSkipping = false
        return false
      }
      guard waiting[0].revents != 0 else { continue }
      let got = unsafe read(descriptor, &part, part.count)
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      guard got >= 0 else { throw ReadError(code: errno) }
      buffer += part.prefix(got)
      return got > 0
    }
  }
}
