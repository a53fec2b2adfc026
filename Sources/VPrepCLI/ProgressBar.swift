import Foundation
import Synchronization
import VPrep

/// One line on the terminal that shows how far the work has come; it is gone when the work is done.
///
/// It goes to standard error, and only when that is a terminal: logs and pipes see nothing of it.
final class ProgressBar: Sendable {
  /// Most characters between the brackets.
  private static let width = 24
  /// Columns of a line; one that is longer is not taken away as a whole.
  private let columns: Int
  private let isShown = Mutex(false)

  /// A bar on standard error; `nil` where no person would see it.
  private static var onTerminal: ProgressBar? {
    let terminal = Console.errors
    guard terminal.isInteractive, ProcessInfo.processInfo.environment["TERM"] != "dumb" else {
      return nil
    }
    return ProgressBar(columns: terminal.columns)
  }

  private init(columns: Int) { self.columns = columns }

  /// Makes a call of `gate` with a bar, where there is a terminal to show one.
  static func showing<R>(
    _ gate: Gate, _ call: (Gate) async throws -> R
  ) async throws -> R {
    guard let bar = onTerminal else { return try await call(gate) }
    var gate = gate
    gate.runtime.onProgress = { bar.show($0) }
    defer { bar.clear() }
    return try await call(gate)
  }

  /// Draws the bar again.
  func show(_ progress: Gate.Progress) {
    isShown.withLock { $0 = true }
    FileHandle.standardError.write(
      Data(("\r" + Self.line(progress, columns: columns) + "\u{1B}[K").utf8))
  }

  /// Takes the bar away, so that what follows has the line for itself.
  func clear() {
    isShown.withLock { isShown in
      if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
      isShown = false
    }
  }

  /// The bar's text, such as `encoding  [######------------------]  25 %, 6 s left`.
  static func line(_ progress: Gate.Progress, columns: Int) -> String {
    // Stage, brackets, percent and what is left take 35 columns.
    let width = min(max(columns - 36, 4), Self.width)
    let share = min(max(progress.share, 0), 1)
    let done = Int(share * Double(width))
    let bar = String(repeating: "#", count: done) + String(repeating: "-", count: width - done)
    let percent = "\(Int(share * 100))"
    let number = String(repeating: " ", count: 3 - percent.count) + percent
    let left = progress.secondsLeft.map { ", \(Int($0.rounded(.up))) s left" } ?? ""
    return progress.stage.label.padded(to: 11) + "[\(bar)] \(number) %\(left)"
  }
}

extension Gate.Progress.Stage {
  /// What a person reads; at most ten letters.
  fileprivate var label: String {
    switch self {
    case .probe: "reading"
    case .measure: "measuring"
    case .fit: "writing"
    case .verify: "verifying"
    case .recheck: "rechecking"
    case .preview: "previews"
    }
  }
}
