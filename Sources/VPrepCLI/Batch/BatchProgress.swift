import Foundation

/// One line on the terminal that shows how many clips are done; logs and pipes see nothing of it.
final class BatchProgress {
  private let isOnTerminal =
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  private let started = ContinuousClock.now
  private var isShown = false

  /// Shows how far the batch has come.
  func show(done: Int, of count: Int) {
    guard isOnTerminal, done < count, done > 0 else { return }
    let seconds = Double((ContinuousClock.now - started).components.seconds)
    let left = Int((seconds / Double(done) * Double(count - done)).rounded(.up))
    let time = seconds < 2 ? "" : ", \(left) s left"
    FileHandle.standardError.write(Data("\r\(done) of \(count) clips\(time)\u{1B}[K".utf8))
    isShown = true
  }

  /// Takes the line away, so that what follows has it for itself.
  func clear() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    isShown = false
  }
}
