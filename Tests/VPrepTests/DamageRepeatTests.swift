import TestSupport
import Testing
import VPrep

@Suite("A clip whose pictures are damaged")
struct DamageRepeatTests {
  private static func measured(_ id: String, threads: Int) async throws -> ReportDocument {
    var gate = Gate(.tencent(.silent))
    gate.runtime.codecThreads = threads
    gate.reporting.includesTimeline = true
    return try await gate.check(.file(try TestClips.named(id).path)).report
  }

  @Test(
    "is measured alike however often, and with however many threads",
    arguments: ["noise-in-data", "cut-in-data"])
  func repeated(id: String) async throws {
    let alone = try await Self.measured(id, threads: 1)
    for threads in [2, 2, 4] {
      let report = try await Self.measured(id, threads: threads)
      #expect(report.timeline == alone.timeline)
      #expect(report.measurements == alone.measurements)
      #expect(report.verdict == alone.verdict)
      #expect(report.input == alone.input)
    }
  }

  @Test(
    "is measured alike where movement is followed", arguments: ["noise-in-data", "cut-in-data"])
  func movement(id: String) async throws {
    let clip = Clip.file(try TestClips.named(id).path)
    var gate = Gate(.tencent(.action))
    gate.runtime.codecThreads = 1
    let alone = try await gate.check(clip).report
    gate.runtime.codecThreads = 2
    let report = try await gate.check(clip).report
    #expect(report.measurements == alone.measurements)
    #expect(report.verdict == alone.verdict)
    #expect(report.input == alone.input)
  }
}
