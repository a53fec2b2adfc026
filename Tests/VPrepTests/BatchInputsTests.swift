import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("The clips of a batch")
struct BatchInputsTests {
  /// Makes empty files and folders (which end in a slash) below a folder.
  static func make(_ paths: [String], in folder: borrowing TemporaryFolder) throws {
    for path in paths {
      let url = folder.file(path)
      let parent = path.hasSuffix("/") ? url : url.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      if !path.hasSuffix("/") { try Data().write(to: url) }
    }
  }

  private func items(folder: String, of paths: [String]) -> [BatchItem] {
    var inputs = BatchInputs(folder: folder)
    inputs.add(paths)
    return inputs.items
  }

  @Test("are the media files at any depth, sorted, without hidden ones and the batch's own")
  func search() throws {
    let folder = try TemporaryFolder()
    let root = folder.path("in")
    try Self.make(
      [
        "in/b.mp4", "in/a/z.MOV", "in/a/b/c.webm", "in/notes.txt", "in/mp4", "in/.hidden.mp4",
        "in/.git/x.mp4", "in/out/b.mp4", "in/empty/", "in/a.ts", "in/photo.jpg",
      ], in: folder)
    try FileManager.default.createSymbolicLink(
      atPath: root + "/a/loop", withDestinationPath: root)
    try FileManager.default.createSymbolicLink(
      atPath: root + "/a/link.mp4", withDestinationPath: root + "/b.mp4")
    for input in [root, root + "/"] {
      let found = items(folder: root + "/out", of: [input])
      let names = ["a/b/c.webm", "a/link.mp4", "a/z.MOV", "a.ts", "b.mp4"]
      #expect(found.map(\.path) == names.map { root + "/" + $0 })
      #expect(found.map(\.index) == Array(0..<5))
      #expect(found.allSatisfy { $0.problem == nil })
    }
  }

  @Test("are taken as given, whatever their ending, and once")
  func given() throws {
    let folder = try TemporaryFolder()
    try Self.make(["in/clip", "in/b.mp4"], in: folder)
    let (clip, other) = (folder.path("in/clip"), folder.path("in/b.mp4"))
    let found = items(
      folder: folder.path("out"),
      of: [clip, folder.path("in/../in/./clip"), folder.path("in"), other, "/missing.mp4"])
    #expect(found.map(\.path) == [clip, other, "/missing.mp4"])
    #expect(found.map(\.absolutePath) == [clip, other, "/missing.mp4"])
  }

  @Test("of a folder without any are an error about the folder")
  func emptyFolder() throws {
    let folder = try TemporaryFolder()
    try Self.make(["in/notes.txt"], in: folder)
    let found = items(folder: folder.path("out"), of: [folder.path("in")])
    #expect(found.map(\.path) == [folder.path("in")])
    #expect(found.first?.problem?.kind == .unusableInput(.unreadable))
  }

  @Test("may be a list of one path a line")
  func list() {
    #expect(Batch.paths(inList: "a b.mp4\n\n/c.mov\r\nd.mp4") == ["a b.mp4", "/c.mov", "d.mp4"])
    #expect(Batch.paths(inList: "") == [])
  }

  @Test("may be a list with a NUL behind each path, whose line ends belong to the paths")
  func nulList() {
    #expect(
      Batch.paths(inList: "a\nb.mp4\0/c.mov\0\0d e.mp4\0") == ["a\nb.mp4", "/c.mov", "d e.mp4"])
    // A line end and a combining mark after it are one character, but two scalars.
    #expect(Batch.paths(inList: "a\0\u{301}b\0") == ["a", "\u{301}b"])
  }

  @Test("are both there where two names look alike and are spelled in two ways of Unicode")
  func normalisation() throws {
    let folder = try TemporaryFolder()
    let names = ["caf\u{E9}.mp4", "cafe\u{301}.mp4"]
    try Self.make(names.map { "in/" + $0 }, in: folder)
    let found = items(folder: folder.path("out"), of: [folder.path("in")])
    #expect(Set(found.map { FilePath($0.absolutePath) }).count == 2)
    let named = try BatchNames(folder: folder.path("out"), known: [:]).assign(found)
    #expect(Set(named.compactMap(\.stem)).count == 2)
  }

  @Test("have no NUL in their paths")
  func nul() throws {
    let folder = try TemporaryFolder()
    try Self.make(["in/a.mp4"], in: folder)
    for path in [folder.path("in") + "\0", folder.path("in/a.mp4") + "\0x.mp4"] {
      let found = items(folder: folder.path("out"), of: [path])
      #expect(found.map(\.path) == [path])
      #expect(found.first?.problem?.kind == .unusableInput(.unreadable))
    }
  }
}

@Suite("The names of a batch's outputs")
struct BatchNamesTests {
  static func names(
    _ paths: [String], known: [String: String] = [:], folder: String = "/out",
    others: [String] = [], places: [String: String] = [:]
  ) throws -> [String] {
    let known = Dictionary(uniqueKeysWithValues: known.map { (FilePath($0.key), $0.value) })
    let items = paths.enumerated().map {
      BatchItem(
        index: $0.offset, path: $0.element, absolutePath: $0.element,
        place: places[$0.element] ?? BatchTree.split($0.element).file)
    }
    return try BatchNames(folder: folder, known: known) { place in
      others.filter { BatchTree.split($0).folder == place }
    }.assign(items)
      .compactMap(\.stem)
  }

  @Test("are those of the clips where these differ")
  func plain() throws {
    #expect(
      try Self.names(["/in/a.mov", "/in/b.c.mp4", "/in/.d", "/in/e"]) == ["a", "b.c", ".d", "e"])
  }

  @Test("differ where clips share a name, and do not depend on the order")
  func collisions() throws {
    let paths = ["/in/1/face.mov", "/in/2/Face.mp4", "/in/2/face.webm", "/in/other.mp4"]
    let names = try Self.names(paths)
    #expect(Set(names.map { $0.lowercased() }).count == 4)
    #expect(names.prefix(3).allSatisfy { $0.lowercased().hasPrefix("face-") })
    #expect(names.last == "other")
    #expect(try Self.names(paths.reversed()) == names.reversed())
  }

  @Test("stay with the clips that have them")
  func known() throws {
    let known = ["/in/1/face.mov": "face", "/in/3/x.mp4": "x"]
    let names = try Self.names(
      ["/in/2/face.mov", "/in/1/face.mov", "/in/4/x.mp4"], known: known)
    #expect(names[1] == "face")
    #expect(names[0].hasPrefix("face-") && names[2].hasPrefix("x-"))
    let all = Dictionary(
      uniqueKeysWithValues: zip(["/in/2/face.mov", "/in/1/face.mov", "/in/4/x.mp4"], names))
    #expect(try Self.names(["/in/2/face.mov"], known: all) == [names[0]])
  }

  @Test("are never those of clips that lie in the batch's folder")
  func inFolder() throws {
    let names = try Self.names(["/out/a.mp4", "/in/b.mov"])
    #expect(names[0].hasPrefix("a-"))
    #expect(names[1] == "b")
  }

  @Test("are never those of files that others have put there, whatever their ending")
  func strangers() throws {
    let names = try Self.names(
      ["/in/a.mov", "/in/b.mov", "/in/c.mov"], known: ["/in/c.mov": "c"],
      others: ["A.webm", "b.MP4", "d.mp4"])
    #expect(names[0].hasPrefix("a-") && names[1].hasPrefix("b-"))
    #expect(names[2] == "c")
  }

  @Test("keep the folders that the clips lie in")
  func folders() throws {
    let names = try Self.names(
      ["/in/a/x.mov", "/in/b/x.mov", "/in/a/x.mp4/y.mov", "/in/refused/z.mov", "/in/w.mov"],
      others: ["refused/b/x.webm", "w.webm"],
      places: [
        "/in/a/x.mov": "a/x.mov", "/in/b/x.mov": "b/x.mov",
        "/in/a/x.mp4/y.mov": "a/x.mp4/y.mov", "/in/refused/z.mov": "Refused/z.mov",
      ])
    // A folder is called a/x.mp4, so no output can be; a stranger has b/x among the refused.
    #expect(names[0].hasPrefix("a/x-") && names[1].hasPrefix("b/x-"))
    #expect(names[2] == "a/x.mp4/y")
    #expect(names[3] == "Refused_/z")
    #expect(names[4].hasPrefix("w-"))
  }

  @Test("fit a file system, and differ all the same")
  func long() throws {
    let long = String(repeating: "é", count: 120)
    let names = try Self.names(["/in/\(long)1.mp4", "/in/\(long)2.mp4"])
    #expect(Set(names).count == 2)
    #expect(names.allSatisfy { $0.utf8.count <= 220 })
  }
}

@Suite("The processors of a batch")
struct ProcessorCountTests {
  @Test("are those that the kernel lets the process run on")
  func mask() {
    #expect(ProcessorCount.allowed(inStatus: "Name:\tvprep\nCpus_allowed:\t3\n") == 2)
    #expect(ProcessorCount.allowed(inStatus: "Cpus_allowed:\tff,ffffffff\nMems:\t1") == 40)
    #expect(ProcessorCount.allowed(inStatus: "Cpus_allowed_list:\t0-1\n") == nil)
    #expect(ProcessorCount.available >= 1)
  }
}
