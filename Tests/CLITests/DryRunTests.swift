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

  @Test(
    "says which documented limit no fit can meet, with status 4, and so does fit itself",
    arguments: [
      ["short-1.5"], ["exactly-2", "--window", "all"], ["good-lip", "--window", "1:2.5"],
    ])
  func unmet(_ clip: [String]) throws {
    let folder = try TemporaryFolder()
    let fit =
      try ["fit", TestClips.named(clip[0]).path, "--provider", "tencent"] + clip.dropFirst()
    for arguments in [["--dry-run"], ["-o", folder.path("out.mp4")]] {
      let result = try run(fit + arguments)
      #expect(result.status == 4)
      #expect(result.errorText.contains("SilentTooShort"))
      #expect(result.errorText.contains("longer than 2 s"))
      #expect(try folder.contents.isEmpty)
    }
    // Where no document sets that limit the same clip is written.
    let action = try run(fit + ["--mode", "action", "-o", folder.path("out.mp4")])
    #expect(action.status == 0)
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
    arguments: [("dark-3", 1), ("webm-vp8", 0), ("good-silent", 0), ("short-1.5", 1)])
  func status(_ clip: String, _ status: Int32) throws {
    let plan = try run([
      "prep", TestClips.named(clip).path, "--provider", "tencent", "--dry-run",
    ])
    #expect(plan.status == status)
  }

  @Test(
    "ends prep with the status of a kept stretch that is too short, whatever becomes of the rest")
  func shortStretch() throws {
    let folder = try TemporaryFolder()
    let prep = [
      "prep", try TestClips.named("good-lip").path, "--provider", "tencent", "--window", "1:2.5",
      "--previews", "0",
    ]
    let plan = try run(prep + ["--dry-run", "--json"])
    #expect(plan.status == 1)
    let report = try JSONSerialization.jsonObject(with: plan.output) as? [String: Any]
    let fit = try #require(report?["fit"] as? [String: Any])
    #expect(fit["unmet"] as? [String] == ["FailedOperation.SilentTooShort"])
    #expect(try run(prep + ["-o", folder.path("out.mp4")]).status == 1)
  }

  @Test("keeps the whole clip with --window all")
  func all() throws {
    let clip = try TestClips.named("long-12").path
    let all = try run(["fit", clip, "--provider", "megvii", "--dry-run", "--window", "all"])
    #expect(all.outputText.contains("passthrough"))
  }
}
