import Foundation

/// What the program writes: results to standard output, everything else to standard error.
enum Console {
  /// Whether results go to a person: a terminal that takes colour.
  static var hasColor: Bool {
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
      && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Writes one line for people to standard error.
  static func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Writes a result to standard output.
  static func write(_ data: Data) throws {
    try FileHandle.standardOutput.write(contentsOf: data)
  }

  /// Writes a result and a line end to standard output.
  static func write(_ text: String) throws {
    try write(Data((text + "\n").utf8))
  }
}
