internal import MediaIO
internal import Synchronization

/// The MD5 of an input, computed once; in parallel with other work if it was requested in time.
///
/// MD5 is a chain of dependent steps: about 0.6 GB per second on one core, so 40 ms for 24 MB.
final class InputDigest: Sendable {
  private let input: MediaInput
  private let watchdog: Watchdog
  private let isUnwanted = Flag()
  private let worker = Mutex<Worker<Result<String, MediaError>>?>(nil)

  init(_ input: MediaInput, watchdog: Watchdog) {
    self.input = input
    self.watchdog = watchdog
  }

  /// Ends what nobody waits for any more.
  deinit { isUnwanted.value.store(true, ordering: .relaxed) }

  /// Begins on a thread of its own.
  func start() { _ = running() }

  /// The digest as 32 hexadecimal digits, waiting for it.
  func value() throws(MediaError) -> String { try running().wait().get() }

  private func running() -> Worker<Result<String, MediaError>> {
    worker.withLock { worker in
      if let worker { return worker }
      let fresh = Worker { [input, watchdog, isUnwanted] in
        Result { () throws(MediaError) in
          try input.md5 { () throws(MediaError) in
            try watchdog.check(.open, file: input.name)
            guard !isUnwanted.value.load(ordering: .relaxed) else {
              throw MediaError(.open, file: input.name, cause: .cancelled, detail: "cancelled")
            }
          }
        }
      }
      worker = fresh
      return fresh
    }
  }
}

/// An atomic value that several owners share.
private final class Flag: Sendable {
  let value = Atomic(false)
}
