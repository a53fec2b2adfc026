/// Where a clip comes from.
package enum InputSource: Sendable {
  /// A file on disk.
  case file(String)
  /// A whole clip in memory, with a name for messages.
  case bytes([UInt8], name: String)
  /// The process's standard input, a file or a pipe.
  case standardInput
  /// An open file of this process, with a name for messages; it is not closed.
  case descriptor(Int32, name: String)

  /// How messages and the report name it.
  package var name: String {
    switch self {
    case .file(let path): path
    case .bytes(_, let name): name
    case .standardInput: "-"
    case .descriptor(_, let name): name
    }
  }
}
