import Glibc

/// A file of a request while it is written.
final class UploadedFile {
  let path: String
  /// The name that the client gave it.
  let name: String
  private(set) var count = 0
  private let descriptor: Int32

  init(path: String, name: String?) throws {
    self.path = path
    self.name = Self.shown(name)
    descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.error }
  }

  deinit { close(descriptor) }

  func write(_ bytes: some Sequence<UInt8>) throws {
    let done: Void? = try bytes.withContiguousStorageIfAvailable { try write(all: $0) }
    if done == nil { try Array(bytes).withUnsafeBufferPointer { try write(all: $0) } }
  }

  private func write(all bytes: UnsafeBufferPointer<UInt8>) throws {
    var left = bytes[...]
    while !left.isEmpty {
      let written = Glibc.write(
        descriptor, UnsafeBufferPointer(rebasing: left).baseAddress, left.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.error }
      left = left.dropFirst(written)
    }
    count += bytes.count
  }

  private static var error: ServiceError {
    ServiceError(
      status: .insufficientStorage, kind: "output", stage: "upload",
      message: "the upload cannot be stored: \(String(cString: strerror(errno)).lowercased())",
      retryAfter: 5)
  }

  /// The name as reports show it: without folders and control characters.
  private static func shown(_ name: String?) -> String {
    let last = (name ?? "").split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    let text = String(
      String.UnicodeScalarView(
        last.unicodeScalars.filter {
          !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 32 && $0.value != 127
        }
      ).prefix(120))
    return text.isEmpty ? "clip" : text
  }
}
