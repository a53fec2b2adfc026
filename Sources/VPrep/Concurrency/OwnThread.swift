internal import Glibc
internal import MediaIO

/// Starts threads of our own, where a queue of the system would wait for ever for one.
///
/// When the machine has no thread to give, a queue tries again without end; this says so.
package enum OwnThread {
  /// Runs `body` on a new thread that nobody waits for.
  ///
  /// - Throws: `resourcesExhausted` when no thread can be started; `body` is then not run.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(VPrepError) {
    var thread = pthread_t()
    let code = unsafe start(&thread, body)
    guard code == 0 else { throw exhausted(code) }
    pthread_detach(thread)
  }

  /// Runs `body` on a new thread, which somebody has to join; returns 0 or the error's number.
  static func start(
    _ thread: UnsafeMutablePointer<pthread_t>, _ body: @escaping @Sendable () -> Void
  ) -> Int32 {
    let argument = unsafe Unmanaged.passRetained(ThreadBody(body))
    let code = unsafe pthread_create(
      thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let thread = unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue()
        FFmpegLog.owning(thread.body)
        return nil
      }, argument.toOpaque())
    if code != 0 { unsafe argument.release() }
    return code
  }

  private static func exhausted(_ code: Int32) -> VPrepError {
    VPrepError(
      kind: .resourcesExhausted, stage: "open", file: "",
      message: "no thread can be started: \(unsafe String(cString: strerror(code)).lowercased())",
      advice: "The limit of processes or memory is reached (ulimit -u, ulimit -v); try again later."
    )
  }
}

/// Carries the work through C's untyped pointer.
private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
