import Foundation
import TestSupport
import Testing
import VPrep

@Suite("The result of a call")
struct CallResultTests {
  private let gate = Gate(.tencent(.silent))

  private func clip(_ id: String) throws -> Clip { .file(try TestClips.named(id).path) }

  @Test("of a probe is what the clip is")
  func probe() async throws {
    let probe = try await gate.probe(clip("webm-vp8"))
    #expect(probe.clip.container == "webm" && probe.clip.video.codec == "vp8")
    #expect(Set(probe.timing.stages.keys) == [.probe])
    let json = try #require(try Self.object(probe))
    #expect(json["verdict"] is NSNull && json["fit"] is NSNull)
  }

  @Test("of a check is what would be answered, with the frames where they are asked for")
  func check() async throws {
    var gate = gate
    gate.reporting.includesTimeline = true
    let check = try await gate.check(clip("short-0.4"))
    #expect(check.verdict.outcome == .fail)
    #expect(check.timeline?.count == check.measurements.framesMeasured)
    #expect(check.photo == nil && check.requestFindings == nil)
  }

  @Test("of a fit is the file that was written, and of its plan what would be done")
  func fit() async throws {
    let folder = try TemporaryFolder()
    let clip = try clip("webm-vp8")
    let fit = try await gate.fit(clip, writingTo: folder.path("out.mp4"))
    #expect(fit.output.isVerified && fit.output.attempts >= 1)
    #expect(try Data(contentsOf: folder.file("out.mp4")).count == fit.output.byteCount)
    #expect(try await gate.planFit(clip).change.action == fit.change.action)
  }

  @Test("of a preparation holds both verdicts and the previews as JPEG")
  func prepare() async throws {
    let folder = try TemporaryFolder()
    let clip = try clip("webm-vp8")
    let preparation = try await gate.prepare(clip, writingTo: folder.path("out.mp4"))
    #expect(preparation.check.verdict.provider == .tencent)
    #expect(preparation.outputVerdict?.provider == .tencent)
    let picture = try #require(preparation.previews.first)
    #expect(picture.jpeg.starts(with: [0xFF, 0xD8]))
    let shown = try #require(
      (try Self.object(preparation)?["previews"] as? [[String: Any]])?.first)
    #expect(
      shown["image"] as? String
        == "data:image/jpeg;base64," + Data(picture.jpeg).base64EncodedString())
    let plan = try await gate.planPreparation(clip)
    #expect(plan.change.action == preparation.change.action)
    #expect(plan.check.verdict == preparation.check.verdict)
  }

  @Test("has every digit, which its document rounds")
  func digits() throws {
    let video = ClipInfo.Video(
      codec: "h264", width: 480, height: 640, displayWidth: 480, displayHeight: 640,
      frameRate: 29.970029, frameCount: 30, durationSeconds: 1.00099999)
    let clip = ClipInfo(
      name: "made.mp4", byteCount: 1000, container: "mp4", durationSeconds: 1.00099999,
      bitRate: 7992.7, video: video)
    let probe = Probe(clip: clip, timing: CallTiming(total: .milliseconds(12), stages: [:]))
    let input = try #require(try Self.object(probe)?["input"] as? [String: Any])
    #expect(input["durationSeconds"] as? Double == 1.001)
    #expect(input["bitRate"] as? Double == 7993)
    #expect((input["video"] as? [String: Any])?["frameRate"] as? Double == 29.97)
  }

  private static func object(_ result: some CallResult) throws -> [String: Any]? {
    try JSONSerialization.jsonObject(with: result.json()) as? [String: Any]
  }
}
