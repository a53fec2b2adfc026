import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("An output file")
struct OutputFileTests {
  @Test("appears under its name when it is committed, and not before")
  func commit() throws {
    let folder = try TemporaryFolder()
    try write("new", to: folder.path("out"), commit: true) {
      #expect(!FileManager.default.fileExists(atPath: folder.path("out")))
    }
    #expect(try folder.contents == ["out"])
    #expect(try Data(contentsOf: folder.file("out")) == Data("new".utf8))
  }

  @Test("leaves nothing behind when it is given up, and what stood there untouched")
  func givenUp() throws {
    let folder = try TemporaryFolder()
    try write("new", to: folder.path("out"), commit: false)
    #expect(try folder.contents.isEmpty)
    try Data("old".utf8).write(to: folder.file("out"))
    try write("new", to: folder.path("out"), commit: false)
    #expect(try folder.contents == ["out"])
    #expect(try Data(contentsOf: folder.file("out")) == Data("old".utf8))
  }

  @Test("replaces what stood there in one step")
  func replaces() throws {
    let folder = try TemporaryFolder()
    try Data("old".utf8).write(to: folder.file("out"))
    try write("new", to: folder.path("out"), commit: true) {
      #expect((try? Data(contentsOf: folder.file("out"))) == Data("old".utf8))
    }
    #expect(try Data(contentsOf: folder.file("out")) == Data("new".utf8))
    #expect(try folder.contents == ["out"])
  }

  @Test("counts its bytes and copies an input whole")
  func copies() throws {
    let folder = try TemporaryFolder()
    let bytes = MediaInputTests.noise(600_000)
    let input = try MediaInput(.bytes(bytes, name: "input"), limits: InputLimits())
    let output = try OutputFile(folder.path("out"), input: input)
    #expect(output.byteCount == 0)
    try output.copy(input)
    #expect(output.byteCount == bytes.count)
    try output.commit()
    #expect(try Data(contentsOf: folder.file("out")) == Data(bytes))
  }

  @Test("has the permissions of any new file")
  func permissions() throws {
    let folder = try TemporaryFolder()
    try write("new", to: folder.path("out"), commit: true)
    _ = FileManager.default.createFile(atPath: folder.path("other"), contents: nil)
    let (own, other) = try (mode(folder.path("out")), mode(folder.path("other")))
    // A file that Foundation makes has no more than these.
    #expect(own & 0o600 == 0o600)
    #expect(own & other == other)
    #expect(own & 0o111 == 0)
  }

  @Test("may have a name as long as the file system takes, and any characters")
  func names() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 251) + ".mp4"
    for name in [long, "a b.mp4", "-o.mp4", "ünïcödé 🙂.mp4", "no-ending", ".hidden"] {
      try write("new", to: folder.path(name), commit: true)
      #expect(try folder.contents == [name])
      try FileManager.default.removeItem(atPath: folder.path(name))
    }
  }

  @Test("is refused where it cannot stand, before anything is done")
  func refused() throws {
    let folder = try TemporaryFolder()
    try Data("a file".utf8).write(to: folder.file("file"))
    for path in [
      folder.path("no-such-folder/out"), folder.path("file/out"), "/proc/out", "",
      folder.url.path, "/dev/null", folder.url.path + "/",
    ] {
      let error = #expect(throws: MediaError.self, "\(path)") {
        try write("new", to: path, commit: true)
      }
      #expect(error?.cause == .output, "\(path)")
      #expect(error?.file == path)
    }
    #expect(try folder.contents == ["file"])
  }

  @Test("is refused where it is the input, under any of its names")
  func inputItself() throws {
    let folder = try TemporaryFolder()
    try Data("clip".utf8).write(to: folder.file("clip"))
    let files = FileManager.default
    try files.linkItem(at: folder.file("clip"), to: folder.file("hard"))
    try files.createSymbolicLink(at: folder.file("soft"), withDestinationURL: folder.file("clip"))
    let input = try MediaInput(.file(folder.path("clip")), limits: InputLimits())
    for name in ["clip", "hard", "soft"] {
      let error = #expect(throws: MediaError.self, "\(name)") {
        _ = try OutputFile(folder.path(name), input: input)
      }
      #expect(error?.cause == .output)
      #expect(error?.detail.contains("input itself") == true)
    }
    #expect(try folder.contents == ["clip", "hard", "soft"])
    #expect(try Data(contentsOf: folder.file("clip")) == Data("clip".utf8))
  }

  private func write(
    _ text: String, to path: String, commit: Bool, before: () -> Void = {}
  ) throws {
    let input = try MediaInput(.bytes([1], name: "input"), limits: InputLimits())
    let output = try OutputFile(path, input: input)
    try output.write(Array(text.utf8).span)
    before()
    if commit { try output.commit() }
  }

  private func mode(_ path: String) throws -> Int {
    let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require(value as? Int)
  }
}
