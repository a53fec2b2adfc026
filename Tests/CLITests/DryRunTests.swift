import Foundation
import TestSupport
import Testing

@Suite("vprep fit --dry-run")
struct DryRunTests {
  private func run(_ arguments: [String]) throws -> ProcessResult {
    try runProcess(Repository.vprep.path(percentEncoded: false), arguments)
  }

  @Test("prints the plan with its reasons and writes nothing")
  func text() throws {
    let folder = try TemporaryFolder()
    let clip = try TestClips.named("good-lip").path
    let result = try run([
      "fit", clip, "--provider", "tencent", "--window", "1:3.5", "--dry-run", "-o",
      folder.path("out.mp4"),
    ])
    #expect(result.status == 0)
    #expect(result.outputText.contains("trim-copy") && result.outputText.contains("1.00–3.50 s"))
    #expect(try folder.contents.isEmpty)
  }

  @Test("is the report without an output with --json, and needs no -o")
  func json() throws {
    let clip = try TestClips.named("moov-last").path
    let result = try run(["fit", clip, "--provider", "tencent", "--dry-run", "--json"])
    let report = try JSONSerialization.jsonObject(with: result.output) as? [String: Any]
    let fit = try #require(report?["fit"] as? [String: Any])
    #expect(fit["action"] as? String == "remux")
    #expect(fit["output"] is NSNull)
  }

  @Test("belongs to prep as well; without it an output is asked for")
  func prep() throws {
    let clip = try TestClips.named("good-megvii").path
    let plan = try run(["prep", clip, "--provider", "megvii", "--dry-run"])
    #expect(plan.status == 0)
    #expect(plan.outputText.contains("plan") && plan.outputText.contains("passthrough"))
    let missing = try run(["prep", clip, "--provider", "megvii"])
    #expect(missing.status == 2 && missing.errorText.contains("--output"))
  }

  @Test(
    "ends prep with the status that the clip's own faults will have, not those that a fit mends",
    arguments: [("dark-3", 1), ("webm-vp8", 0), ("good-silent", 0)])
  func status(_ clip: String, _ status: Int32) throws {
    let plan = try run([
      "prep", TestClips.named(clip).path, "--provider", "tencent", "--dry-run",
    ])
    #expect(plan.status == status)
  }

  @Test("keeps the whole clip with --window all")
  func all() throws {
    let clip = try TestClips.named("long-12").path
    let all = try run(["fit", clip, "--provider", "megvii", "--dry-run", "--window", "all"])
    #expect(all.outputText.contains("passthrough"))
  }
}
