import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("Input limits")
struct InputLimitsTests {
  @Test("an input one byte over the limit is refused, one at the limit is read")
  func bytes() throws {
    var limits = InputLimits()
    limits.bytes = 4
    let atLimit = try MediaInput(.bytes([1, 2, 3, 4], name: "clip"), limits: limits)
    #expect(atLimit.byteCount == 4)
    let error = #expect(throws: MediaError.self) {
      _ = try MediaInput(.bytes([1, 2, 3, 4, 5], name: "clip"), limits: limits)
    }
    #expect(error?.cause == .limitExceeded)
    #expect(error?.file == "clip")
  }

  @Test("have one row each, with a default that they take")
  func table() {
    #expect(InputLimits.table.map(\.name) == InputLimits.Name.allCases)
    for entry in InputLimits.table {
      #expect(entry.range.contains(entry.standard), "\(entry.name)")
      #expect(entry.text.hasSuffix("."), "\(entry.name)")
      #expect(InputLimits()[entry.name] == entry.standard)
    }
  }

  @Test("stand in Docs/limits.md as they stand in the table")
  func document() throws {
    let file = Repository.root.appending(path: "Docs/limits.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let head = "| --- | --- | --- | --- |\n"
    let start = try #require(text.range(of: head)?.upperBound)
    let end = try #require(text.range(of: "\n## Setting them")?.lowerBound)
    let rows = InputLimits.table.map(Self.row).joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["VPREP_WRITE_DOCS"] != nil {
      try text.replacingCharacters(in: start..<end, with: rows)
        .write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(String(text[start..<end]) == rows)
    }
  }

  private static func row(_ entry: InputLimits.Entry) -> String {
    let (least, most) = (number(entry.range.lowerBound), number(entry.range.upperBound))
    return
      "| `\(entry.name.rawValue)` | \(number(entry.standard)) \(entry.unit) | \(least)–\(most) "
      + "| \(entry.text) |"
  }

  /// With commas between thousands.
  private static func number(_ value: Double) -> String {
    guard let whole = Int(exactly: value) else { return value == .infinity ? "∞" : "\(value)" }
    var digits = Array(String(whole))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return String(digits)
  }

  @Test("outside of their range are found before anything is read")
  func outOfRange() {
    var limits = InputLimits()
    #expect(limits.firstOutOfRange == nil)
    limits[.pixels] = -1
    #expect(limits.firstOutOfRange?.name == .pixels)
    limits[.pixels] = .nan
    #expect(limits.firstOutOfRange?.name == .pixels)
    limits[.pixels] = 1e300
    #expect(limits.firstOutOfRange?.name == .pixels)
    #expect(limits.pixels == .max)
  }

  /// A clip, and a limit that it holds more than.
  static let lowered: [(InputLimits.Name, Double, String)] = [
    (.read, 1000, "good-megvii"), (.seconds, 1, "good-megvii"), (.frames, 10, "good-megvii"),
    (.packets, 20, "good-megvii"), (.packets, 20, "matroska"), (.packets, 20, "flv"),
    (.streams, 3, "extra-streams"), (.pixels, 1000, "webm-vp9"), (.pixels, 1000, "hevc"),
    (.pixels, 1000, "mpegts"), (.memory, 1000, "good-megvii"), (.metadata, 100, "good-megvii"),
    (.metadata, 100, "matroska"), (.metadata, 100, "flv"), (.metadata, 100, "asf"),
    (.metadata, 100, "avi-mjpeg"), (.tags, 1, "flv"), (.scans, 0, "avi-mjpeg"),
  ]

  @Test("that are set below what a clip holds refuse it, each by itself", arguments: lowered)
  func beyond(name: InputLimits.Name, value: Double, id: String) throws {
    let clip = try TestClips.named(id)
    var limits = InputLimits()
    limits[name] = value
    let error = #expect(throws: MediaError.self) {
      let input = try MediaInput(.file(clip.path), limits: limits)
      var reader = try ClipReader(
        input, for: .measure, limits: limits, watchdog: Watchdog(seconds: 60))
      var last = 0.0
      try reader.forEachFrame(video: { frame in
        last = frame.time
        return .goOn
      })
      // What a survey of the packets does.
      if last > limits.seconds { throw limits.tooLong(clip.path) }
    }
    #expect(error?.cause == .limitExceeded, "\(String(describing: error))")
  }

  @Test("at what a clip holds let it be read")
  func atLimit() throws {
    let clip = try TestClips.named("good-megvii")
    var limits = InputLimits()
    limits[.streams] = 2
    limits[.frames] = Double(try #require(clip.probe.frames))
    limits[.pixels] =
      Double(try #require(clip.probe.width)) * Double(try #require(clip.probe.height))
    var frames = 0
    try withFrames(of: clip.url, limits: limits) { _ in
      frames += 1
      return true
    }
    #expect(frames == clip.probe.frames)
  }

  @Test("of accepted media name decoders that FFmpeg has, each once")
  func codecs() {
    let codecs = AcceptedMedia.video + AcceptedMedia.audio
    #expect(Set(codecs.map(\.name)).count == codecs.count)
    for codec in codecs {
      #expect(CodecContext.isAvailable(codec.decoder), "\(codec.name)")
    }
  }

  @Test("keep a codec closed that is not on the list, and say its name")
  func unlisted() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("clip.mkv")
    let made = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=s=64x64:d=0.2", "-c:v", "huffyuv",
        path,
      ])
    try #require(made.status == 0, "\(made.errorText)")
    let error = #expect(throws: MediaError.self) {
      try withFrames(of: folder.file("clip.mkv")) { _ in true }
    }
    #expect(error?.cause == .unsupportedCodec)
    #expect(error?.detail.contains("huffyuv") == true)
  }

  @Test("tell a machine without memory from a clip that asks for too much")
  func shortage() {
    var limits = InputLimits()
    #expect(limits.noMemory(.demux, file: "clip").cause == .limitExceeded)
    // More than any address space holds.
    limits[.allocation] = 1e18
    let shortage = limits.noMemory(.demux, file: "clip")
    #expect(shortage.cause == .resources)
    #expect(shortage.advice?.contains("try again later") == true)
    let full = MediaError(.open, file: "clip", cause: .corrupt, detail: "it broke", ffmpeg: -24)
    #expect(full.cause == .resources)
  }
}
