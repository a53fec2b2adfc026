import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("A contact sheet", .enabled(if: photoFacesAreMeasured))
struct ContactSheetTests {
  static func report(_ id: String) async throws -> ReportDocument {
    var gate = Gate(.tencent(.silent))
    gate.reporting.isIllustrated = true
    return try await gate.check(.file(TestClips.named(id).path)).report
  }

  @Test(
    "shows the telling frames upright, in rows of three", arguments: ["two-faces", "rotated-90"])
  func frames(id: String) async throws {
    let report = try await Self.report(id)
    let figures = try #require(report.illustration?.figures)
    #expect((1...9).contains(figures.count))
    let folder = try TemporaryFolder()
    let sheet = folder.file("sheet.jpg")
    try Data(ContactSheet.jpeg(report)).write(to: sheet)
    #expect(try Ffprobe.decodeErrors(sheet) == "")
    let size = try #require(try Ffprobe.probe(sheet).video)
    let columns = min(3, figures.count)
    #expect(size.width == columns * (figures[0].width + 12) + 12)
    #expect(
      (figures[0].width > figures[0].height)
        == (report.input.video.displayWidth > report.input.video.displayHeight))
    // The first picture stands in its corner as it is in the report, but for what is drawn on it.
    let drawn = try Ffprobe.raw(
      sheet, filters: "scale=out_range=pc,crop=\(figures[0].width):40:12:12", pixelFormat: "gray",
      frames: 1)
    let jpeg = try #require(JPEGDataURI.bytes(figures[0].image))
    let plain = folder.file("frame.jpg")
    try Data(jpeg).write(to: plain)
    let expected = try Ffprobe.raw(
      plain, filters: "scale=out_range=pc,crop=\(figures[0].width):40:0:0", pixelFormat: "gray",
      frames: 1)
    let difference = zip(drawn, expected).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(Double(difference) / Double(expected.count) < 4)
  }

  @Test("has the worst frame of each prediction, and the best one")
  func reasons() async throws {
    let report = try await Self.report("hand-over-mouth")
    let figures = try #require(report.illustration?.figures)
    #expect(figures.count { $0.frame.isBest } == 1)
    let shown = Set(figures.flatMap(\.frame.reasons).map(\.code))
    #expect(shown == Set(try #require(report.verdict).predictions.map(\.code)))
    #expect(figures.map(\.frame.t) == figures.map(\.frame.t).sorted())
    let cover = try #require(report.illustration?.series.first)
    #expect(cover.name == "face.handOcclusion" && cover.predicted == .fail)
    #expect(cover.points.count == report.measured?.summary.framesMeasured)
  }

  @Test("of a report without frames is refused")
  func nothing() async throws {
    let report = try await Gate(.megvii).check(.file(TestClips.named("good-megvii").path)).report
    #expect(throws: VPrepError.self) { try ContactSheet.jpeg(report) }
  }
}
