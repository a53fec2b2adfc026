internal import MediaIO

/// A clip to probe, check, fit or preview.
public enum Clip: Sendable {
  /// A file on disk.
  case file(String)
  /// A whole clip in memory; the name is for messages and the report.
  case bytes([UInt8], name: String)
  /// The process's standard input, a file or a pipe; it can be read once.
  case standardInput
  /// An open file of this process, which stays open and the caller's; the name is for messages and the
  /// report.
  case descriptor(Int32, name: String)

  var source: InputSource {
    switch self {
    case .file(let path): .file(path)
    case .bytes(let bytes, let name): .bytes(bytes, name: name)
    case .standardInput: .standardInput
    case .descriptor(let number, let name): .descriptor(number, name: name)
    }
  }
}
