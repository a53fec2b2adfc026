internal import MediaIO
internal import Synchronization

/// Ends blocking calls from another thread, and stays cancelled.
///
/// One may be given to any number of calls, one after another or at once.
package final class Cancellation: Sendable {
  private struct State: Sendable {
    var isCancelled = false
    /// What ends the calls that run, by a number of their own.
    var running: [Int: @Sendable () -> Void] = [:]
    var next = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// Whether it was cancelled.
  package var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Ends every call that was given this cancellation, and those still to come.
  package func cancel() {
    let running = state.withLock { state in
      state.isCancelled = true
      return Array(state.running.values)
    }
    for end in running { end() }
  }

  /// Lets `watchdog` end with this cancellation while `body` runs.
  func guarding<R, E: Error>(_ watchdog: Watchdog, _ body: () throws(E) -> R) throws(E) -> R {
    try guarding(onCancel: watchdog.cancel, body)
  }

  /// Calls `end` at the cancellation while `body` runs; at once, where it is cancelled already.
  func guarding<R, E: Error>(
    onCancel end: @escaping @Sendable () -> Void, _ body: () throws(E) -> R
  ) throws(E) -> R {
    let (number, isCancelled) = state.withLock { state in
      state.next += 1
      state.running[state.next] = end
      return (state.next, state.isCancelled)
    }
    if isCancelled { end() }
    defer { state.withLock { $0.running[number] = nil } }
    return try body()
  }
}
