/// Why a face model could not be loaded or run: the file, the place in it and the cause.
package struct ModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What went wrong, in the order in which loading proceeds.
  package enum Kind: String, Equatable, Sendable {
    /// No such file in the model store.
    case missing
    /// The file exists but could not be read.
    case unreadable
    /// The file is not the pinned one: its SHA-256 differs.
    case hashMismatch
    /// The bytes are not a well-formed TFLite FlatBuffer.
    case malformed
    /// Well-formed, but it uses an operator, type or attribute that is not implemented.
    case unsupported
    /// The graph contradicts itself: shapes, indices or attributes that do not fit.
    case invalidGraph
    /// The inference library refused the graph or failed to run it.
    case runtime
    /// There is no memory for it.
    case outOfMemory
  }

  package let kind: Kind
  /// The model's file name or path.
  package let file: String
  /// Byte offset in the file, where one is known.
  package let offset: Int?
  /// One phrase, without the file's name.
  package let cause: String

  package init(_ kind: Kind, file: String, offset: Int? = nil, _ cause: String) {
    self.kind = kind
    self.file = file
    self.offset = offset
    self.cause = cause
  }

  package var description: String {
    let place = offset.map { " at byte \($0)" } ?? ""
    return "face model \(file): \(cause)\(place)"
  }
}
