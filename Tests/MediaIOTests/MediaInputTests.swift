import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("A media input")
struct MediaInputTests {
  /// Around the size of the chunks in which a whole input is read.
  static let sizes = [1, 55, 56, 63, 64, 65, 1000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 700_001]

  @Test("has the MD5 that md5sum finds, from a file and from memory", arguments: sizes)
  func md5(size: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = Self.noise(size)
    try Data(bytes).write(to: folder.file("input"))
    let expected = try runProcess("md5sum", [folder.path("input")]).outputText.prefix(32)
    let file = try MediaInput(.file(folder.path("input")), limits: InputLimits())
    let memory = try MediaInput(.bytes(bytes, name: "memory"), limits: InputLimits())
    #expect(try file.md5() == expected)
    #expect(try memory.md5() == expected)
    // The position of one reader is not the start of another.
    #expect(try file.md5() == expected)
  }

  @Test("gives the same bytes at any place, none behind its end")
  func reading() throws {
    let folder = try TemporaryFolder()
    let bytes = Self.noise(1000)
    try Data(bytes).write(to: folder.file("input"))
    let inputs = [
      try MediaInput(.file(folder.path("input")), limits: InputLimits()),
      try MediaInput(.bytes(bytes, name: "memory"), limits: InputLimits()),
    ]
    for input in inputs {
      #expect(input.byteCount == 1000)
      for (position, wanted) in [(0, 10), (990, 10), (0, 1000), (500, 1)] {
        #expect(read(input, position, wanted) == Array(bytes[position..<position + wanted]))
      }
      #expect(read(input, 995, 10) == Array(bytes[995...]))
      #expect(read(input, 1000, 10).isEmpty)
      #expect(read(input, 5000, 10).isEmpty)
    }
  }

  @Test("is the file it was opened as, even when another takes its name")
  func replaced() throws {
    let folder = try TemporaryFolder()
    try Data("first".utf8).write(to: folder.file("input"))
    let input = try MediaInput(.file(folder.path("input")), limits: InputLimits())
    try FileManager.default.removeItem(at: folder.file("input"))
    try Data("second, and longer".utf8).write(to: folder.file("input"))
    #expect(read(input, 0, 100) == Array("first".utf8))
    #expect(input.identity != FileIdentity(folder.path("input")))
  }

  @Test("knows itself under every name of the same file")
  func sameFile() throws {
    let folder = try TemporaryFolder()
    try Data("clip".utf8).write(to: folder.file("input"))
    try Data("clip".utf8).write(to: folder.file("copy"))
    let files = FileManager.default
    try files.linkItem(at: folder.file("input"), to: folder.file("hard"))
    try files.createSymbolicLink(at: folder.file("soft"), withDestinationURL: folder.file("input"))
    let input = try MediaInput(.file(folder.path("input")), limits: InputLimits())
    for name in ["input", "hard", "soft", "./input", "../\(folder.url.lastPathComponent)/input"] {
      #expect(input.identity == FileIdentity(folder.path(name)), "\(name)")
    }
    #expect(input.identity != FileIdentity(folder.path("copy")))
    #expect(FileIdentity(folder.path("nothing")) == nil)
    let memory = try MediaInput(.bytes(Array("clip".utf8), name: "input"), limits: InputLimits())
    #expect(memory.identity == nil)
  }

  @Test("has a path without NUL, which would name another file")
  func nul() throws {
    let folder = try TemporaryFolder()
    try Data("clip".utf8).write(to: folder.file("a"))
    let error = #expect(throws: MediaError.self) {
      _ = try MediaInput(.file(folder.path("a") + "\0" + folder.path("b")), limits: InputLimits())
    }
    #expect(error?.cause == .unreadable)
    #expect(error?.detail == "the path holds a NUL byte")
  }

  @Test("is refused with the reason")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.file("empty"))
    for (path, cause, word) in [
      (folder.path("nothing"), MediaError.Cause.missing, "no such file"),
      (folder.path("empty"), .empty, "0 bytes"), (folder.url.path, .unreadable, "not a file"),
      (folder.path("empty/inside"), .missing, "not a directory"),
    ] {
      let error = #expect(throws: MediaError.self, "\(path)") {
        _ = try MediaInput(.file(path), limits: InputLimits())
      }
      #expect(error?.cause == cause)
      #expect(error?.stage == .open)
      #expect(error?.file == path)
      #expect(error?.detail.contains(word) == true, "\(String(describing: error))")
    }
  }

  private func read(_ input: MediaInput, _ position: Int, _ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = bytes.withUnsafeMutableBytes { input.read(at: position, into: $0) }
    return Array(bytes.prefix(max(got, 0)))
  }

  /// Bytes that repeat only after 2³² of them: a linear congruential generator's upper byte.
  static func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
  }
}
