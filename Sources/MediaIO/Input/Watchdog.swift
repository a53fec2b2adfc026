internal import Synchronization

/// Ends work that was cancelled or takes too long; shared by every stage of one call.
///
/// FFmpeg asks it during blocking reads, the loops ask it between packets.
package final class Watchdog: Sendable {
  private let deadline: ContinuousClock.Instant
  private let seconds: Double
  private let cancelled = Atomic(false)
  /// Receives the progress of reading; `nil` if nobody needs it.
  package let progress: ReadingProgress?

  /// Most seconds that a deadline can lie ahead: a year.
  ///
  /// The clock cannot count all that a `Double` holds.
  package static let longest = 31_536_000.0

  /// - Parameter seconds: until the work has to end; less than 0 and what is no number end it at once,
  ///   more than `longest` count as that.
  package init(seconds: Double, progress: ReadingProgress? = nil) {
    self.seconds = seconds.isNaN ? 0 : min(max(seconds, 0), Self.longest)
    deadline = .now + .seconds(self.seconds)
    self.progress = progress
  }

  /// The seconds as a person reads them.
  private var limit: String {
    let tenths = (seconds * 10).rounded() / 10
    return Int(exactly: tenths).map { "\($0)" } ?? "\(tenths)"
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
        detail: "not finished after \(limit) s",
        advice: "The file may be damaged; record the clip again.")
    }
  }
}
