import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A copy of pictures that do not decode")
struct CopyDamageTests {
  /// Three seconds of a codec in a MOV, with bytes in the middle of some pictures that are wrong while
  /// every length is right.
  private static func make(
    _ codec: [String], in folder: borrowing TemporaryFolder
  ) throws -> URL {
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=s=192x256:r=30:d=3", "-pix_fmt", "yuv420p"] + codec
        + ["-movflags", "+faststart", folder.path("clip.mov")])
    let clip = folder.file("clip.mov")
    let list = try runProcess(
      "ffprobe",
      [
        "-v", "error", "-select_streams", "v", "-show_entries", "packet=pos,size", "-of", "csv=p=0",
        folder.path("clip.mov"),
      ]
    ).outputText
    var bytes = try Data(contentsOf: clip)
    let packets = list.split(separator: "\n").map {
      $0.split(separator: ",").compactMap { Int($0) }
    }
    for packet in packets.filter({ $0.count == 2 && $0[0] > 400 }).dropFirst(5).prefix(12) {
      let middle = packet[1] + packet[0] / 2
      for place in middle..<middle + 24 { bytes[place] ^= 0x5A }
    }
    try bytes.write(to: clip)
    return clip
  }

  @Test(
    "is not made: the clip is encoded anew, and the output decodes without a message",
    arguments: [
      ["-c:v", "libx264", "-preset", "veryfast", "-g", "30"],
      ["-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-x264-params", "cabac=0"],
    ])
  func encoded(codec: [String]) async throws {
    let folder = try TemporaryFolder()
    let clip = try Self.make(codec, in: folder)
    // Without a message there would be nothing to notice.
    #expect(try !Ffprobe.decodeErrors(clip).isEmpty)
    for service in [Service.megvii, .tencent(.silent)] {
      let report = try await Gate(service).fit(
        .file(clip.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
      ).report
      #expect(report.fit?.action == .transcode)
      #expect(report.fit?.output?.verified == true)
      #expect(report.fit?.reasons.contains { $0.hasPrefix("the clip cannot be copied") } == true)
      #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")).isEmpty)
    }
  }

  @Test("is not made of a stretch either, unless the stretch itself decodes")
  func stretches() async throws {
    let folder = try TemporaryFolder()
    let clip = try Self.make(["-c:v", "libx264", "-preset", "veryfast", "-g", "30"], in: folder)
    for (start, action) in [(0.0, FitChange.Action.transcode), (1.0, .trimCopy)] {
      var gate = Gate(.megvii)
      gate.fitting.window = TimeWindow(start: start, end: start + 1)
      let report = try await gate.fit(
        .file(clip.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
      ).report
      #expect(report.fit?.action == action)
      #expect(report.fit?.output?.verified == true)
      #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")).isEmpty)
    }
  }
}
