import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A recording that begins between two key frames")
struct LostStartTests: ~Copyable {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func clip(_ file: URL) -> Clip { .file(file.path(percentEncoded: false)) }

  private var gate: Gate {
    var gate = Gate(provider: .tencent)
    gate.fitting.window = nil
    return gate
  }

  @Test("without a key frame at its start shows what can be decoded, and says what cannot")
  func lostStart() async throws {
    let whole = folder.file("whole.ts")
    try Ffmpeg.make(
      whole,
      Ffmpeg.pictures(rate: "20", seconds: 4.5) + Ffmpeg.tone(seconds: 4.5) + Ffmpeg.h264
        + ["-g", "40", "-bf", "0", "-c:a", "aac"])
    let bytes = try Data(contentsOf: whole)
    let part = folder.file("part.ts")
    let packets = bytes.count / 188
    // The tables in front, then everything from the first group's second half on.
    try (bytes.prefix(3 * 188) + bytes.dropFirst(packets * 2 / 9 * 188)).write(to: part)
    let output = folder.file("out.mp4")
    let report = try await gate.fit(clip(part), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.input.video.frames == 50)
    #expect(abs(report.input.video.durationSeconds - 2.5) < 0.06)
    let warning = try #require(report.input.warnings.first { $0.contains("cannot be decoded") })
    #expect(warning.hasPrefix("the first 1.0 s") || warning.hasPrefix("the first 0.9 s"))
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.frameTimes(output).count == 50)
    let checked = try await gate.check(clip(part)).report
    #expect(checked.input.video.durationSeconds == report.input.video.durationSeconds)
  }

  @Test(
    "that begins two pictures before a key frame is not passed through",
    arguments: [
      ("clip.mpg", ["-c:v", "mpeg2video", "-q:v", "3"]), ("clip.ts", Ffmpeg.h264),
      ("clip.mkv", Ffmpeg.h264),
    ])
  func shortLoss(name: String, coding: [String]) async throws {
    let whole = folder.file("whole-" + name)
    let file = folder.file(name)
    try Ffmpeg.make(
      whole, Ffmpeg.pictures(rate: "30", seconds: 3) + coding + ["-g", "15", "-bf", "0"])
    try Ffmpeg.make(
      file,
      ["-i", whole.path(percentEncoded: false), "-c", "copy", "-bsf:v", "noise=drop=lt(n\\,13)"])
    let output = folder.file("out.mp4")
    var gate = Gate(.megvii)
    gate.fitting.window = nil
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.input.warnings.contains { $0.contains("cannot be decoded") })
    #expect(report.fit?.action != .passthrough)
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    #expect(try (74...75).contains(Ffprobe.frameTimes(output).count))
  }

  @Test(
    "without a key frame at its start shows no pictures that a decoder makes up",
    arguments: [
      ("clip.ts", ["-c:v", "libx265", "-x265-params", "log-level=0:keyint=20:bframes=2"]),
      ("clip.mkv", ["-c:v", "libx265", "-x265-params", "log-level=0:keyint=20:open-gop=1"]),
      ("clip.avi", ["-c:v", "mpeg4", "-g", "20", "-q:v", "3"]),
      ("clip.flv", ["-c:v", "flv1", "-g", "20", "-q:v", "3"]),
      ("clip.asf", ["-c:v", "wmv2", "-g", "20", "-q:v", "3"]),
      ("clip.3gp", ["-c:v", "h263", "-g", "20", "-q:v", "3"]),
    ])
  func madeUp(name: String, coding: [String]) async throws {
    let whole = folder.file("whole-" + name)
    let file = folder.file(name)
    try Ffmpeg.make(
      whole, ["-f", "lavfi", "-i", "color=red:size=352x288:rate=20:duration=3"] + coding)
    try Ffmpeg.make(
      file,
      ["-i", whole.path(percentEncoded: false), "-c", "copy", "-bsf:v", "noise=drop=lt(n\\,8)"])
    let output = folder.file("out.mp4")
    var gate = Gate(.tencent(.action))
    gate.fitting.window = nil
    let report = try await gate.fit(clip(file), writingTo: output.path(percentEncoded: false))
      .report
    #expect(report.input.warnings.contains { $0.contains("cannot be decoded") })
    #expect(report.fit?.output?.verified == true)
    let pictures = try Ffprobe.luma(output, width: 16, height: 16)
    #expect((36...40).contains(pictures.count))
    // Red is dark in luma, 76 of 255; grey has 128 and black 16.
    for (index, picture) in pictures.enumerated() {
      let mean = picture.reduce(0) { $0 + Int($1) } / picture.count
      #expect((60...95).contains(mean), "picture \(index)")
    }
    let checked = try await gate.check(clip(file)).report
    #expect(checked.input.video.frames == report.input.video.frames)
  }
}
