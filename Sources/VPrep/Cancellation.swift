internal import MediaIO
internal import Synchronization

/// Ends blocking calls from another thread, and stays cancelled.
///
/// One may be given to any number of calls, one after another or at once.
package final class Cancellation: Sendable {
  private struct State: Sendable {
    var isCancelled = false
    var running: [Watchdog] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// Ends every call that was given this cancellation, and those still to come.
  package func cancel() {
    let running = state.withLock { state in
      state.isCancelled = true
      return state.running
    }
    for watchdog in running { watchdog.cancel() }
  }

  /// Lets `watchdog` end with this cancellation while `body` runs.
  func guarding<R, E: Error>(_ watchdog: Watchdog, _ body: () throws(E) -> R) throws(E) -> R {
    let isCancelled = state.withLock { state in
      state.running.append(watchdog)
      return state.isCancelled
    }
    if isCancelled { watchdog.cancel() }
    defer { state.withLock { $0.running.removeAll { $0 === watchdog } } }
    return try body()
  }
}
