import Foundation
import VPrep

/// What the program writes: results to standard output, everything else to standard error.
enum Console {
  /// What results are laid out for.
  static var output: Terminal { .behind(STDOUT_FILENO) }
  /// What everything else is laid out for.
  static var errors: Terminal { .behind(STDERR_FILENO) }

  /// Makes writing safe before anything is opened.
  ///
  /// A standard stream that the caller has closed would give its number to the next file that is
  /// opened, and a report would land in it: each gets a descriptor that can only be read and so fails
  /// to be written. A reader that goes away, or a file that grows beyond the shell's limit, ends a write
  /// with an error, not the program by a signal, so that nothing is left behind.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is taken, which is this one.
      _ = open("/dev/null", O_RDONLY)
    }
  }

  /// Whether as many descriptors are left as the runtime needs: without them it ends the program.
  static var hasDescriptors: Bool {
    let trial = (0..<neededDescriptors).map { _ in open("/dev/null", O_RDONLY) }
    for descriptor in trial where descriptor >= 0 { close(descriptor) }
    return trial.allSatisfy { $0 >= 0 }
  }

  /// Timers, signals and threads' wake-ups take three or four; the clip and its digest one more each.
  private static let neededDescriptors = 6

  /// Writes one line for people to standard error; what a terminal would act on is escaped.
  static func printError(_ line: String) {
    let lines = line.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { String($0).printable }.joined(separator: "\n") + "\n"
    // Who has closed standard error wants to hear nothing.
    _ = write(Data(text.utf8), to: STDERR_FILENO)
  }

  /// Writes an error: on one line for logs, on lines that are broken between words for a terminal.
  static func printError(_ error: VPrepError) {
    guard errors.isInteractive else { return printError("vprep: \(error)") }
    let page = TextPage(errors)
    let lines = page.lines(
      TextPage.Span("vprep:", .red), [TextPage.Span("\(error)")], indent: 2)
    writeReport(lines.joined(separator: "\n"))
  }

  /// Writes a report for people, whose texts are escaped, to standard error.
  static func writeReport(_ text: String) {
    _ = write(Data((text + "\n").utf8), to: STDERR_FILENO)
  }

  /// Writes a result to standard output.
  static func write(_ data: Data) throws(VPrepError) {
    let code = write(data, to: STDOUT_FILENO)
    guard code == 0 else { throw unwritable(code) }
  }

  /// Writes a result and a line end to standard output.
  static func write(_ text: String) throws(VPrepError) {
    try write(Data((text + "\n").utf8))
  }

  /// The error of a result that standard output does not take.
  static func unwritable(_ code: Int32) -> VPrepError {
    VPrepError(
      kind: .outputNotWritten, stage: "report", file: "standard output",
      message: "cannot be written: \(String(cString: strerror(code)).lowercased())")
  }

  /// Writes all bytes; returns 0 or the error number.
  private static func write(_ data: Data, to descriptor: Int32) -> Int32 {
    data.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EAGAIN {
          // Somebody made the terminal or pipe non-blocking: wait until it takes more.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, -1)
          continue
        }
        guard count > 0 else { return count < 0 ? errno : EIO }
        offset += count
      }
      return 0
    }
  }
}
