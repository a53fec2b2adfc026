internal import Synchronization

/// How far one call has come: the stage it is in and the share of the input that the stage has read.
///
/// `ClipReader` tells the stage, the demuxer the share. Safe from any thread.
package final class ReadingProgress: Sendable {
  private struct State: Sendable {
    var stage = ""
    var began = ContinuousClock.now
    var told = ContinuousClock.now
    var share = 0.0
  }

  private let state = Mutex(State())
  private let report: @Sendable (String, Double, Double) -> Void
  /// Least time between two reports: ten per second look alive and cost nothing.
  private static let interval = Duration.milliseconds(100)

  /// - Parameter report: gets the stage, the share of it that is done, and the seconds it has taken;
  ///   it is called on the working thread and must return at once.
  package init(_ report: @escaping @Sendable (String, Double, Double) -> Void) {
    self.report = report
  }

  /// Starts a stage.
  func begin(_ stage: ReadingStage) {
    state.withLock { state in
      state.stage = stage.rawValue
      state.share = 0
      (state.began, state.told) = (.now, .now)
    }
    report(stage.rawValue, 0, 0)
  }

  /// Notes that the reading has reached `position` of `count` bytes.
  func reached(_ position: Int, of count: Int) {
    guard count > 0, position > 0 else { return }
    let news: (String, Double, Double)? = state.withLock { state in
      // Interleaved streams and indices are not read in strict order; nobody wants to see that.
      state.share = min(max(state.share, Double(position) / Double(count)), 1)
      let now = ContinuousClock.now
      guard now - state.told >= Self.interval else { return nil }
      state.told = now
      return (state.stage, state.share, (now - state.began) / .seconds(1))
    }
    if let news { report(news.0, news.1, news.2) }
  }
}
