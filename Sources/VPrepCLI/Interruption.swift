import Foundation
import Synchronization
import VPrep

/// Turns SIGINT, SIGTERM and SIGHUP into the cancelling of a task, so that it cleans up after itself.
///
/// The second signal of a kind ends the program at once, as it would without this.
final class Interruption: Sendable {
  /// The signal that came first; 0 for none.
  private let first = Atomic<Int32>(0)
  private let signals: [Int32]

  /// The status that a shell gives a program which a signal has ended: 128 and the signal's number;
  /// `nil` without a signal.
  var status: Int32? {
    let signal = first.load(ordering: .relaxed)
    return signal == 0 ? nil : 128 + signal
  }

  /// Holds the signals back for `guarding`, in this thread and in all that it starts.
  ///
  /// A signal that the program was started to ignore, as under `nohup`, stays ignored.
  init(_ signals: [Int32] = [SIGINT, SIGTERM, SIGHUP]) {
    self.signals = signals.filter { number in
      var action = sigaction()
      guard sigaction(number, nil, &action) == 0 else { return false }
      #if canImport(Darwin)
        let handler = action.__sigaction_u.__sa_handler
      #else
        let handler = action.__sigaction_handler.sa_handler
      #endif
      return unsafeBitCast(handler, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
    }
    var mask = set
    pthread_sigmask(SIG_BLOCK, &mask, nil)
  }

  /// Runs `body` in a task of its own, which the first signal cancels.
  ///
  /// - Throws: what `body` throws, or `VPrepError` when no thread can be started that waits for
  ///   signals.
  func guarding(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task(executorPreference: CallingThread.main, operation: body)
    do throws(VPrepError) {
      try OwnThread.start { [self] in listen { task.cancel() } }
    } catch {
      task.cancel()
      throw error
    }
    try await task.value
  }

  private var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in signals { sigaddset(&set, number) }
    return set
  }

  /// Waits for signals as long as the program runs.
  private func listen(_ cancel: () -> Void) {
    var waiting = set
    while !signals.isEmpty {
      var number: Int32 = 0
      guard sigwait(&waiting, &number) == 0 else { return }
      _ = first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
      // The next one of its kind does what it does without this.
      sigdelset(&waiting, number)
      signal(number, SIG_DFL)
      var released = sigset_t()
      sigemptyset(&released)
      sigaddset(&released, number)
      pthread_sigmask(SIG_UNBLOCK, &released, nil)
      cancel()
    }
  }
}
