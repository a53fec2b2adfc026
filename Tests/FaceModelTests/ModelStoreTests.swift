import Foundation
import Testing

@testable import FaceModel

@Suite struct ModelStoreTests {
  /// A folder that is removed when the test ends.
  final class Folder {
    let path: String

    init() throws {
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("vprep-models-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], as file: FaceModelFile) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + file.fileName))
    }
  }

  @Test func withoutModelsTheStoreIsEmptyAndSaysSo() throws {
    let folder = try Folder()
    let store = ModelStore(useEmbedded: false, folders: [folder.path, "/nonexistent"])
    #expect(store.state == .missing)
    #expect(store.state.description == "missing")
    let error = #expect(throws: ModelError.self) { try store.bytes(of: .faceLandmarks) }
    #expect(error?.kind == .missing)
  }

  @Test func theFirstFolderThatHoldsAModelIsUsed() throws {
    let (empty, first, second) = (try Folder(), try Folder(), try Folder())
    try first.write([1, 2, 3], as: .irisLandmarks)
    try second.write([1, 2, 3], as: .irisLandmarks)
    let store = ModelStore(useEmbedded: false, folders: [empty.path, first.path, second.path])
    #expect(store.state == .folder(first.path))
    #expect(store.state.description == first.path)
  }

  @Test func aFileThatIsNotThePinnedOneIsRefused() throws {
    let folder = try Folder()
    try folder.write(Array("TFL3 something else".utf8), as: .faceLandmarks)
    let store = ModelStore(useEmbedded: false, folders: [folder.path])
    let error = #expect(throws: ModelError.self) { try store.bytes(of: .faceLandmarks) }
    #expect(error?.kind == .hashMismatch)
    #expect(error?.file == folder.path + "/face_landmark.tflite")
    #expect(error?.cause.contains(FaceModelFile.faceLandmarks.sha256) == true)
  }

  @Test func aMissingFileOfAFolderIsNamed() throws {
    let folder = try Folder()
    try folder.write([0], as: .faceLandmarks)
    let store = ModelStore(useEmbedded: false, folders: [folder.path])
    let error = #expect(throws: ModelError.self) { try store.bytes(of: .irisLandmarks) }
    #expect(error?.kind == .missing)
    #expect(error?.file == folder.path + "/iris_landmark.tflite")
  }

  @Test func whatIsNotAFileIsNotRead() throws {
    let folder = try Folder()
    let path = folder.path + "/" + FaceModelFile.faceLandmarks.fileName
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false)
    let store = ModelStore(useEmbedded: false, folders: [folder.path])
    let error = #expect(throws: ModelError.self) { try store.bytes(of: .faceLandmarks) }
    #expect(error?.kind == .unreadable)
  }

  @Test func theEnvironmentComesFirstThenTheSharedFolder() {
    let folders = ModelStore.folders(
      environment: ["VPREP_MODELS": "/chosen"], executable: "/opt/tools/vprep")
    #expect(
      folders == ["/chosen", "/usr/local/share/vprep/models", "/opt/tools/Models", "Models"])
    let bare = ModelStore.folders(environment: ["VPREP_MODELS": ""], executable: "vprep")
    #expect(bare == ["/usr/local/share/vprep/models", "Models"])
  }

  @Test(.enabled(if: Models.available), arguments: FaceModelFile.allCases)
  func everyModelHasItsPinnedDigest(_ file: FaceModelFile) throws {
    let bytes = try Models.store.bytes(of: file)
    #expect(SHA256(bytes).hexadecimal == file.sha256)
  }

  @Test(.enabled(if: Models.available), arguments: FaceModelFile.allCases)
  func oneWrongBitIsNoticed(_ file: FaceModelFile) throws {
    let folder = try Folder()
    var bytes = try Models.store.bytes(of: file)
    try folder.write(bytes, as: file)
    let store = ModelStore(useEmbedded: false, folders: [folder.path])
    #expect(try store.bytes(of: file) == bytes)
    bytes[bytes.count / 2] ^= 1
    try folder.write(bytes, as: file)
    let error = #expect(throws: ModelError.self) { _ = try store.network(file) }
    #expect(error?.kind == .hashMismatch)
  }
}
