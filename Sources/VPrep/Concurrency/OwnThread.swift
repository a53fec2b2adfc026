internal import MediaIO

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Starts threads of our own, where a queue of the system would wait for ever for one.
///
/// When the machine has no thread to give, a queue tries again without end; this says so.
package enum OwnThread {
  /// Runs `body` on a new thread that nobody waits for.
  ///
  /// - Throws: `resourcesExhausted` when no thread can be started; `body` is then not run.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(VPrepError) {
    let (thread, code) = startJoinable(body)
    guard let thread else { throw exhausted(code) }
    pthread_detach(thread)
  }

  /// Runs `body` on a new thread, which somebody has to join; `nil` and the error's number where there
  /// is none.
  static func startJoinable(
    _ body: @escaping @Sendable () -> Void
  ) -> (thread: pthread_t?, code: Int32) {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let argument = unsafe Unmanaged.passRetained(ThreadBody(body))
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        unsafe ThreadBody.run(argument)
        return nil
      }, argument.toOpaque())
    if code != 0 { unsafe argument.release() }
    return (code == 0 ? thread : nil, code)
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

  /// Does the work of a thread that was given this as its argument.
  static func run(_ argument: UnsafeMutableRawPointer?) {
    guard let argument = unsafe argument else { return }
    let thread = unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue()
    FFmpegLog.owning(thread.body)
  }
}
