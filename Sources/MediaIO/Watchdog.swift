internal import Synchronization

/// Ends work that was cancelled or takes too long; shared by every stage of one call.
///
/// FFmpeg asks it during blocking reads, the loops ask it between packets.
package final class Watchdog: Sendable {
  private let deadline: ContinuousClock.Instant
  private let seconds: Double
  private let cancelled = Atomic(false)

  package init(seconds: Double) {
    self.seconds = seconds
    deadline = .now + .seconds(seconds)
  }

  /// Asks the work to end; safe from any thread.
  package func cancel() { cancelled.store(true, ordering: .relaxed) }

  /// Whether the work should end.
  package var shouldStop: Bool {
    cancelled.load(ordering: .relaxed) || ContinuousClock.now >= deadline
  }

  /// Throws when the work should end.
  package func check(_ stage: MediaError.Stage, file: String) throws(MediaError) {
    if cancelled.load(ordering: .relaxed) {
      throw MediaError(stage, file: file, cause: .cancelled, detail: "cancelled")
    }
    if ContinuousClock.now >= deadline {
      throw MediaError(
        stage, file: file, cause: .limitExceeded,
        detail: "not finished after \(Int(seconds)) s",
        advice: "The file may be damaged; record the clip again.")
    }
  }
}
