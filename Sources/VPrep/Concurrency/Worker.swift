internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A thread that computes one value in parallel with its caller.
///
/// It does not come from a shared pool. A caller that waits for it would hold a thread of the pool,
/// and enough callers would wait for each other.
final class Worker<Value: Sendable>: Sendable {
  private let job: Job
  /// `nil` once it was joined, or when no thread could be started.
  private let thread: Mutex<pthread_t?>

  private final class Job: Sendable {
    let body: @Sendable () -> Value
    let value = Mutex<Value?>(nil)

    init(_ body: @escaping @Sendable () -> Value) { self.body = body }

    func run() {
      let found = body()
      value.withLock { $0 = found }
    }
  }

  /// Starts the thread; where the system has none to give, `wait` does the work.
  init(_ body: @escaping @Sendable () -> Value) {
    let job = Job(body)
    self.job = job
    thread = Mutex(OwnThread.startJoinable { job.run() }.thread)
  }

  deinit { join() }

  /// Whether the work has a thread of its own.
  var isRunning: Bool { thread.withLock { $0 != nil } }

  /// The value, when it is there.
  func wait() -> Value {
    join()
    if let value = job.value.withLock({ $0 }) { return value }
    job.run()
    return job.value.withLock { $0 } ?? job.body()
  }

  private func join() {
    let running = thread.withLock { thread in
      let running = thread
      thread = nil
      return running
    }
    if let running { _ = pthread_join(running, nil) }
  }
}
