import Foundation
import TestSupport
import Testing

@testable import VPrep
@testable import VPrepCLI

@Suite("A clip that only a new recording can help")
struct HopelessClipTests {
  /// A gate for which a test clip has too many bytes, so that it has to be encoded whole.
  private func gate(_ id: String, service: Service = .tencent(.silent)) throws -> Gate {
    var gate = Gate(service)
    gate.fitting.maximumBytes = try Data(contentsOf: TestClips.named(id).url).count / 2
    gate.fitting.window = TimeWindow(start: 0, end: .infinity)
    return gate
  }

  private func clip(_ id: String) throws -> Clip { .file(try TestClips.named(id).path) }

  @Test(
    "is not encoded: nothing is written, and it is said why", arguments: ["no-face-wall", "dark-4"])
  func skipped(_ id: String) async throws {
    let folder = try TemporaryFolder()
    let gate = try gate(id)
    let result = try await gate.prepare(clip(id), writingTo: folder.path("out.mp4"))
    #expect(result.output == nil && result.outputVerdict == nil)
    #expect(result.change.action == .transcode)
    let why = try #require(result.change.skipped)
    #expect(why.hasPrefix("Only a new recording can repair FailedOperation."))
    #expect(why.hasSuffix("."))
    #expect(try folder.contents.isEmpty)
    #expect(result.verdict == result.check.verdict)
    #expect(ExitStatus(result.report, strict: false) == .refused)
    #expect(result.report.fit?.worsened == nil)
    let text = TextReport(result.report).text
    #expect(text.contains("none: Only a new recording") && text.contains("--even-if-hopeless"))
    // A plan says the same.
    let plan = try await gate.planPreparation(clip(id))
    #expect(plan.change.skipped == why)
    #expect(ExitStatus(planned: plan.report, strict: false) == .refused)
  }

  @Test("is encoded where the caller wants it")
  func wanted() async throws {
    let folder = try TemporaryFolder()
    var gate = try gate("dark-4")
    gate.fitting.encodesHopeless = true
    let result = try await gate.prepare(clip("dark-4"), writingTo: folder.path("out.mp4"))
    #expect(result.output?.isVerified == true && result.change.skipped == nil)
    #expect(result.outputVerdict?.outcome == .fail)
  }

  @Test("is copied where it need not be encoded")
  func copied() async throws {
    let folder = try TemporaryFolder()
    let result = try await Gate(.tencent(.silent)).prepare(
      clip("dark-4"), writingTo: folder.path("out.mp4"))
    #expect(result.change.action == .passthrough && result.output != nil)
    #expect(result.outputVerdict?.outcome == .fail)
  }

  @Test("is one that is too short for the service, but not a window of it that is")
  func short() async throws {
    let folder = try TemporaryFolder()
    var gate = try gate("short-1.5")
    let result = try await gate.prepare(clip("short-1.5"), writingTo: folder.path("out.mp4"))
    #expect(result.change.skipped?.contains("SilentTooShort") == true)
    gate = try self.gate("good-silent")
    gate.fitting.window = TimeWindow(start: 0, end: 1.5)
    let part = try await gate.planPreparation(clip("good-silent"))
    #expect(part.change.unmet == ["FailedOperation.SilentTooShort"])
    #expect(part.change.skipped == nil)
  }

  @Test("is none that is good for a part of the time")
  func mendable() async throws {
    for id in ["face-leaves", "good-silent"] {
      let plan = try await gate(id).planPreparation(clip(id))
      #expect(plan.change.action == .transcode, "\(id)")
      #expect(plan.change.skipped == nil, "\(id)")
    }
  }

  @Test("has a line in a batch without an output, which the next run keeps")
  func batch() async throws {
    let folder = try BatchFolder()
    var batch = folder.preparing([try folder.copy("dark-4", as: "dark.mp4")])
    batch.gate.fitting = try gate("dark-4").fitting
    batch.gate.fitting.encodesHopeless = true
    #expect(try await batch.resumed() == [false])
    #expect(try folder.contents.contains("dark.mp4"))
    // An output of other settings does not outlive its line.
    batch.gate.fitting.encodesHopeless = false
    for expected in [false, true] {
      #expect(try await batch.resumed() == [expected])
      #expect(try folder.contents == ["report.ndjson"])
      #expect(try folder.lines.count == 1)
    }
  }
}
