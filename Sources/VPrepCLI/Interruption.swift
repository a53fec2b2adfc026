@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into the cancelling of a task, so that it cleans up after itself.
///
/// The second signal of a kind ends the program at once, as it would without this.
final class Interruption: Sendable {
  /// The signal that came first; 0 for none.
  private let first = Atomic<Int32>(0)
  private let sources: [any DispatchSourceSignal]

  /// The status that a shell gives a program which a signal has ended: 128 and the signal's number;
  /// `nil` without a signal.
  var status: Int32? {
    let signal = first.load(ordering: .relaxed)
    return signal == 0 ? nil : 128 + signal
  }

  /// Starts to listen.
  ///
  /// A signal that the program was started to ignore, as under `nohup`, stays ignored.
  init(_ signals: [Int32] = [SIGINT, SIGTERM, SIGHUP]) {
    let wanted = signals.filter { number in
      let ignored = signal(number, SIG_IGN)
      return unsafeBitCast(ignored, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
    }
    sources = wanted.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
  }

  /// Runs `body` in a task of its own, which the first signal cancels.
  func guarding(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task(operation: body)
    for source in sources {
      source.setEventHandler { [self] in
        let number = Int32(source.handle)
        _ = first.compareExchange(expected: 0, desired: number, ordering: .relaxed)
        signal(number, SIG_DFL)
        task.cancel()
      }
      source.resume()
    }
    try await task.value
  }
}
