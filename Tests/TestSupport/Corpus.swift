package import Foundation

/// A folder of real media with a `manifest.tsv`, named by the environment variable `VPREP_CORPUS`.
///
/// The project's own tests do not need it; tests over it run when it is there.
package struct Corpus: Sendable {
  /// The folder.
  package let folder: URL
  /// One entry for each line of the manifest.
  package let entries: [Entry]

  /// One file of the corpus and what its manifest says of it.
  package struct Entry: Sendable, CustomStringConvertible {
    /// Where the file lies.
    package let url: URL
    /// The manifest's columns by their names, such as `faces`, `condition` and `rotation`.
    package let columns: [String: String]

    /// The value of a column; `nil` where it is missing, empty or `-`.
    package subscript(column: String) -> String? {
      columns[column].flatMap { ["", "-"].contains($0) ? nil : $0 }
    }

    /// The path of the file within the corpus.
    package var description: String { columns["file"] ?? url.lastPathComponent }
  }

  /// The corpus that the environment names; `nil` when it names none.
  ///
  /// Throws when it names a folder whose manifest cannot be read: a mistyped path must not pass for
  /// a run over the corpus.
  package static var current: Corpus? {
    get throws {
      guard let path = ProcessInfo.processInfo.environment["VPREP_CORPUS"], !path.isEmpty else {
        return nil
      }
      return try Corpus(folder: URL(filePath: path))
    }
  }

  /// Reads the manifest of a folder.
  package init(folder: URL) throws {
    let text = try String(contentsOf: folder.appending(path: "manifest.tsv"), encoding: .utf8)
    var lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard let names = lines.first, names.first == "file" else {
      throw TestSupportError("\(folder.path)/manifest.tsv does not begin with column names.")
    }
    lines.removeFirst()
    self.folder = folder
    entries = lines.map { values in
      let columns = Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
      return Entry(url: folder.appending(path: values[0]), columns: columns)
    }
  }
}
