import TestSupport
import Testing

@testable import FaceModel
@testable import VPrep

@Suite("Without face models")
struct MissingModelsTests {
  /// Networks of a build without models, on a machine without a folder of them.
  private let engines = FaceEnginePool(
    ModelStore(useEmbedded: false, folders: ["/no/such/folder"]))

  private func call(_ call: Gate.Call, _ id: String) throws -> ReportDocument {
    try Gate(.tencent(.silent)).callBlocking(
      call, on: .file(try TestClips.named(id).path), cancellation: Cancellation(), engines: engines)
  }

  @Test("a call that looks at faces fails, says what to do, and writes nothing")
  func fails() throws {
    let folder = try TemporaryFolder()
    let calls: [Gate.Call] = [
      .check, .preview(count: 1, path: folder.path("a.jpg")), .prepare(path: folder.path("a.mp4")),
    ]
    for one in calls {
      let error = #expect(throws: VPrepError.self) { try call(one, "good-silent") }
      #expect(error?.cause == .library)
      #expect(error?.file == "face models")
      #expect(error?.code == nil)
      #expect(error?.advice?.contains("VPREP_MODELS") == true)
      #expect(try folder.contents == [])
    }
  }

  @Test("a call that looks at no face works")
  func works() throws {
    let folder = try TemporaryFolder()
    #expect(try call(.probe, "good-silent").input.container == "mp4")
    #expect(try call(.fit(path: folder.path("a.mp4")), "matroska").fit?.output?.container == "mp4")
  }
}
