import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("What a killed run has left")
struct LeftoverTests {
  @Test("is removed by the next run, and nothing else is")
  func swept() throws {
    let folder = try TemporaryFolder()
    let others = [
      ".out.mp4.part", ".out.vprep-.part", ".out.vprep-A1.part", ".out.vprep-a1.part.txt",
      "out.vprep-a1.part", ".vprep-a1", "out.mp4",
    ]
    let dead = [".out.mp4.vprep-3w5e11264sgsf.part", ".vprep-0.part"]
    for name in others + dead { try Data("x".utf8).write(to: folder.file(name)) }
    try OutputFolder(folder.url.path).sweep()
    #expect(try folder.contents == others.sorted())
  }

  @Test("is told from what a run that lives is writing")
  func alive() throws {
    let folder = try TemporaryFolder()
    let output = try OutputFile(
      OutputTarget(folder.path("out"), protecting: ProtectedFiles()))
    let name = try #require(try folder.contents.first)
    #expect(TemporaryFile.isTemporary(name))
    try OutputFolder(folder.url.path).sweep()
    #expect(try folder.contents == [name])
    #expect(output.byteCount == 0)
  }

  @Test("is neither a link nor a folder of such a name, and what a link leads to stays")
  func links() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try Data("theirs".utf8).write(to: folder.file("victim"))
    try files.createSymbolicLink(
      at: folder.file(".a.vprep-1.part"), withDestinationURL: folder.file("victim"))
    try files.createDirectory(
      at: folder.file(".b.vprep-1.part"), withIntermediateDirectories: false)
    #expect(mkfifo(folder.path(".c.vprep-1.part"), 0o600) == 0)
    let before = try folder.contents
    try OutputFolder(folder.url.path).sweep()
    #expect(try folder.contents == before)
    #expect(try Data(contentsOf: folder.file("victim")) == Data("theirs".utf8))
  }

  @Test("has a name that nobody can tell beforehand")
  func unpredictable() throws {
    let folder = try TemporaryFolder()
    let place = try OutputTarget(folder.path("out"), protecting: ProtectedFiles())
    let first = try OutputFile(place)
    let second = try OutputFile(place)
    let names = try folder.contents
    #expect(names.count == 2 && names.allSatisfy { $0.count > 20 })
    #expect(first.byteCount + second.byteCount == 0)
  }
}
