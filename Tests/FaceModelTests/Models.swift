import Foundation

@testable import FaceModel

/// The face models, when they are there: embedded or in the package's `Models` folder.
///
/// They are fetched by `make setup` and never part of the repository.
enum Models {
  static let store = ModelStore(
    useEmbedded: true, folders: [packageRoot.appendingPathComponent("Models").path])

  static let available = store.state != .missing

  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let references = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("References")
}
