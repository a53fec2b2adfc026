import Foundation
import Glibc

/// The folder in which each request has a folder of its own while it is answered.
///
/// It is locked while the service runs, so the next one can tell what a killed one has left.
final class Spool: Sendable {
  let path: String
  private let lock: Int32

  private static let prefix = "vprep-serve-"

  /// Makes the folder, and removes those of services that run no more.
  init(in parent: String) throws {
    Self.sweep(parent)
    var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SpoolError(path: parent, code: errno) }
    path = String(cString: made)
    lock = open("\(path)/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw SpoolError(path: path, code: errno)
    }
  }

  /// Removes the folder with all that it holds.
  func remove() { try? FileManager.default.removeItem(atPath: path) }

  deinit { close(lock) }

  private static func sweep(_ parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let descriptor = open("\(parent)/\(name)/lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
    }
  }

  /// Makes a folder for one request, which is gone when `body` ends.
  func withFolder<Result: Sendable>(
    _ body: (RequestFolder) async throws -> Result
  ) async throws -> Result {
    let folder = try RequestFolder(in: path)
    defer { folder.remove() }
    return try await body(folder)
  }
}

/// The folder of one request.
struct RequestFolder: Sendable {
  let path: String

  init(in parent: String) throws {
    path = "\(parent)/\(UUID().uuidString.lowercased())"
    guard mkdir(path, 0o700) == 0 else { throw SpoolError(path: path, code: errno) }
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// Why nothing can be stored.
struct SpoolError: Error, CustomStringConvertible {
  let path: String
  let code: Int32
  var description: String { "\(path): \(String(cString: strerror(code)).lowercased())" }
}
