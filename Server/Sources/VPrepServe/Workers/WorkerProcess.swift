import Foundation
import Glibc
import Synchronization

/// One `vprep worker --isolate`: a line goes in, a line comes out.
///
/// It is used by one call at a time. The process is in a process group of its own, so that Ctrl-C in a
/// terminal reaches the service alone, which then finishes what it has begun.
final class WorkerProcess: Sendable {
  /// Why there is no answer.
  enum Failure: Error, Equatable {
    /// The process cannot be started.
    case notStarted(Int32)
    /// The process has ended.
    case ended
    /// The process did not answer in time and was ended.
    case timedOut
  }

  private let identifier: pid_t
  private let input: Int32
  private let output: Int32
  /// Bytes of the next answer that were read already.
  private let rest = Mutex<[UInt8]>([])
  /// A process that starts while another's pipes are open would hold them.
  private static let starting = Mutex<Void>(())

  /// Starts a process.
  init(program: String) throws(Failure) {
    (identifier, input, output) = try Self.starting.withLock { _ throws(Failure) in
      try Self.start(program)
    }
  }

  deinit {
    close(input)
    close(output)
    // The process ends when its input does; one that hangs is ended.
    var status: Int32 = 0
    if waitpid(identifier, &status, WNOHANG) == 0 {
      kill(-identifier, SIGTERM)
      let identifier = identifier
      Thread.detachNewThread {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
      }
    }
  }

  /// Ends the process at once; a call that waits for it fails.
  func end() { kill(-identifier, SIGKILL) }

  /// Whether the process has ended while it waited for a call: its output is then closed.
  var hasEnded: Bool {
    var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0
  }

  /// Writes a line and waits for the answer, which is given without its end.
  ///
  /// - Parameters:
  ///   - seconds: how long to wait; the process is ended after that.
  ///   - onProgress: told what the process says before its answer.
  func ask(
    _ line: [UInt8], seconds: Double, onProgress: ((CallProgress) -> Void)? = nil
  ) throws(Failure) -> [UInt8] {
    try write(line + [UInt8(ascii: "\n")])
    let deadline = ContinuousClock.now + .seconds(seconds)
    return try rest.withLock { rest throws(Failure) in
      var searched = 0
      while true {
        if let end = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) {
          let answer = Array(rest[..<end])
          rest.removeFirst(end + 1)
          searched = 0
          guard let onProgress, let progress = CallProgress(line: answer) else { return answer }
          onProgress(progress)
          continue
        }
        searched = rest.count
        try wait(until: deadline)
        try fill(&rest)
      }
    }
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(input, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .ended }
      written += count
    }
  }

  private func wait(until deadline: ContinuousClock.Instant) throws(Failure) {
    while true {
      let left = (deadline - .now) / .milliseconds(1)
      guard left > 0 else {
        end()
        throw .timedOut
      }
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(min(left.rounded(.up), 1e6)))
      if ready > 0 { return }
      guard ready == 0 || errno == EINTR else { throw .ended }
    }
  }

  private func fill(_ rest: inout [UInt8]) throws(Failure) {
    var part = [UInt8](repeating: 0, count: 1 << 18)
    let count = read(output, &part, part.count)
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw .ended }
    rest += part.prefix(count)
  }

  // MARK: - Starting

  private static func start(_ program: String) throws(Failure) -> (pid_t, Int32, Int32) {
    var (to, from): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&to) == 0 else { throw .notStarted(errno) }
    guard pipe(&from) == 0 else {
      to.forEach { close($0) }
      throw .notStarted(errno)
    }
    for end in to + from { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGTERM, SIGINT, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var identifier: pid_t = 0
    let code = withTexts([program, "worker", "--isolate"]) { arguments in
      withTexts(ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }) {
        posix_spawnp(&identifier, program, &actions, &attributes, arguments, $0)
      }
    }
    close(to[0])
    close(from[1])
    guard code == 0 else {
      close(to[1])
      close(from[0])
      throw .notStarted(code)
    }
    return (identifier, to[1], from[0])
  }

  /// Lends texts as C takes them: pointers, the last of which is null.
  private static func withTexts<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    return body(pointers + [nil])
  }
}
