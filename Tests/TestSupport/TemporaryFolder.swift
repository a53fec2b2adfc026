package import Foundation

/// A new folder that is removed with all it holds at the end of its owner's scope.
package struct TemporaryFolder: ~Copyable {
  /// Where the folder lies.
  package let url: URL

  /// Makes the folder.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "vprep-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Where a file of that name lies or would lie.
  package func file(_ name: String) -> URL { url.appending(path: name) }

  /// The path of a file of that name.
  package func path(_ name: String) -> String { file(name).path(percentEncoded: false) }

  /// The names of what the folder holds, sorted.
  package var contents: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}
