import ProviderRules
import TestSupport
import Testing
import VPrep

@Suite("A check")
struct AgreementTests {
  static let clips = ["good-silent", "dark-3", "far-2", "left-1", "oversized", "two-faces", "mask"]

  @Test("predicts what one does that measures every frame", arguments: clips)
  func silent(id: String) async throws {
    try await compare(id, .silent)
  }

  @Test(
    "of a movement does too",
    arguments: [
      ("good-action", ProviderMode.action), ("still-photo", .action), ("oversized", .action),
      ("good-lip", .lip), ("still-photo", .lip),
    ])
  func movement(id: String, mode: ProviderMode) async throws {
    try await compare(id, mode)
  }

  @Test("of a clip with many key frames decodes a part of it, and says how much")
  func partly() async throws {
    let clip = try TestClips.named("oversized")
    let gate = Gate(provider: .tencent, mode: .silent)
    let report = try await gate.check(.file(clip.path))
    let measured = try #require(report.measurements)
    let keyFrames = try runProcess(
      "ffprobe",
      [
        "-v", "error", "-select_streams", "v", "-show_entries", "packet=flags", "-of", "csv=p=0",
        clip.path,
      ]
    ).outputText.split(separator: "\n").count { $0.hasPrefix("K") }
    #expect(measured.framesDecoded == keyFrames)
    #expect(measured.framesMeasured == keyFrames)
    #expect(report.input.video.frames == clip.probe.frames)
  }

  @Test("that is asked for a timeline gets evenly spaced frames")
  func timeline() async throws {
    let clip = try TestClips.named("oversized")
    var gate = Gate(provider: .tencent, mode: .silent)
    gate.includesTimeline = true
    let report = try await gate.check(.file(clip.path))
    let measured = try #require(report.measurements)
    #expect(measured.framesDecoded == clip.probe.frames)
    #expect((95...105).contains(measured.framesMeasured))
  }

  private func compare(_ id: String, _ mode: ProviderMode) async throws {
    let clip = Clip.file(try TestClips.named(id).path)
    var gate = Gate(provider: .tencent, mode: mode)
    gate.options.actions = [1, 2]
    let usual = try #require(try await gate.check(clip).verdict)
    gate.isExhaustive = true
    let whole = try #require(try await gate.check(clip).verdict)
    #expect(usual.outcome == whole.outcome)
    #expect(Self.codes(usual) == Self.codes(whole))
  }

  private static func codes(_ verdict: Verdict) -> Set<String> {
    Set(verdict.predictions.map { "\($0.severity) \($0.code)" })
  }
}
