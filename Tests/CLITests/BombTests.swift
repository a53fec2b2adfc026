import Foundation
import TestSupport
import Testing

/// A file of `TestVideos/bombs` and what is said of it.
struct Bomb: CustomTestStringConvertible, Sendable {
  let name: String
  /// What the one line says.
  let says: String
  var testDescription: String { name }

  init(_ name: String, _ says: String) {
    self.name = name
    self.says = says
  }

  /// Writes the file into a folder; returns its path.
  func make(in folder: borrowing TemporaryFolder) throws -> String {
    let path = folder.path(name)
    let script = Repository.root.appending(path: "TestVideos/bombs").path(percentEncoded: false)
    let made = try runProcess("python3", [script, name, path])
    try #require(made.status == 0, "\(made.errorText)")
    return path
  }
}

@Suite("A file that claims or unfolds to too much")
struct BombTests {
  static let clips = [
    Bomb("claimed-frames", "packets"),
    Bomb("table-stsz", "entries"), Bomb("table-stz2", "entries"), Bomb("table-stts", "entries"),
    Bomb("table-ctts", "entries"), Bomb("table-stsc", "entries"), Bomb("table-stco", "entries"),
    Bomb("table-co64", "entries"), Bomb("table-stss", "entries"), Bomb("fragment", "packets"),
    Bomb("table-outside", "entries"),
    Bomb("streams-900", "streams"), Bomb("streams-10000", "streams"),
    Bomb("edits-1000", "edit list"), Bomb("edits-50000", "edit list"),
    Bomb("tags-of-a-gigabyte", "headers"), Bomb("codec-header-of-a-gigabyte", "headers"),
    Bomb("compressed-index-that-claims", "headers"),
    Bomb("compressed-index-that-unfolds", "headers"),
    Bomb("compressed-index-that-holds", "entries"),
    Bomb("one-frame-a-second-for-ten-hours", "longer than 600 s"),
    Bomb("eight-hours-of-aac", "longer than 600 s"),
    Bomb("one-picture-for-ten-minutes", "twice the file's size"),
    Bomb("packets-that-unfold-zlib", "compressed by the container"),
    Bomb("packets-that-unfold-bzlib", "compressed by the container"),
    Bomb("packets-that-unfold-header", "compressed by the container"),
    Bomb("clusters-without-packets", "clusters"),
    Bomb("large-picture-three-thousand-times", "8192×8192"),
    Bomb("many-tags", "tags"), Bomb("cover-png", "16000×16000"), Bomb("cover-jpeg", "16000×16000"),
    Bomb("huge-picture-in-h264", ""), Bomb("huge-picture-in-hevc", ""),
    Bomb("huge-picture-in-mjpeg", "16384×16384"), Bomb("huge-picture-in-vp8", "16383×16383"),
    Bomb("huge-picture-in-png", "16384×16384"), Bomb("huge-picture-in-mpeg2", "16383×16383"),
    Bomb("huge-picture-claimed-by-mp4", "16384×16384"), Bomb("huge-picture-claimed-by-flv", ""),
    Bomb("huge-picture-claimed-by-mpegts", ""), Bomb("picture-that-grows", "9600×9600"),
    Bomb("scans-in-a-clip", "scans"), Bomb("block-of-a-gigabyte", "without finding"),
    Bomb("codec-private-of-a-gigabyte", "headers"), Bomb("attachments", "streams"),
    Bomb("matroska-tags", "tags"), Bomb("tiny-packets", "packets"),
    Bomb("samples-a-second-1", "samples per second"),
    Bomb("samples-a-second-7", "samples per second"),
    Bomb("samples-a-second-100", "samples per second"),
    Bomb("samples-a-packet-3200", "the audio continues"),
    Bomb("samples-a-packet-1000000", "the audio continues"),
    Bomb("long-sound-in-flac", "the audio continues"),
    Bomb("long-sound-in-opus", "the audio continues"),
    Bomb("three-hours-of-eight-channels", "the audio continues"), Bomb("avi-tags", "tags"),
    Bomb("avi-index", "packets"), Bomb("flv-script", "tags"), Bomb("asf-tags", "tags"),
    Bomb("terabyte", "larger than"), Bomb("zeros", "without finding"),
  ]

  @Test("as a clip ends with 3 and one line, in little memory", arguments: clips)
  func clip(bomb: Bomb) throws {
    let folder = try TemporaryFolder()
    let path = try bomb.make(in: folder)
    let output = folder.path("out.mp4")
    for command in [["check", "--exhaustive"], ["fit", "--max-bytes", "20000", "-o", output]] {
      let ended = try Self.run(command + ["--provider", "megvii", path])
      expect(ended, says: bomb.says, of: path, status: 3)
    }
    #expect(try folder.contents == [bomb.name])
  }

  static let photos = [
    Bomb("photo-huge-png", "16384×16384"), Bomb("photo-huge-jpeg", "16384×16384"),
    Bomb("photo-text-zTXt", "texts and profiles"), Bomb("photo-text-iCCP", "texts and profiles"),
    Bomb("photo-text-iTXt", "texts and profiles"), Bomb("photo-text-fifty", "texts and profiles"),
    Bomb("photo-rows", "decompresses to more"), Bomb("photo-chunks", "chunks"),
    Bomb("photo-scans", "scans"),
  ]

  @Test("as a photo ends with 3 and one line, in little memory", arguments: photos)
  func photo(bomb: Bomb) throws {
    let folder = try TemporaryFolder()
    let path = try bomb.make(in: folder)
    let clip = try TestClips.named("short-0.4").path
    let ended = try Self.run(["check", "--provider", "tencent", "--photo", path, clip])
    expect(ended, says: bomb.says, of: path, status: 3)
  }

  static let texts = [
    Bomb("json-that-is-large", "larger than 1000000 bytes"),
    Bomb("json-that-is-wide", "larger than 1000000 bytes"),
    Bomb("json-that-is-deep", "deeper than 32 levels"),
  ]

  @Test("as JSON is bad usage and one line, in little memory", arguments: texts)
  func json(bomb: Bomb) throws {
    let folder = try TemporaryFolder()
    let path = try bomb.make(in: folder)
    for option in ["--request", "--rules"] {
      let ended = try Self.run(
        ["check", "--provider", "tencent", option, path, TestClips.named("short-0.4").path])
      expect(ended, says: bomb.says, of: path, status: 2)
    }
  }

  @Test("is also a device that never ends", arguments: ["--request", "--rules"])
  func device(option: String) throws {
    let ended = try Self.run(
      ["check", "--provider", "tencent", option, "/dev/zero", TestClips.named("short-0.4").path])
    expect(ended, says: "", of: "/dev/zero", status: 2)
  }

  private static func run(_ arguments: [String]) throws -> MeasuredResult {
    try runMeasured(Repository.vprep.path(percentEncoded: false), arguments)
  }

  private func expect(
    _ ended: MeasuredResult, says: String, of path: String, status: Int32,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = ended.result.errorText
    #expect(ended.result.status == status, "\(text)", sourceLocation: sourceLocation)
    #expect(ended.result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(text.split(separator: "\n").count == 1, "\(text)", sourceLocation: sourceLocation)
    #expect(text.hasPrefix("vprep: \(path): "), "\(text)", sourceLocation: sourceLocation)
    #expect(says.isEmpty || text.contains(says), "\(text)", sourceLocation: sourceLocation)
    #expect(ended.peakBytes <= 400_000_000, sourceLocation: sourceLocation)
  }
}
