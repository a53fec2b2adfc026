import Foundation

/// What a stream shows: how wide its lines are, and whether it takes colours.
struct Terminal: Sendable, Equatable {
  /// Whether a person looks at it; not a pipe or a file.
  let isInteractive: Bool
  /// Columns of a line.
  let columns: Int
  /// Whether colours are written.
  let hasColor: Bool

  /// Columns where nobody says how many there are.
  private static let usualColumns = 80

  /// Asks the stream behind a descriptor.
  static func behind(_ descriptor: Int32) -> Terminal {
    var size = winsize()
    let isInteractive = isatty(descriptor) == 1
    let isKnown = isInteractive && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
    return Terminal(
      isInteractive: isInteractive, columns: isKnown ? Int(size.ws_col) : nil,
      environment: ProcessInfo.processInfo.environment)
  }

  /// - Parameters:
  ///   - isInteractive: whether it is a terminal.
  ///   - columns: what the terminal says of its width; `nil` and 0 where it says nothing.
  ///   - environment: `COLUMNS` replaces the width. `NO_COLOR` (https://no-color.org) and `CLICOLOR=0`
  ///     switch colours off, `CLICOLOR_FORCE` switches them on, in pipes too
  ///     (https://bixense.com/clicolors); the first of these that is set decides, `NO_COLOR` before
  ///     `CLICOLOR_FORCE`.
  init(isInteractive: Bool, columns: Int?, environment: [String: String]) {
    self.isInteractive = isInteractive
    let asked = environment["COLUMNS"].flatMap { Int($0) }
    let known = [asked, columns].compactMap { $0 }.first { (1...10_000).contains($0) }
    self.columns = known ?? Self.usualColumns
    hasColor =
      if let no = environment["NO_COLOR"], !no.isEmpty {
        false
      } else if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" {
        true
      } else {
        isInteractive && environment["CLICOLOR"] != "0" && environment["TERM"] != "dumb"
      }
  }
}
