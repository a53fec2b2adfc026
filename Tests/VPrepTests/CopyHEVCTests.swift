import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A copy of HEVC")
struct CopyHEVCTests {
  private static let encoder = [
    "-f", "lavfi", "-i", "testsrc2=s=96x128:r=30:d=1", "-c:v", "libx265", "-preset", "ultrafast",
    "-pix_fmt", "yuv420p", "-x265-params", "log-level=none:pools=none:keyint=15",
  ]

  /// Copies a clip; Megvii takes any codec, and the index behind the data has to move.
  private func tag(
    ofCopy name: String, _ options: [String], in folder: borrowing TemporaryFolder,
    _ window: TimeWindow? = nil
  ) async throws -> String {
    try Ffprobe.make(Self.encoder + options + [folder.path(name)])
    var gate = Gate(provider: .megvii)
    gate.fitting.window = window
    let report = try await gate.fit(
      .file(folder.path(name)), writingTo: folder.path("out.mp4")
    ).report
    #expect(report.fit?.action == (window == nil ? .remux : .trimCopy))
    #expect(report.fit?.output?.verified == true)
    #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")).isEmpty)
    #expect(
      try Ffprobe.frameDigests(folder.file("out.mp4")).count == (window == nil ? 30 : 15))
    return try #require(Ffprobe.probe(folder.file("out.mp4")).video?.tag)
  }

  @Test("keeps the tag hvc1, without which QuickTime and Safari do not play it")
  func header() async throws {
    let folder = try TemporaryFolder()
    #expect(try await tag(ofCopy: "clip.mov", ["-tag:v", "hvc1"], in: folder) == "hvc1")
    #expect(try await tag(ofCopy: "clip.mp4", ["-tag:v", "hvc1"], in: folder) == "hvc1")
    let half = TimeWindow(start: 0.5, end: 1)
    #expect(try await tag(ofCopy: "cut.mov", ["-tag:v", "hvc1"], in: folder, half) == "hvc1")
  }

  @Test("keeps the tag hev1, which allows parameter sets between the pictures")
  func inBand() async throws {
    let folder = try TemporaryFolder()
    let options = ["-tag:v", "hev1", "-x265-params", "log-level=none:repeat-headers=1:keyint=15"]
    #expect(try await tag(ofCopy: "clip.mp4", options, in: folder) == "hev1")
  }
}
