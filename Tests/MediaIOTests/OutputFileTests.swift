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
    let output = try OutputFile(target(folder.path("out")))
    #expect(output.byteCount == 0)
    try output.copy(input)
    #expect(output.byteCount == bytes.count)
    let written = try output.reading(limits: InputLimits())
    try output.commit()
    #expect(written.hasSameBytes(as: input))
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
        var protected = ProtectedFiles()
        protected.add(input)
        _ = try OutputTarget(folder.path(name), protecting: protected)
      }
      #expect(error?.cause == .output)
      #expect(error?.detail.contains("input itself") == true)
    }
    #expect(try folder.contents == ["clip", "hard", "soft"])
    #expect(try Data(contentsOf: folder.file("clip")) == Data("clip".utf8))
  }

  @Test("is refused where it is another file that the call reads")
  func otherInputs() throws {
    let folder = try TemporaryFolder()
    try Data("photo".utf8).write(to: folder.file("photo"))
    try FileManager.default.linkItem(at: folder.file("photo"), to: folder.file("hard"))
    var protected = ProtectedFiles()
    protected.add(path: folder.path("photo"), as: "the photo")
    protected.add(path: folder.path("missing"), as: "nothing")
    let error = #expect(throws: MediaError.self) {
      _ = try OutputTarget(folder.path("hard"), protecting: protected)
    }
    #expect(error?.detail == "the output is the photo")
    _ = try OutputTarget(folder.path("missing"), protecting: protected)
  }

  @Test("has a path without NUL, which would name another file")
  func nul() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path("out") + "\0.mp4", folder.url.path + "\0/out"] {
      let error = #expect(throws: MediaError.self) {
        _ = try OutputTarget(path, protecting: .init())
      }
      #expect(error?.cause == .output)
    }
    #expect(try folder.contents.isEmpty)
  }

  @Test("replaces nothing where it may not, and is placed where nothing is")
  func placedAnew() throws {
    let folder = try TemporaryFolder()
    try Data("foreign".utf8).write(to: folder.file("out"))
    var place = try target(folder.path("out"))
    place.mayReplace = false
    let refused = try OutputFile(place)
    try refused.write(Array("new".utf8).span)
    #expect(Self.error(committing: refused) != nil)
    #expect(try folder.contents == ["out"])
    #expect(try Data(contentsOf: folder.file("out")) == Data("foreign".utf8))
    place.rename(to: "other")
    let output = try OutputFile(place)
    try output.write(Array("new".utf8).span)
    try output.commit()
    #expect(try folder.contents == ["other", "out"])
    #expect(try Data(contentsOf: folder.file("other")) == Data("new".utf8))
  }

  @Test("may be written by two at once; the last one stands")
  func together() throws {
    let folder = try TemporaryFolder()
    let place = try target(folder.path("out"))
    let first = try OutputFile(place)
    let second = try OutputFile(place)
    try first.write(Array("first".utf8).span)
    // What a third run would do when it begins.
    place.folder.sweep()
    try second.write(Array("second".utf8).span)
    try second.commit()
    place.folder.sweep()
    try first.commit()
    #expect(try folder.contents == ["out"])
    #expect(try Data(contentsOf: folder.file("out")) == Data("first".utf8))
  }

  @Test("follows no path that leads elsewhere meanwhile", arguments: Diversion.allCases)
  func diverted(_ diversion: Diversion) throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    for name in ["outputs", "victim"] {
      try files.createDirectory(at: folder.file(name), withIntermediateDirectories: false)
    }
    try Data("theirs".utf8).write(to: folder.file("victim/out"))
    let output = try OutputFile(target(folder.path("outputs/out")))
    try output.write(Array("ours".utf8).span)
    if diversion == .removed {
      try files.removeItem(at: folder.file("outputs"))
    } else {
      try files.moveItem(at: folder.file("outputs"), to: folder.file("moved"))
    }
    switch diversion {
    case .removed, .moved: break
    case .linked:
      try files.createSymbolicLink(
        at: folder.file("outputs"), withDestinationURL: folder.file("victim"))
    case .replaced:
      try files.createDirectory(at: folder.file("outputs"), withIntermediateDirectories: false)
    }
    #expect(Self.error(committing: output)?.cause == .output)
    let moved = (try? files.contentsOfDirectory(atPath: folder.path("moved"))) ?? []
    #expect(moved.isEmpty)
    #expect(try files.contentsOfDirectory(atPath: folder.path("victim")) == ["out"])
    #expect(try Data(contentsOf: folder.file("victim/out")) == Data("theirs".utf8))
  }

  /// What becomes of a folder while an output is written to it.
  enum Diversion: CaseIterable {
    case removed, moved, linked, replaced
  }

  private static func error(committing output: consuming OutputFile) -> MediaError? {
    do throws(MediaError) { try output.commit() } catch { return error }
    return nil
  }

  private func target(_ path: String) throws -> OutputTarget {
    try OutputTarget(path, protecting: ProtectedFiles())
  }

  private func write(
    _ text: String, to path: String, commit: Bool, before: () -> Void = {}
  ) throws {
    let output = try OutputFile(target(path))
    try output.write(Array(text.utf8).span)
    before()
    if commit { try output.commit() }
  }

  private func mode(_ path: String) throws -> Int {
    let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return try #require(value as? Int)
  }
}
