import Foundation
import TestSupport
import Testing
import VPrep

@Suite("Times that go back")
struct TimeOrderTests: ~Copyable {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Two seconds with sound, whose tags of a kind (8 sound, 9 pictures) get other times: `change` says
  /// how many milliseconds later the tag of a number comes.
  private func clip(_ kind: UInt8, _ change: (Int) -> Int) throws -> URL {
    let plain = folder.file("plain.flv")
    try Ffmpeg.make(
      plain,
      Ffmpeg.pictures(rate: "20", seconds: 2.2) + Ffmpeg.tone(seconds: 2.2) + Ffmpeg.h264
        + ["-bf", "0", "-g", "20", "-c:a", "aac"])
    let file = folder.file("clip.flv")
    try FLVTags.retimed(plain, kind: kind, by: change).write(to: file)
    return file
  }

  private func fit(_ file: URL) async throws -> (report: ReportDocument, output: URL) {
    var gate = Gate(.tencent(.silent))
    gate.fitting.window = nil
    let output = folder.file("out.mp4")
    let report = try await gate.fit(
      .file(file.path(percentEncoded: false)), writingTo: output.path(percentEncoded: false)
    ).report
    return (report, output)
  }

  @Test("of a clip that is whole are no reason to touch it")
  func plain() async throws {
    let report = try await fit(clip(8) { _ in 0 }).report
    #expect(report.fit?.action == .passthrough)
  }

  @Test(
    "in the sound have it encoded anew beside the pictures, and the output decodes without a message",
    arguments: [[30: -60], [30: 40], [30: 23, 31: -23], [40: 400]])
  func sound(changes: [Int: Int]) async throws {
    let file = try clip(8) { changes[$0] ?? 0 }
    #expect(try !Ffprobe.decodeErrors(file).isEmpty)
    let (report, output) = try await fit(file)
    #expect(report.fit?.reasons.last?.contains("the video is copied") == true)
    #expect(report.fit?.reasons.first == "its audio timestamps go back")
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    #expect(try Ffprobe.frameTimes(output).count == 44)
  }

  @Test(
    "in the pictures have the clip encoded anew",
    arguments: [[20: -50], [20: -130], [20: 50, 21: -50], [30: 300]])
  func pictures(changes: [Int: Int]) async throws {
    let file = try clip(9) { changes[$0] ?? 0 }
    #expect(try !Ffprobe.decodeErrors(file).isEmpty)
    let (report, output) = try await fit(file)
    #expect(report.fit?.action == .transcode)
    #expect(report.fit?.reasons.first == "its video timestamps go back")
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
  }

  @Test(
    "of single packets that lie far away are put right, whichever track they are in",
    arguments: [
      (8, 40, 5000), (8, 2, 900), (9, 20, 5000), (9, 20, 60_000), (9, 1, 700), (9, 30, -900),
      (8, 40, -700),
    ]
  )
  func odd(kind: UInt8, number: Int, shift: Int) async throws {
    let file = try clip(kind) { $0 == number ? shift : 0 }
    let (report, output) = try await fit(file)
    #expect(report.fit?.action == .remux)
    #expect(report.fit?.reasons.first == "some of its timestamps are wrong")
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    let plain = try Ffprobe.frameTimes(folder.file("plain.flv"))
    let found = try Ffprobe.frameTimes(output)
    #expect(found.count == plain.count)
    #expect(zip(found, plain).allSatisfy { abs($0 - $1) < 0.005 })
    #expect(abs(try #require(Ffprobe.probe(output).audio?.duration) - 2.2) < 0.1)
  }

  @Test("because a second recording begins are written anew, and nothing is encoded")
  func clock() async throws {
    let whole = try clip(8) { _ in 0 }
    let file = folder.file("joined.flv")
    try FLVJoin.join(whole, whole, shift: 0).write(to: file)
    let (report, output) = try await fit(file)
    #expect(report.fit?.action == .remux)
    #expect(report.fit?.reasons.first == "its clock restarts inside the clip")
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(output).isEmpty)
    #expect(try Ffprobe.frameTimes(output).count == 88)
  }
}
