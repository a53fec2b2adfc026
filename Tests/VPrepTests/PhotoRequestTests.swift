import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("A request with a clip and a photo")
struct PhotoRequestTests {
  /// A request to Tencent in which nothing but the digests can be wrong.
  static func request(video: String, image: String) -> [String: RequestValue] {
    [
      "Action": .text("VideoLivenessCompare"), "Version": .text("2018-03-01"),
      "Region": .text("ap-bangkok"), "ImageUrl": .text("https://example.com/a.jpg"),
      "ImageMd5": .text(image), "VideoUrl": .text("https://example.com/a.mp4"),
      "VideoMd5": .text(video), "LivenessType": .text("SILENT"),
    ]
  }

  static func md5(_ id: String) throws -> String {
    String(try runProcess("md5sum", [TestClips.named(id).path]).outputText.prefix(32))
  }

  @Test("is checked against the files without looking at their content")
  func lint() async throws {
    var gate = Gate(provider: .tencent)
    gate.judging.photo = .file(try TestClips.named("text").path)
    let clip = Clip.file(try TestClips.named("sound-only").path)
    #expect(try await gate.lint(clip).isEmpty, "no request, nothing to find")
    gate.judging.request = Self.request(
      video: try Self.md5("sound-only"), image: try Self.md5("text"))
    #expect(try await gate.lint(clip).isEmpty)
    gate.judging.request = Self.request(
      video: try Self.md5("text"), image: try Self.md5("sound-only"))
    #expect(try await gate.lint(clip).map(\.key) == ["ImageMd5", "VideoMd5"])
    gate.judging.photo = nil
    #expect(try await gate.lint(clip).map(\.key) == ["VideoMd5"], "no photo, nothing to compare")
  }

  @Test("refuses the status of a clip that passes")
  func status() async throws {
    var gate = Gate(provider: .tencent)
    gate.judging.request = Self.request(video: try Self.md5("photo"), image: try Self.md5("photo"))
    var report = try await gate.check(.file(TestClips.named("short-1.5").path)).report
    report.verdict?.outcome = .pass
    #expect(ExitStatus(report, strict: false) == .refused)
    report.lint = []
    #expect(ExitStatus(report, strict: false) == .accepted)
    report.lint = nil
    report.outputVerdict = report.verdict
    report.outputVerdict?.outcome = .incomplete
    #expect(ExitStatus(report, strict: false) == .incomplete, "the output is what is uploaded")
  }

  @Test("names the output when one was made")
  func output() async throws {
    let folder = try TemporaryFolder()
    var gate = Gate(provider: .tencent)
    gate.reporting.previewCount = 0
    // Matroska has to become MP4, so that the output differs from the clip.
    let clip = try TestClips.named("matroska")
    gate.judging.request = Self.request(
      video: try Self.md5("matroska"), image: try Self.md5("photo"))
    let report = try await gate.prepare(.file(clip.path), writingTo: folder.path("out.mp4")).report
    let finding = try #require(report.lint?.first)
    #expect(report.lint?.count == 1 && finding.key == "VideoMd5")
    let written = try runProcess("md5sum", [folder.path("out.mp4")]).outputText.prefix(32)
    #expect(finding.message.contains(written))
  }

  @Test("is read from JSON as strings and numbers")
  func json() throws {
    let text = #"{"a": "1", "b": 2, "c": 2.5, "d": true, "e": null, "f": -1, "g": "é\n"}"#
    let read = try RequestJSON.parameters(Data(text.utf8), named: "request")
    #expect(
      read == [
        "a": .text("1"), "b": .integer(2), "c": .text("2.5"), "d": .text("true"), "e": .null,
        "f": .integer(-1), "g": .text("é\n"),
      ])
  }

  @Test(
    "that is no object of parameters is a bad request whose values stay unsaid",
    arguments: [
      ("[1]", "not a JSON object"), ("{\"k\": [\"hidden\"]}", "parameter k must be"),
      ("{\"k\": {\"hidden\": 1}}", "parameter k must be"),
      ("{\"k\": \"hidden", "not a JSON object"),
      ("", "not a JSON object"), ("\u{0}hidden", "not a JSON object"),
    ])
  func malformed(text: String, complaint: String) throws {
    let error = #expect(throws: VPrepError.self) {
      try RequestJSON.parameters(Data(text.utf8), named: "request.json")
    }
    #expect(error?.kind == .badRequest && error?.file == "request.json")
    #expect(error?.message.contains(complaint) == true)
    #expect(error?.description.contains("hidden") == false)
  }
}
