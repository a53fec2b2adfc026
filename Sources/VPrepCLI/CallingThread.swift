import Foundation
import Synchronization

/// Runs asynchronous work on the thread that waits for it.
///
/// Swift's own pool would start threads, and where the machine has none to give it waits for ever.
final class CallingThread: TaskExecutor {
  /// The program's own.
  static let main = CallingThread()

  private struct State: ~Copyable {
    var jobs: [UnownedJob] = []
    var isDone = false
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    news.signal()
  }

  /// Runs `body` and all that it awaits; returns when it has ended.
  func run(_ body: @escaping @Sendable () async -> Void) {
    Task(executorPreference: self) { [self] in
      await body()
      state.withLock { $0.isDone = true }
      news.signal()
    }
    while !state.withLock({ $0.isDone }) {
      news.wait()
      let job = state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
      job?.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
