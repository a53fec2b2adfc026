package import Foundation

/// Where the repository and what was built from it lie.
package enum Repository {
  /// The folder that holds `Package.swift`.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the face models that `make setup` fetches.
  package static let models = root.appending(path: "Models")

  /// The folder of the build that runs these tests: the test bundle's own on Linux.
  package static let products: URL = {
    let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let holdsProgram = FileManager.default.isExecutableFile(
      atPath: own.appending(path: "vprep").path(percentEncoded: false))
    return holdsProgram ? own : root.appending(path: ".build/debug")
  }()

  /// The `vprep` program of the build that runs these tests.
  package static let vprep = products.appending(path: "vprep")
}

/// Why test support could not do its part: one sentence with what to do about it.
package struct TestSupportError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
